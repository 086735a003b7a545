import { chromium } from 'playwright-core';
const b = await chromium.launch({executablePath:'/usr/bin/chromium', args:'--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split(' ')});
const shots = JSON.parse(process.argv[2]);
for (const s of shots) {
  const c = await b.newContext({viewport:{width:s.w,height:s.h}, colorScheme:s.dark?'dark':'light', deviceScaleFactor: 1});
  const p = await c.newPage();
  p.on('console', m => { if (m.type()==='error'||m.type()==='warning') console.log(s.name, m.type(), m.text()); });
  p.on('pageerror', e => console.log(s.name,'pageerror', e.message));
  await p.goto('http://127.0.0.1:4173/'+(s.hash||''));
  await p.waitForTimeout(s.wait||2500);
  if (s.eval) await p.evaluate(s.eval);
  if (s.eval) await p.waitForTimeout(800);
  const sw = await p.evaluate(()=>[document.documentElement.scrollWidth, innerWidth]);
  console.log(s.name, sw.join('/'));
  await p.screenshot({path:`/tmp/w/shots/${s.name}.png`, fullPage: !!s.full});
  await c.close();
}
await b.close();
