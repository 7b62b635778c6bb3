'use strict';

/* Draws dashboards by a headless Chromium. Arguments: files of panels (JSON), each with the picture that it becomes (PNG). */

const fs = require('node:fs');
const path = require('node:path');
const { chromium } = require('playwright-core');
const UPNG = require('upng-js');

/** The same with as many colours as such a picture needs, in a third of the size. */
function withPalette(png) {
  const image = UPNG.decode(png);
  return Buffer.from(UPNG.encode(UPNG.toRGBA8(image), image.width, image.height, 64));
}

async function draw(browser, file, picture) {
  const { title, panels } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const page = await browser.newPage({ viewport: { width: 1400, height: 800 } });
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(`file://${path.join(__dirname, 'page.html')}`);
  await page.addScriptTag({ path: require.resolve('echarts/dist/echarts.min.js') });
  await page.addScriptTag({ path: path.join(__dirname, 'panels.js') });
  await page.evaluate(([name, drawn]) => window.drawDashboard(name, drawn), [title, panels]);
  fs.writeFileSync(picture, withPalette(await page.screenshot({ fullPage: true })));
  await page.close();
}

async function main([...files]) {
  const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  try {
    while (files.length) await draw(browser, files.shift(), files.shift());
  } finally {
    await browser.close();
  }
}

main(process.argv.slice(2)).catch((failure) => {
  console.error(failure);
  process.exit(1);
});
