'use strict';

/*
 * The side of ../chromium-agent.js that is in the page: a session, opened at the router that the address of the page names, and
 * its operations. The modules that are loaded after this script are those of the agent in Node.
 */

const loaded = {
  autobahn: window.autobahn,
  './agent': { event: (tag, serializer, topic, args, kwargs) => window.tell(tag, topic, args || [], kwargs || {}) },
};

/** What the server puts around each module. */
window.define = (name, body) => {
  const module = {};
  body(module, (wanted) => loaded[wanted]);
  loaded[name] = module.exports;
};

// Autobahn|JS does not tell what was agreed on, so its socket is kept.
let socket;
window.WebSocket = class extends WebSocket {
  constructor(...address) {
    super(...address);
    socket = this;
  }
};

let session;

async function open({ realm, serializer, login }) {
  const url = new URLSearchParams(window.location.search).get('router');
  const serializers = [new window.autobahn.serializer.JSONSerializer()];
  session = await loaded['./autobahn-session'].open({ type: 'websocket', url, serializers }, { realm, serializer, login });
  return { ...session.welcome, extensions: socket.extensions, readable: document.cookie };
}

/** Performs an operation: {ok} or, because errors lose what they have on the way out of a page, {error} or {failed}. */
window.perform = async (op, command) => {
  try {
    return { ok: (await (op === 'open' ? open(command) : session[op](command))) || {} };
  } catch (failure) {
    if (failure && failure.uri) return { error: { uri: failure.uri, args: failure.args, kwargs: failure.kwargs } };
    return { failed: String((failure && failure.stack) || failure) };
  }
};
