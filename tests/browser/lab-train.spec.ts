import { expect, inspect, LONGER, longerUnless, PHONE, test } from './harness';
import { TrainPage, trainingGolden } from './lab-train-page';
import { numberOf } from './playground-page';

/** A whole number of steps, not none, as the page writes it: with thin spaces between thousands. */
const SOME = '[1-9][\\d\u202f]*';

for (const id of ['opening', 'order-Adam', 'lstm-open-gate', 'min-gru-open-gate']) {
  test(`${id}: the page shows the losses that its script prints in PyTorch`, longerUnless(id === 'opening'), async ({ page }) => {
    const { setup, script, losses, validation } = trainingGolden(id);
    const query = new URLSearchParams(Object.entries(setup).map(([name, value]) => [name, String(value)]));
    const room = await TrainPage.open(page, query.toString());
    expect(await room.code()).toEqual(script);
    await room.start();
    await expect(room.status).toHaveText(/^Run A finished after 30 training steps/);
    const shown = async (column: string): Promise<number[]> => (await room.column(column)).map(numberOf);
    const every = losses.filter((_, step) => (step + 1) % 5 === 0);
    for (const [got, expected] of [[await shown('A training'), every], [await shown('A validation'), validation]] as const) {
      expect(got.length).toBe(expected.length);
      for (const [index, value] of expected.entries()) expect(Math.abs((got[index] ?? NaN) - value)).toBeLessThan(1e-4 * value + 6e-5);
    }
    await expect(room.picture).toHaveAttribute('aria-label', /run A: from .* in 30 training steps/);
  });
}

test('a run shows what it learned, and is compared with another', PHONE, async ({ page }) => {
  const room = await TrainPage.open(page, 'task=order&steps=60&seq_len=6&batch=32&lr=0.05');
  await expect(room.examples.first()).toContainText('nothing yet');
  await inspect(page, 'lab-train-before');
  await room.start();
  await expect(room.status).toHaveText(/^Run A finished after 60 training steps/);
  await expect(room.examples.filter({ hasText: '✓ right' })).toHaveCount(8);

  await room.button('÷ 10, a tenth of the learning rate').click();
  await room.start();
  await expect(room.status).toHaveText(/^Run B finished/);
  await expect(room.runs).toContainText(['Adam, lr=0.05', 'Adam, lr=0.005']);
  const [fast, slow] = await Promise.all(['A training', 'B training'].map((name) => room.column(name)));
  expect(numberOf(fast?.at(-1) ?? '')).toBeLessThan(numberOf(slow?.at(-1) ?? ''));
  await inspect(page, 'lab-train-two');

  await room.button('Use its settings: run A').click();
  await expect(room.field('lr')).toHaveValue('0.05');
  await room.button('Forget run A').click();
  await expect(room.runs).toHaveCount(1);
});

test('what breaks is shown where it broke, with why and a fix that mends it', PHONE, async ({ page }) => {
  const room = await TrainPage.open(page, 'optimizer=SGD&lr=1&steps=40');
  await room.button('× 10, ten times the learning rate').click();
  await expect(room.field('lr')).toHaveValue('10.0');
  await room.start();
  await expect(room.status).toHaveText(/^Run A broke: the loss is inf at step \d+\.$/);
  await expect(room.broken).toContainText('3.4e38');
  await expect(room.picture.getByText('A broke here')).toBeVisible();
  await expect(room.field('lr')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('gru-listing .wrong')).toHaveText('lr');
  await inspect(page, 'lab-train-broken');

  // What mends it is offered once, by the doctor.
  await expect(room.room.getByRole('button', { name: 'Cure: Take the usual learning rate' })).toHaveCount(1);
  await expect(room.broken.getByRole('button')).toHaveCount(0);
  await room.button('Cure: Take the usual learning rate').click();
  await expect(room.status).toHaveText(/^Run B finished after 40 training steps/);
  await expect(room.field('lr')).toHaveValue('0.1');
  await expect(room.broken).toHaveCount(0);
  await expect(room.runs.first()).toContainText('broke after');
  expect(page.url()).toContain('#lab/train?');
});

test('the experiment that breaks the opening run breaks it, and what the doctor offers mends it', PHONE, async ({ page }) => {
  const room = await TrainPage.open(page);
  const losses: number[] = [];
  for (const [index, [offered, lr]] of ([['Start', '0.02'], ['Break it', '2.0'], ['Cure: Take the usual learning rate', '0.02']] as const).entries()) {
    await room.room.getByRole('button', { name: offered, exact: true }).click();
    await expect(room.field('lr')).toHaveValue(lr);
    const letter = 'ABC'[index] ?? '';
    await expect(room.status).toHaveText(new RegExp(`^Run ${letter} finished after 200 training steps`), { timeout: 20_000 });
    const column = (await room.column(`${letter} training`)).map(numberOf);
    losses.push(column.slice(-4).reduce((sum, loss) => sum + loss, 0) / 4);
    if (index === 1) await inspect(page, 'lab-train-broken-rate');
  }
  const [usual = NaN, broken = NaN, mended = NaN] = losses;
  expect(broken).toBeGreaterThan(10 * usual);
  expect(mended).toBe(usual);
});

