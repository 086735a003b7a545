import { expect, type Locator, type Page } from '@playwright/test';

/** The code view as a learner meets it. */
export class CodePage {
  readonly box: Locator;
  readonly answer: Locator;
  readonly outcome: Locator;

  constructor(readonly page: Page) {
    this.box = page.locator('gru-code-view textarea');
    this.answer = page.locator('gru-pasted');
    this.outcome = page.locator('gru-outcome');
  }

  static async open(page: Page, query = ''): Promise<CodePage> {
    await page.goto(`./#code${query === '' ? '' : `?${query}`}`);
    const code = new CodePage(page);
    await expect(code.box).toBeVisible();
    return code;
  }

  /** Pastes a text into the box, as a learner does. */
  async paste(text: string): Promise<void> {
    await this.box.focus();
    await this.box.evaluate((box: HTMLTextAreaElement, pasted) => {
      const data = new DataTransfer();
      data.setData('text/plain', pasted);
      const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, composed: true, cancelable: true });
      // What the browser does next, where nobody takes it.
      if (box.dispatchEvent(event)) {
        box.setRangeText(pasted, box.selectionStart, box.selectionEnd, 'end');
        box.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      }
    }, text);
  }
}

export const FEATURES = `Traceback (most recent call last):
  File "/data/course/week3.py", line 8, in <module>
    out, h_n = gru(x)
RuntimeError: input.size(-1) must be equal to input_size. Expected 10, got 8`;

/** Runs as it is. */
export const PRINTS = `import torch
from torch import nn

x = torch.randn(4, 7, 3)
print(x.shape)
`;
