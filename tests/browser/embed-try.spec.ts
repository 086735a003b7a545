import { elements, expect, test } from './course-page';

test('look', async ({ page, course }) => {
  await page.goto(course.page('/week-3', `<style>html{font-size:62.5%} body{font:1.8rem/1.4 serif;max-width:760px;margin:0 auto;background:#fdf6e3;letter-spacing:.05em;text-align:center} a{color:red} button{background:pink} h2{color:green}</style><h1>Week 3: recurrent networks</h1><p>Read, then try.</p>
  ${elements('<gru-playground seq-len="5" batch="3" num-layers="2" hide="seed,dropout"></gru-playground><p>And here is a question.</p><gru-question number="5" theme="dark"></gru-question><p>In a dark page:</p><div style="color-scheme: dark"><gru-question number="2"></gru-question></div><gru-challenge></gru-challenge>')}`));
  await page.waitForTimeout(2500);
  await page.screenshot({ path: 'artefacts/try1.png', fullPage: true });
  await page.evaluate(() => { scrollTo(0, 99999); });
  await page.waitForTimeout(1500);
  await page.screenshot({ path: 'artefacts/try2.png', fullPage: true });
});
