'use strict';

const agent = require('./agent');

/** What of the advanced profile a session does, beyond options. */
module.exports = function advanced(client, serializer, asFailure) {
  const calls = new Map();

  function behaviourOf({ behaviour, tag, procedure }) {
    if (behaviour === 'caller') return ({ details }) => ({ argsList: [details.caller || 0] });
    return () => {
      agent.event(tag, serializer, procedure, ['begun']);
      return new Promise(() => {}); // until the call is canceled
    };
  }

  return {
    async session_id() {
      return { args: [client.getSessionId()] };
    },
    async serve(command) {
      await asFailure(client.register(command.procedure, behaviourOf(command)));
    },
    async subscribe_disclosed({ topic, tag }) {
      await client.subscribe(topic, ({ details }) => {
        agent.event(tag, serializer, topic, [details.publisher || 0]);
      });
    },
    async parts({ procedure, args }) {
      const parts = [];
      const options = { progress_callback: ({ argsList }) => parts.push(...argsList) };
      const { argsList } = await asFailure(client.call(procedure, { argsList: args }, options));
      return { args: argsList, parts };
    },
    async begin({ procedure, tag }) {
      const call = asFailure(client.call(procedure));
      const { reqId } = client.getOpStatus();
      calls.set(tag, { reqId, ended: call.then(() => 'RESULT', ({ uri }) => uri) });
    },
    async cancel({ tag, mode }) {
      const { reqId, ended } = calls.get(tag);
      client.cancel(reqId, { mode });
      return { ended: await ended };
    },
  };
};
