'use strict';

/* A session of Autobahn|JS and what it does for a command; in Node and in a page. */

const autobahn = require('autobahn');
const { advanced, deferred } = require('./autobahn-advanced');
const agent = require('./agent');

function failure(error) {
  if (error instanceof autobahn.Error) return { uri: error.error, args: error.args, kwargs: error.kwargs };
  return error;
}

/** Autobahn gives a lone positional result bare, and null for none. */
function resultOf(value) {
  if (value instanceof autobahn.Result) return { args: value.args, kwargs: value.kwargs };
  return { args: value === null || value === undefined ? [] : [value], kwargs: {} };
}

function behaviourOf(command) {
  if (command.behaviour === 'echo') return (args, kwargs) => new autobahn.Result(args, kwargs);
  if (command.behaviour === 'fail') {
    return (args, kwargs) => {
      throw new autobahn.Error(command.uri, args, kwargs);
    };
  }
  return () => command.tag;
}

/** Of the client there are the signatures; what to do with a challenge is written by the application. */
function credentials({ method, authid, secret }) {
  if (method === 'cookie' || method === 'tls') return { authmethods: [method] };
  if (method === 'jwt') return { authmethods: [method], onchallenge: () => secret };
  if (method === 'ticket') return { authmethods: [method], authid, onchallenge: () => secret };
  if (method === 'wampcra') {
    const onchallenge = (session, asked, { challenge, salt, iterations, keylen }) => {
      const { derive_key: derived, sign } = autobahn.auth_cra;
      return sign(salt ? derived(secret, salt, iterations, keylen) : secret, challenge);
    };
    return { authmethods: [method], authid, onchallenge };
  }
  const nacl = require('tweetnacl'); // that of Autobahn|JS
  const key = nacl.sign.keyPair.fromSeed(Buffer.from(secret, 'hex'));
  const { public_key: publicKey, sign_challenge: signed } = autobahn.auth_cryptosign;
  const authextra = { pubkey: publicKey(key), trustroot: null, challenge: null, channel_binding: null };
  return { authmethods: [method], authid, authextra, onchallenge: (session, asked, extra) => signed(key, extra) };
}

function operations(connection, session, serializer, { authid, authrole, authmethod }) {
  const held = new Map();
  return {
    ...advanced(session, serializer, { resultOf, failure }),
    serializer,
    welcome: { authid, authrole, authmethod },
    async subscribe({ topic, tag, options }) {
      const handler = (args, kwargs, details) => agent.event(tag, serializer, details.topic, args, kwargs);
      held.set(tag, await session.subscribe(topic, handler, options));
    },
    async unsubscribe({ tag }) {
      await session.unsubscribe(held.get(tag));
    },
    async publish({ topic, args, kwargs, options }) {
      const publication = await session.publish(topic, args, kwargs, options);
      return { acknowledged: Boolean(publication && publication.id) };
    },
    async register(command) {
      try {
        const options = command.options;
        held.set(command.tag, await session.register(command.procedure, behaviourOf(command), options));
      } catch (error) {
        throw failure(error);
      }
    },
    async unregister({ tag }) {
      await session.unregister(held.get(tag));
    },
    async call({ procedure, args, kwargs, options }) {
      try {
        return resultOf(await session.call(procedure, args, kwargs, options));
      } catch (error) {
        throw failure(error);
      }
    },
    async close({ reason }) {
      await new Promise((closed) => {
        connection.onclose = () => closed();
        connection.close(reason || undefined);
      });
    },
  };
}

/** Opens a session over a transport of Autobahn|JS; what agent.run wants of it. */
function open(transport, { realm, serializer, login }) {
  return new Promise((resolve, reject) => {
    const connection = new autobahn.Connection({
      realm,
      transports: [transport],
      use_deferred: deferred,
      max_retries: 0,
      retry_if_unreachable: false,
      ...(login && credentials(login)),
    });
    connection.onopen = (session, details) => resolve(operations(connection, session, serializer, details));
    connection.onclose = (reason, details) => {
      const error = new Error(`no session: ${reason} ${JSON.stringify(details)}`);
      reject(Object.assign(error, { uri: details && details.reason, args: [error.message] }));
      return true;
    };
    connection.open();
  });
}

module.exports = { open };
