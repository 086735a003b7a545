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

/** As Jupyter shows it: the code above the message has all that the call is made of. */
export const FEATURES = `---------------------------------------------------------------------------
RuntimeError                              Traceback (most recent call last)
Cell In[4], line 3
      1 gru = nn.GRU(10, 20, batch_first=True)
      2 x = torch.randn(32, 5, 8)
----> 3 out, h_n = gru(x)

RuntimeError: input.size(-1) must be equal to input_size. Expected 10, got 8`;

/** Runs as it is. */
export const PRINTS = `import torch
from torch import nn

x = torch.randn(4, 7, 3)
print(x.shape)
`;

/** The text of the editor, line by line, without what stands beside the lines. */
export async function codeIn(page: Page): Promise<string> {
  const lines = await page.locator('gru-editor .cm-line').evaluateAll((all) =>
    all.map((line) => [...line.childNodes].map((node) => (node instanceof Element && node.matches('.made, img') ? '' : (node.textContent ?? ''))).join('')),
  );
  return lines.join('\n');
}
