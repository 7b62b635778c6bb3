'use strict';

/*
 * A browser uses the page as a person would: node 1 serves the page's session, node 2 the backend's, and node 3 is
 * killed in the middle. Arguments: the address of the page, the process id of node 3, a file for the screenshot.
 */

const assert = require('node:assert/strict');
const { chromium } = require('playwright-core');

const [, , address, third, screenshot] = process.argv;
const PATIENCE = 60000;

async function submit(page, name, { text, conversion = 'json', speed = '200' }) {
  await page.fill('#name', name);
  if (text === undefined) await page.click('#sample');
  else await page.fill('#text', text);
  await page.selectOption('#conversion', conversion);
  await page.selectOption('#speed', speed);
  await page.click('#submit');
  return page.locator('#tasks > li', { has: page.locator(`.name:text-is("${name}")`) });
}

async function hasState(task, state) {
  await task.and(task.page().locator(`.${state}`)).waitFor({ timeout: PATIENCE });
}

/** The numbers of rows that the page shows, one after another, until the task has ended. */
async function progressOf(task) {
  const seen = [];
  while (!/\b(done|failed|cancelled)\b/.test(await task.getAttribute('class'))) {
    const rows = Number((await task.locator('.detail').textContent()).split(' ')[0]);
    if (rows > 0 && rows !== seen.at(-1)) seen.push(rows);
    await task.page().waitForTimeout(30);
  }
  return seen;
}

async function resultOf(task) {
  await task.locator('.show').click();
  const box = task.locator('.result');
  await box.waitFor({ timeout: PATIENCE });
  return box.textContent();
}

const steps = [];
async function step(name, action) {
  const result = await action();
  steps.push(name);
  console.log(`ok ${steps.length} ${name}`);
  return result;
}

async function run(page) {
  await step('the page finds the backend at another node', async () => {
    await page.locator('#connection.connected').waitFor({ timeout: PATIENCE });
  });
  const slow = await step('a long task starts', () => submit(page, 'stations.csv', { speed: '20' }));
  await hasState(slow, 'running');

  await step('progress comes as it goes on, and the result is right', async () => {
    const seen = await progressOf(await submit(page, 'quick readings.csv', { speed: '200' }));
    assert.ok(seen.length >= 5, `progress seen: ${seen}`);
    assert.deepEqual(seen, [...seen].sort((one, other) => one - other));
    const table = JSON.parse(await resultOf(page.locator('#tasks > li').first()));
    assert.equal(table.length, 600);
    assert.equal(table[5].station, 'Tromsø');
  });

  await step('node 3 is killed, and the long task goes on', async () => {
    const before = Number((await slow.locator('.detail').textContent()).split(' ')[0]);
    process.kill(Number(third), 'SIGKILL');
    await page.waitForFunction(
      ([id, rows]) => Number(document.querySelector(`[data-id="${id}"] .detail`).textContent.split(' ')[0]) > rows + 20,
      [await slow.getAttribute('data-id'), before],
      { timeout: PATIENCE },
    );
    assert.equal(await page.locator('#connection').textContent(), 'connected');
  });

  await step('a table that is not one fails with the reason', async () => {
    const broken = await submit(page, 'broken.csv', { text: 'a,b\n1,2\n3\n' });
    await hasState(broken, 'failed');
    assert.match(await broken.locator('.error').textContent(), /line 3 has 1 fields, the header has 2/);
  });

  await step('a task is cancelled', async () => {
    const unwanted = await submit(page, 'unwanted.csv', { speed: '60' });
    await unwanted.locator('.cancel').click();
    await hasState(unwanted, 'cancelled');
  });

  await step('other conversions, with text of any language', async () => {
    const text = 'name,value\n世界,1\n🧵,2\ne\u0301,3\n';
    const markdown = await submit(page, 'unicode.csv', { text, conversion: 'markdown', speed: '0' });
    await hasState(markdown, 'done');
    assert.match(await resultOf(markdown), /\| 世界 \| 1 \|\n\| 🧵 \| 2 \|\n\| e\u0301 \| 3 \|/u);
    await markdown.locator('.show').click();
    const statistics = await submit(page, 'summary.csv', { conversion: 'statistics', speed: '0' });
    await hasState(statistics, 'done');
    assert.equal(JSON.parse(await resultOf(statistics)).reading.max, 600);
  });

  await step('a second page sees the same tasks', async () => {
    const other = await page.context().newPage();
    await other.goto(address);
    await other.locator('#connection.connected').waitFor({ timeout: PATIENCE });
    assert.equal(await other.locator('#tasks > li').count(), await page.locator('#tasks > li').count());
    await other.close();
  });

  if (screenshot) await page.screenshot({ path: screenshot, fullPage: true });

  await step('the long task ends with all its rows', async () => {
    await hasState(slow, 'done');
    assert.match(await slow.locator('.detail').textContent(), /^600 of 600 rows/);
  });
}

async function main() {
  const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  const context = await browser.newContext({ viewport: { width: 1160, height: 900 } });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  try {
    await page.goto(address);
    await run(page);
    assert.deepEqual(errors, []);
    console.log(`${steps.length} passed, 0 failed`);
  } catch (failure) {
    if (screenshot) await page.screenshot({ path: screenshot, fullPage: true });
    console.log(`not ok ${steps.length + 1} ${failure.stack}\npage errors: ${errors}`);
    console.log(`${steps.length} passed, 1 failed`);
    process.exitCode = 1;
  } finally {
    await browser.close();
  }
}

main();
