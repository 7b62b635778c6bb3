'use strict';

const { Wampy } = require('wampy');
const { JsonSerializer } = require('wampy/JsonSerializer.js');
const { MsgpackSerializer } = require('wampy/MsgpackSerializer.js');
const { CborSerializer } = require('wampy/CborSerializer.js');
const cryptosign = require('wampy/cryptosign.js');
const nacl = require('tweetnacl'); // that of wampy
const { WebSocket } = require('ws');
const advanced = require('./wampy-advanced');
const agent = require('./agent');

const SERIALIZERS = { json: JsonSerializer, msgpack: MsgpackSerializer, cbor: CborSerializer };

async function asFailure(promise) {
  try {
    return await promise;
  } catch (error) {
    if (error && error.errorUri) {
      throw { uri: error.errorUri, args: error.argsList, kwargs: error.argsDict };
    }
    throw error;
  }
}

function behaviourOf(command) {
  // wampy takes a result whose argsList is undefined for a keyword of that name, and tags in CBOR a Uint8Array
  if (command.behaviour === 'echo') {
    return ({ argsList, argsDict }) => ({ argsList: agent.buffers(argsList || []), argsDict: agent.buffers(argsDict || {}) });
  }
  if (command.behaviour === 'fail') {
    return ({ argsList, argsDict }) => {
      throw { error: command.uri, argsList: agent.buffers(argsList), argsDict: agent.buffers(argsDict) };
    };
  }
  return () => ({ argsList: [command.tag] });
}

/** wampy hands over headers and options in the places where the package `websocket` takes them; `ws` has one for all. */
class Socket extends WebSocket {
  constructor(url, protocols, origin, headers, options) {
    super(url, protocols, { headers, ...options });
  }
}

/** Tickets and tokens are handed over by the application; for the rest wampy has what signs. */
async function credentials({ method, authid, secret }) {
  // wampy tells of methods only together with a name; who shows a token or certificate is who that says
  if (method === 'jwt' || method === 'tls') return { authmethods: [method], authid: 'anybody', onChallenge: () => secret };
  if (method === 'ticket') return { authmethods: [method], authid, onChallenge: () => secret };
  if (method === 'wampcra') {
    const { sign } = await import('wampy/wampcra.js'); // can be imported, and not required
    return { authmethods: [method], authid, onChallenge: sign(secret) };
  }
  const { publicKey } = nacl.sign.keyPair.fromSeed(Buffer.from(secret, 'hex'));
  const authextra = { pubkey: Buffer.from(publicKey).toString('hex') };
  return { authmethods: [method], authid, authextra, onChallenge: cryptosign.sign(secret) };
}

function requestOf({ headers, certificate }) {
  const tls = certificate && { cert: certificate.certificate, key: certificate.key, ca: certificate.authority };
  return { additionalHeaders: headers || {}, wsRequestOptions: tls || {} };
}

function operations(client, serializer, { authid, authrole, authmethod }) {
  const handlers = new Map();
  return {
    ...advanced(client, serializer, asFailure),
    serializer,
    welcome: { authid, authrole, authmethod },
    async subscribe({ topic, tag, options }) {
      const handler = ({ details, argsList, argsDict }) => {
        agent.event(tag, serializer, details.topic, argsList, argsDict);
      };
      // wampy 8.0.2 cannot unsubscribe what was subscribed with options: it looks for the key without them
      const given = Object.keys(options).length > 0 ? options : undefined;
      const { subscriptionKey } = await client.subscribe(topic, handler, given);
      handlers.set(tag, { subscriptionKey, handler });
    },
    async unsubscribe({ tag }) {
      const { subscriptionKey, handler } = handlers.get(tag);
      await client.unsubscribe(subscriptionKey, handler);
    },
    async publish({ topic, args, kwargs, options }) {
      const { acknowledge, ...others } = options;
      const { publicationId } = await client.publish(topic, { argsList: args, argsDict: kwargs }, others);
      return { acknowledged: Boolean(publicationId) };
    },
    async register(command) {
      await asFailure(client.register(command.procedure, behaviourOf(command), command.options));
      handlers.set(command.tag, command.procedure);
    },
    async unregister({ tag }) {
      await client.unregister(handlers.get(tag));
    },
    async call({ procedure, args, kwargs, options }) {
      const call = client.call(procedure, { argsList: args, argsDict: kwargs }, options);
      const { argsList, argsDict } = await asFailure(call);
      return { args: argsList || [], kwargs: argsDict || {} };
    },
    async close() {
      await client.disconnect();
    },
  };
}

agent.run(async ({ url, realm, serializer, login }) => {
  const client = new Wampy(url, {
    realm,
    ws: Socket,
    serializer: new SERIALIZERS[serializer](),
    autoReconnect: false,
    uriValidation: 'loose',
    ...requestOf(login || {}),
    ...(login && (await credentials(login))),
  });
  return operations(client, serializer, await asFailure(client.connect()));
});
