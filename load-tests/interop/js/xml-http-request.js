'use strict';

/**
 * What Autobahn|JS uses of a browser's XMLHttpRequest, which Node does not have. Requests to one URL go one after another:
 * Autobahn|JS does not wait before it sends the next message, and its request ids have to arrive in order.
 */
const last = new Map();

class XMLHttpRequest {
  open(method, url) {
    this.method = method;
    this.url = url;
    this.headers = {};
  }

  setRequestHeader(name, value) {
    this.headers[name] = value;
  }

  send(body) {
    const before = last.get(this.url) || Promise.resolve();
    last.set(this.url, before.then(() => this.request(body)));
  }

  async request(body) {
    const { method, headers, timeout } = this;
    const signal = timeout > 0 ? AbortSignal.timeout(timeout) : undefined;
    try {
      const response = await fetch(this.url, { method, headers, body, signal });
      this.responseText = await response.text();
      this.status = response.status;
    } catch (error) {
      if (error.name === 'TimeoutError') {
        this.ontimeout();
        return;
      }
      this.status = 0;
      this.statusText = error.message;
    }
    this.readyState = 4;
    this.onreadystatechange();
  }
}

module.exports = { XMLHttpRequest };
