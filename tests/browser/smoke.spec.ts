import { expect, PHONE, test } from './harness';

test('the page loads, draws itself and complains of nothing', PHONE, async ({ page }) => {
  const response = await page.goto('./');
  expect(response?.status()).toBe(200);
  await expect(page).toHaveTitle(/GRU Playground/);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('the site works below any path', async ({ page }) => {
  const below = process.env['GRU_SITE_BELOW'];
  if (below === undefined) throw new Error('GRU_SITE_BELOW is not set');
  expect(new URL(below).pathname.length).toBeGreaterThan(1);
  await page.goto(below);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('the policy stands in the header and in the page, and is the same but for who may frame it, which only a header can say', async ({ page }) => {
  const response = await page.goto('./');
  const header = response?.headers()['content-security-policy'];
  const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; base-uri 'none'; form-action 'none'";
  expect(header).toBe(`${policy}; frame-ancestors 'self'`);
  const meta = page.locator('meta[http-equiv="Content-Security-Policy"]');
  await expect(meta).toHaveAttribute('content', policy);
  // The page of a frame stands in any page.
  const framed = await page.goto('./embed.html?view=question&number=2');
  expect(framed?.headers()['content-security-policy']).toBe(policy);
  await expect(meta).toHaveAttribute('content', policy);
});

test('the policy is enforced: an inline script does not run', async ({ page, complaints }) => {
  complaints.expect(/Content Security Policy/i);
  await page.goto('./');
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.documentElement.dataset.inline = "ran"';
    document.head.append(script);
    return document.documentElement.dataset['inline'];
  });
  expect(ran).toBeUndefined();
});
