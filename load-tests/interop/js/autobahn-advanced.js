'use strict';

const autobahn = require('autobahn');
const agent = require('./agent');

/** With its own ES6 promises Autobahn|JS has nothing to tell of progressive results with, and throws when one comes. */
function deferred() {
  const deferred = {};
  deferred.promise = new Promise((resolve, reject) => Object.assign(deferred, { resolve, reject }));
  deferred.notify = (part) => deferred.promise.part && deferred.promise.part(part);
  return deferred;
}

/** What of the advanced profile a session does, beyond options. */
function advanced(session, serializer, { resultOf, failure }) {
  const calls = new Map();

  function behaviourOf({ behaviour, tag, procedure }) {
    if (behaviour === 'caller') return (args, kwargs, details) => details.caller || 0;
    if (behaviour === 'parts') {
      return (args, kwargs, details) => {
        for (let part = 0; part < args[0]; part++) details.progress([part]);
        return 'end';
      };
    }
    return () => {
      agent.event(tag, serializer, procedure, ['begun']);
      return new Promise(() => {}); // until the call is canceled
    };
  }

  return {
    async session_id() {
      return { args: [session.id] };
    },
    async serve(command) {
      await session.register(command.procedure, behaviourOf(command));
    },
    async subscribe_disclosed({ topic, tag }) {
      await session.subscribe(topic, (args, kwargs, { publisher }) => {
        agent.event(tag, serializer, topic, [publisher || 0]);
      });
    },
    async parts({ procedure, args }) {
      const parts = [];
      const call = session.call(procedure, args, {}, { receive_progress: true });
      call.part = (part) => parts.push(part);
      return { ...resultOf(await call), parts };
    },
    async begin({ procedure, tag }) {
      const call = session.call(procedure);
      const ended = call.then(() => 'RESULT', (error) => failure(error).uri);
      calls.set(tag, { call, ended });
    },
    async cancel({ tag, mode }) {
      const { call, ended } = calls.get(tag);
      call.cancel({ mode });
      return { ended: await ended };
    },
  };
}

module.exports = { advanced, deferred };
