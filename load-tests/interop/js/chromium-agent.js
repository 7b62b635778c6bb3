'use strict';

/*
 * Autobahn|JS in pages of a headless Chromium. Each session has a page of its own, at the URL that the command names: this process serves
 * it at that origin, and the page connects to the router in its query. A login may name a profile: pages of one share their cookies.
 */

const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const { chromium } = require('playwright-core');
const agent = require('./agent');

const MODULES = ['autobahn-advanced', 'autobahn-session'];
const OPERATIONS = ['subscribe', 'unsubscribe', 'publish', 'register', 'unregister', 'call', 'session_id', 'serve', 'subscribe_disclosed', 'parts',
  'begin', 'cancel'];
const FILES = {
  '/': path.join(__dirname, 'page/index.html'),
  '/page.js': path.join(__dirname, 'page/page.js'),
  '/autobahn.js': require.resolve('autobahn-browser/autobahn.min.js'),
};

function contentOf(address) {
  const name = address.slice(1, -'.js'.length);
  if (MODULES.includes(name)) {
    return `define('./${name}', (module, require) => {\n${fs.readFileSync(path.join(__dirname, `${name}.js`), 'utf8')}\n});\n`;
  }
  return FILES[address] && fs.readFileSync(FILES[address], 'utf8');
}

function answer(request, response) {
  const address = new URL(request.url, 'http://page').pathname;
  const content = contentOf(address);
  response.writeHead(content ? 200 : 404, { 'Content-Type': address === '/' ? 'text/html' : 'text/javascript' });
  response.end(content);
}

const origins = new Map();

/** Serves the page at the port of a URL, from the first time on. */
function serve({ hostname, port }) {
  if (!origins.has(port)) {
    origins.set(port, new Promise((ready, failed) => {
      http.createServer(answer).on('error', failed).listen(Number(port), hostname, ready);
    }));
  }
  return origins.get(port);
}

const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
const launched = chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
const profiles = new Map();

async function pageOf(profile) {
  const browser = await launched;
  if (!profile) return browser.newPage();
  if (!profiles.has(profile)) profiles.set(profile, browser.newContext());
  return (await profiles.get(profile)).newPage();
}

agent.run(async ({ url, ...command }) => {
  await serve(new URL(url));
  const page = await pageOf(command.login && command.login.profile);
  await page.exposeFunction('tell', (tag, topic, args, kwargs) => agent.event(tag, 'json', topic, args, kwargs));
  await page.goto(url);

  async function perform(op, input) {
    const { ok, error, failed } = await page.evaluate(([name, given]) => window.perform(name, given), [op, input]);
    if (error) throw error;
    if (failed) throw new Error(failed);
    return ok;
  }

  async function close(input) {
    await perform('close', input);
    await page.close();
  }

  const operations = Object.fromEntries(OPERATIONS.map((op) => [op, (input) => perform(op, input)]));
  return { ...operations, close, serializer: 'json', welcome: await perform('open', command) };
});
