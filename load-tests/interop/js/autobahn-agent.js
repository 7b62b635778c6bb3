'use strict';

global.XMLHttpRequest = require('./xml-http-request').XMLHttpRequest; // before Autobahn|JS looks for it
const https = require('node:https');
const autobahn = require('autobahn');
const { open } = require('./autobahn-session');
const agent = require('./agent');

/** Not the client's `tlsConfiguration`, with which it would take any router for the right one. */
function agentWith({ certificate, key, authority }) {
  return new https.Agent({ cert: certificate, key, ca: authority });
}

function transportOf(url, serializer, { headers, certificate }) {
  const address = new URL(url);
  if (address.protocol === 'ws:' || address.protocol === 'wss:') {
    const serializers = {
      json: () => new autobahn.serializer.JSONSerializer(),
      msgpack: () => new autobahn.serializer.MsgpackSerializer(),
      cbor: () => new autobahn.serializer.CBORSerializer(),
    };
    const tls = certificate && agentWith(certificate);
    return { type: 'websocket', url, serializers: [serializers[serializer]()], headers, agent: tls };
  }
  if (address.protocol === 'http:') return { type: 'longpoll', url };
  if (address.protocol === 'rs:') return { type: 'rawsocket', host: address.hostname, port: Number(address.port) };
  return { type: 'rawsocket', path: address.pathname };
}

agent.run(({ url, login, ...command }) => {
  const transport = transportOf(url, command.serializer, login || {});
  return open(transport, { ...command, login });
});