test('a run that is stopped keeps what it has learned, and goes on to the same numbers', async ({ page }) => {
  // So many steps that no machine is through with them before the button is pressed.
  const query = 'batch=200&hidden_size=32&steps=10000';
  const room = await TrainPage.open(page, query);
  await room.start();
  await expect(room.picture).toHaveAttribute('aria-label', new RegExp(`in ${SOME} training steps`));
  await room.button('Stop').click();
  await expect(room.status).toHaveText(new RegExp(`^Run A stopped after ${SOME} training steps?`));
  const [, written = ''] = new RegExp(`after (${SOME})`).exec((await room.status.textContent()) ?? '') ?? [];
  const taken = Number(written.replaceAll('\u202f', ''));

  // To a step that is soon reached; then the same again without a stop.
  const until = taken + 10;
  const told = String(until).replace(/\B(?=(\d{3})+$)/g, '\u202f');
  await room.field('steps').fill(String(until));
  await room.button(`Continue to training step ${told}`).click();
  await expect(room.status).toHaveText(new RegExp(`^Run A finished after ${told} training steps`));
  await room.start();
  await expect(room.status).toHaveText(new RegExp(`^Run B finished after ${told} training steps`));
  expect(await room.column('A training')).toEqual(await room.column('B training'));
});

test('what PyTorch refuses stops the start, and a fix lets it go', LONGER, async ({ page }) => {
  const room = await TrainPage.open(page);
  await room.field('hidden_size').fill('0');
  const trouble = page.getByRole('region', { name: 'This cannot be run' });
  await expect(trouble).toContainText('ValueError: hidden_size must be greater than zero');
  await expect(room.button('Start')).toBeDisabled();
  await inspect(page, 'lab-train-refused');
  await trouble.getByRole('button', { name: 'Give it some' }).click();
  await expect(trouble).toHaveCount(0);
  await expect(room.button('Start')).toBeFocused();
  await room.room.getByText('More options').click();
  await room.field('dropout').fill('0.5');
  await expect(page.getByRole('region', { name: 'A warning' })).toContainText('UserWarning: dropout option adds dropout');
});

test('a reload keeps everything that is set, also what cannot be read', LONGER, async ({ page }) => {
  const room = await TrainPage.open(page, 'task=sine&optimizer=RMSprop&fresh=0&clip_grad_norm=0.5&log=0&alpha=0.9');
  await room.field('lr').fill('fast');
  await expect(page).toHaveURL(/lr=fast/);
  const before = page.url();
  await page.reload();
  await expect(room.field('lr')).toHaveValue('fast');
  await expect(page.locator('gru-lab-train gru-notices section')).toContainText('lr=fast is not a number; lr=0.02 is used instead');
  await expect(room.room.getByRole('radio', { name: 'Sine wave, next value' })).toBeChecked();
  await expect(room.room.getByLabel('torch.optim')).toHaveValue('RMSprop');
  await expect(room.field('max_norm')).toHaveValue('0.5');
  await expect(room.field('alpha')).toHaveValue('0.9');
  await expect(room.room.getByRole('checkbox', { name: 'log axis' })).not.toBeChecked();
  await expect(room.room.getByRole('checkbox', { name: 'new sequences in every training step' })).not.toBeChecked();
  expect(page.url()).toBe(before);
});

test('by keyboard alone: choose a task, start, stop', LONGER, async ({ page }) => {
  const room = await TrainPage.open(page, 'steps=10000&batch=200');
  await room.room.getByRole('radio', { name: 'Add two marked numbers' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(room.room.getByRole('radio', { name: 'Remember the first token' })).toBeChecked();
  await expect(page.getByRole('region', { name: 'PyTorch code', exact: true })).toContainText('nn.Embedding(8, 8)');
  await room.button('Start').focus();
  await page.keyboard.press('Enter');
  await expect(room.button('Stop')).toBeFocused();
  await expect(room.picture).toHaveAttribute('aria-label', new RegExp(`in ${SOME} training steps`));
  await page.keyboard.press('Enter');
  await expect(room.status).toHaveText(/^Run A stopped/);
  await expect(room.button('Start anew')).toBeFocused();
});

test('what guessing loses at another task is not drawn beside a run', LONGER, async ({ page }) => {
  const room = await TrainPage.open(page, 'steps=10&batch=8&log=0');
  const guessing = page.locator('gru-lab-train gru-line-chart svg').getByText('guessing');
  await expect(guessing).toHaveCount(1);
  await room.start();
  await expect(room.status).toHaveText(/finished after 10 training steps/);
  await expect(guessing).toHaveCount(1);
  await page.getByRole('radio', { name: 'Sine wave, next value' }).check();
  await expect(guessing).toHaveCount(0);
  await page.getByRole('button', { name: 'Forget run A' }).click();
  await expect(guessing).toHaveCount(1);
});

test('a walk to another view takes no curve away', LONGER, async ({ page }) => {
  const room = await TrainPage.open(page, 'steps=10&batch=8');
  await room.start();
  await expect(room.status).toHaveText(/finished after 10 training steps/);
  await page.getByRole('link', { name: 'About' }).click();
  await expect(room.room).toHaveCount(0);
  await page.goBack();
  await expect(room.runs).toContainText(['Adam, lr=0.02']);
});

test('the loss is heard once that is asked for, and stops', PHONE, async ({ page }) => {
  const room = await TrainPage.open(page, 'steps=40');
  await room.room.getByText('Hear it', { exact: true }).click();
  const heard = room.room.locator('gru-sound');
  await heard.getByRole('button', { name: 'Hear the loss' }).click();
  await expect(heard.getByRole('button', { name: 'Stop' })).toBeVisible();
  await expect(heard.getByRole('slider', { name: 'volume' })).toBeVisible();
  await room.start();
  await expect(room.button('Start anew')).toBeVisible();
  await heard.getByRole('button', { name: 'Stop' }).click();
  await expect(heard.getByRole('button', { name: 'Hear the loss' })).toBeVisible();
  await expect(heard).not.toContainText('The browser did not let it sound.');
});
