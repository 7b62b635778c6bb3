'use strict';

const autobahn = require('autobahn');
const { advanced, deferred } = require('./autobahn-advanced');
const agent = require('./agent');

function transportOf(url, serializer) {
  const address = new URL(url);
  if (address.protocol === 'ws:') {
    const serializers = {
      json: () => new autobahn.serializer.JSONSerializer(),
      msgpack: () => new autobahn.serializer.MsgpackSerializer(),
      cbor: () => new autobahn.serializer.CBORSerializer(),
    };
    return { type: 'websocket', url, serializers: [serializers[serializer]()] };
  }
  if (address.protocol === 'rs:') return { type: 'rawsocket', host: address.hostname, port: Number(address.port) };
  return { type: 'rawsocket', path: address.pathname };
}

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

function operations(connection, session, serializer) {
  const held = new Map();
  return {
    ...advanced(session, serializer, { resultOf, failure }),
    serializer,
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
    async close() {
      await new Promise((closed) => {
        connection.onclose = () => closed();
        connection.close();
      });
    },
  };
}

agent.run(({ url, realm, serializer }) => new Promise((resolve, reject) => {
  const connection = new autobahn.Connection({
    realm,
    transports: [transportOf(url, serializer)],
    use_deferred: deferred,
    max_retries: 0,
    retry_if_unreachable: false,
  });
  connection.onopen = (session) => resolve(operations(connection, session, serializer));
  connection.onclose = (reason, details) => {
    reject(new Error(`no session: ${reason} ${JSON.stringify(details)}`));
    return true;
  };
  connection.open();
}));
