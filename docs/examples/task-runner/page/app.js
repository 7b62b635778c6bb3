'use strict';

/*
 * The page: one WAMP session to the router named by ?router=ws://... (node 1 if there is none). Tasks are submitted by
 * calls; how far they are comes as events. After a reconnect the page asks for the list, so it has missed nothing.
 */

const ROUTER = new URLSearchParams(location.search).get('router') || 'ws://127.0.0.1:8080/ws';
const RETRY_MS = 500;
const ENDED = ['done', 'failed', 'cancelled'];
const SUFFIX = { json: '.json', markdown: '.md', statistics: '.stats.json' };

const element = (id) => document.getElementById(id);
const tasks = new Map();
const results = new Map();
let session = null;
let backend = false;

// The connection

function connect() {
  const connection = new autobahn.Connection({
    url: ROUTER,
    realm: 'realm1',
    protocols: ['wamp.2.json'],
    max_retries: 0,
  });
  connection.onopen = joined;
  connection.onclose = () => {
    session = null;
    backend = false;
    showConnection();
    setTimeout(connect, RETRY_MS);
    return true; // Autobahn gives up after a GOODBYE of the router; this page does not
  };
  connection.open();
}

async function joined(opened) {
  session = opened;
  await opened.subscribe('dev.weft.task..changed', ([task]) => show(task), { match: 'wildcard' });
  await opened.subscribe('dev.weft.tasks.backend_ready', refresh);
  await refresh();
}

async function refresh() {
  try {
    const list = await session.call('dev.weft.tasks.list');
    backend = true;
    const known = new Set(list.map((task) => task.id));
    for (const id of [...tasks.keys()].filter((each) => !known.has(each))) forget(id);
    list.forEach(show);
  } catch (error) {
    backend = false;
  }
  showConnection();
}

function showConnection() {
  const chip = element('connection');
  const state = session ? (backend ? 'connected' : 'connecting') : 'lost';
  chip.className = `chip ${state}`;
  chip.textContent = { connected: 'connected', connecting: 'waiting for the backend', lost: 'reconnecting …' }[state];
  element('submit').disabled = state !== 'connected';
  const { host } = new URL(ROUTER);
  element('route').textContent = session ? `session ${session.id} at ${host}` : `no session at ${host}`;
}

function reason(error) {
  const text = error.args && error.args.length > 0 ? error.args.join(' ') : '';
  return text || error.error || String(error);
}

// The tasks

function show(task) {
  const before = tasks.get(task.id);
  const item = before ? before.item : element('task').content.firstElementChild.cloneNode(true);
  if (!before) {
    item.dataset.id = task.id;
    item.querySelector('.cancel').onclick = () => session.call('dev.weft.tasks.cancel', [task.id]).catch(refuse);
    item.querySelector('.show').onclick = () => toggle(task.id);
    item.querySelector('.save').onclick = () => save(task.id);
    element('tasks').prepend(item);
  }
  tasks.set(task.id, { ...task, item });
  draw(task, item);
  showCount();
}

function draw(task, item) {
  const part = (name) => item.querySelector(name);
  const percent = task.state === 'done' ? 100 : task.total ? Math.floor((100 * task.rows) / task.total) : 0;
  item.className = `card task ${task.state}`;
  part('.name').textContent = task.name;
  part('.kind').textContent = `→ ${task.conversion}`;
  part('.state').textContent = task.state === 'running' ? `${percent} %` : task.state;
  part('.track').setAttribute('aria-valuenow', percent);
  part('.fill').style.width = `${percent}%`;
  part('.detail').textContent = detail(task);
  part('.cancel').hidden = ENDED.includes(task.state);
  part('.show').hidden = part('.save').hidden = task.state !== 'done';
  part('.error').hidden = !task.error;
  part('.error').textContent = task.error;
}

function detail(task) {
  const rows = task.total ? `${task.rows} of ${task.total} rows` : task.state === 'queued' ? 'waits for its turn' : 'no rows';
  const time = task.seconds ? ` in ${task.seconds.toFixed(1)} s` : '';
  const size = task.state === 'done' ? `, ${(task.size / 1024).toFixed(1)} KB` : '';
  return rows + time + size;
}

function showCount() {
  const running = [...tasks.values()].filter((task) => !ENDED.includes(task.state)).length;
  element('empty').hidden = tasks.size > 0;
  element('count').textContent = tasks.size ? `${running} open, ${tasks.size - running} ended` : '';
}

function forget(id) {
  tasks.get(id).item.remove();
  tasks.delete(id);
  results.delete(id);
  showCount();
}

async function resultOf(id) {
  if (!results.has(id)) results.set(id, await session.call('dev.weft.tasks.result', [id]));
  return results.get(id);
}

async function toggle(id) {
  const { item } = tasks.get(id);
  const box = item.querySelector('.result');
  try {
    if (box.hidden) box.textContent = await resultOf(id);
    box.hidden = !box.hidden;
    item.querySelector('.show').textContent = box.hidden ? 'Show' : 'Hide';
  } catch (error) {
    refuse(error);
  }
}

async function save(id) {
  const { name, conversion } = tasks.get(id);
  try {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([await resultOf(id)]));
    link.download = name.replace(/\.csv$/i, '') + SUFFIX[conversion];
    link.click();
    URL.revokeObjectURL(link.href);
  } catch (error) {
    refuse(error);
  }
}

// The form

function sample() {
  const cities = ['Zürich', 'Göteborg', 'Kraków', 'Nagoya', 'São Paulo', 'Tromsø'];
  const rows = Array.from({ length: 600 }, (_, n) => {
    const warmth = (14 + 9 * Math.sin(n / 24) + ((n * 7919) % 13) / 10).toFixed(1);
    return `${n + 1},${cities[n % cities.length]},${warmth},${40 + ((n * 31) % 55)}`;
  });
  return ['reading,station,celsius,humidity', ...rows].join('\n') + '\n';
}

async function take(file) {
  element('name').value = file.name;
  element('text').value = await file.text();
}

function refuse(error) {
  element('refusal').textContent = error ? reason(error) : '';
  element('refusal').hidden = !error;
}

element('form').onsubmit = async (event) => {
  event.preventDefault();
  refuse(null);
  try {
    const { value: name } = element('name');
    const text = element('text').value;
    const speed = Number(element('speed').value);
    show(await session.call('dev.weft.tasks.submit', [name, element('conversion').value, text, speed]));
  } catch (error) {
    refuse(error);
  }
};
element('sample').onclick = () => {
  element('text').value = sample();
};
element('file').onchange = (event) => take(event.target.files[0]);
element('text').ondragover = () => element('text').classList.add('over');
element('text').ondragleave = () => element('text').classList.remove('over');
element('text').ondrop = (event) => {
  event.preventDefault();
  element('text').classList.remove('over');
  if (event.dataTransfer.files.length > 0) take(event.dataTransfer.files[0]);
};

element('text').value = sample();
showConnection();
connect();
