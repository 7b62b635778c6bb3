'use strict';

/*
 * The loop both JavaScript agents share: one JSON command a line on standard input, one JSON answer a line on
 * standard output, and a line for every event received. The suite (../suite) holds the scenarios; an agent only does
 * with its client what a command says.
 *
 * Bytes are written {"$bytes": "<hex>"} in commands and answers.
 */

const readline = require('node:readline');

function bytesOf(value) {
  return Buffer.isBuffer(value) || value instanceof Uint8Array;
}

function map(value, leaf) {
  const replaced = leaf(value);
  if (replaced !== undefined) return replaced;
  if (Array.isArray(value)) return value.map((element) => map(element, leaf));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, map(element, leaf)]));
  }
  return value;
}

/**
 * What the client is given for a value of a command. Neither Autobahn|JS nor wampy writes bytes in JSON as the WAMP
 * specification says (U+0000 and base64), so with JSON the application does it, as theirs would have to.
 */
function fromCommand(value, serializer) {
  return map(value, (leaf) => {
    if (leaf === null || typeof leaf !== 'object' || typeof leaf.$bytes !== 'string') return undefined;
    const bytes = Buffer.from(leaf.$bytes, 'hex');
    return serializer === 'json' ? '\u0000' + bytes.toString('base64') : bytes;
  });
}

/** The reverse of fromCommand. */
function toAnswer(value, serializer) {
  return map(value, (leaf) => {
    if (bytesOf(leaf)) return { $bytes: Buffer.from(leaf).toString('hex') };
    if (typeof leaf === 'bigint') return Number(leaf);
    if (serializer === 'json' && typeof leaf === 'string' && leaf.startsWith('\u0000')) {
      return { $bytes: Buffer.from(leaf.slice(1), 'base64').toString('hex') };
    }
    return undefined;
  });
}

/** The value with every Uint8Array as a Buffer. */
function buffers(value) {
  return map(value, (leaf) => (bytesOf(leaf) ? Buffer.from(leaf) : undefined));
}

function say(line) {
  process.stdout.write(JSON.stringify(line) + '\n');
}

/**
 * Runs commands until standard input ends.
 *
 * @param {(command: object) => Promise<object>} open  opens a session; the object it gives has in `welcome` who it is,
 *     and a method for each other operation, which answers with what goes into the line, and throws {uri, args, kwargs}
 *     for a WAMP error
 */
function run(open) {
  const sessions = new Map();

  async function perform(command) {
    if (command.op === 'open') {
      const session = await open(command);
      sessions.set(command.session, session);
      return session.welcome;
    }
    const session = sessions.get(command.session);
    const input = {
      ...command,
      options: command.options || {},
      args: command.args && fromCommand(command.args, session.serializer),
      kwargs: command.kwargs && fromCommand(command.kwargs, session.serializer),
    };
    const output = await session[command.op](input);
    if (command.op === 'close') sessions.delete(command.session);
    return payload(output || {}, session.serializer);
  }

  readline.createInterface({ input: process.stdin }).on('line', async (line) => {
    const command = JSON.parse(line);
    try {
      say({ id: command.id, ok: await perform(command) });
    } catch (failure) {
      if (!failure || !failure.uri) {
        say({ id: command.id, failed: String((failure && failure.stack) || failure) });
        return;
      }
      const { serializer } = sessions.get(command.session) || command;
      say({ id: command.id, error: { uri: failure.uri, ...payload(failure, serializer) } });
    }
  }).on('close', () => process.exit(0));
}

function payload({ args, kwargs, ...rest }, serializer) {
  const answer = { ...rest };
  if (args !== undefined && args !== null) answer.args = toAnswer(args, serializer);
  if (kwargs !== undefined && kwargs !== null) answer.kwargs = toAnswer(kwargs, serializer);
  return answer;
}

function event(tag, serializer, topic, args, kwargs) {
  say({ event: tag, topic, args: toAnswer(args || [], serializer), kwargs: toAnswer(kwargs || {}, serializer) });
}

module.exports = { run, event, buffers };
