import { expect, hear, inspect, overflow, PHONE, test } from './harness';

// Claims of courses and posts: the learner says what they think, a program puts the claim to the test.

test('a claim is tried once the learner has said what they think, by keyboard, and its verdict is told', PHONE, async ({ page }) => {
  await page.goto('./#claims');
  const claim = page.locator('gru-claim', { hasText: 'Zeros at the end' });
  await expect(claim).not.toContainText('It depends: it holds');
  const heard = await hear(page);
  await claim.getByRole('button', { name: 'It is true' }).focus();
  await page.keyboard.press('Enter');
  await expect(claim.locator('.found')).toHaveText(/It depends: it holds in 1 of 2 cases that were tried here\. You said that it is true; it is not always\./);
  await expect.poll(async () => (await heard()).join()).toContain('It depends: it holds in 1 of 2 cases');
  await expect(claim.locator('.verdict')).toBeFocused();
  await expect(claim.getByRole('row')).toHaveText([/Case/, /read to the end.*fails/, /packed with its length.*holds/]);
  await expect(claim).toContainText('A step of zeros is a step');
  expect(await overflow(page)).toBe(0);
  await inspect(page, 'claims');
});

test('every claim comes to the verdict that PyTorch comes to', async ({ page }) => {
  test.slow();
  await page.goto('./#claims');
  const verdicts: Record<string, RegExp> = {
    'fewer parameters than an RNN': /false in all 3/,
    'three quarters': /true in all 3/,
    'the batch first too': /false in all 3/,
    'The last step of out': /holds in 2 of 3/,
    'changes the order of the axes': /true in all 2/,
    'do no harm': /holds in 1 of 2/,
    'remembers its last call': /false in all 3/,
    'takes the candidate': /holds in 1 of 2/,
    'one of the two biases': /holds in 2 of 3/,
    'do not vanish': /holds in 3 of 4/,
    'Deeper is better': /holds in 2 of 4/,
    'exporter keeps': /holds in 1 of 2/,
  };
  for (const [text, verdict] of Object.entries(verdicts)) {
    const claim = page.locator('gru-claim', { hasText: text });
    await claim.getByRole('button', { name: 'It depends' }).click();
    await expect(claim.locator('.found'), text).toHaveText(verdict, { timeout: 20_000 });
  }
  await expect(page.locator('gru-claims .tally')).toHaveText('You were right about 7 of 12 claims.');
});

test('a link leads to its claim, and code that is changed changes the verdict', async ({ page }) => {
  await page.goto('./#claims?claim=layout');
  const claim = page.locator('gru-claim.asked');
  await expect(claim).toBeInViewport();
  await expect(claim.getByRole('heading', { level: 2 })).toBeFocused();
  await expect(page).toHaveTitle('Is it true? · GRU Playground');
  await claim.getByRole('button', { name: 'It is true' }).click();
  await expect(claim.locator('.found')).toContainText('You were right.');
  const editor = claim.locator('gru-editor .cm-content');
  await editor.click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type("print('fails | mine')");
  await expect(claim.locator('.found')).toContainText('It is false in the one case that was tried here. You said that it is true; it is not.');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('nothing');
  await expect(claim.locator('.found')).toContainText('Nothing can be said');
  await claim.getByRole('button', { name: 'Take back my changes' }).click();
  await expect(claim.locator('.found')).toContainText('You were right.');
  await page.goto('./#claims?claim=nothing');
  await expect(page.locator('gru-claims')).toContainText('There is no claim “nothing” here.');
});
