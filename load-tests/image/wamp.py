"""A WAMP client of a few lines: JSON over RawSocket, one request at a time."""

import json
import socket
import struct


class Session:
    def __init__(self, host, port, realm="realm1", timeout=20):
        self._socket = socket.create_connection((host, port), timeout=timeout)
        self._socket.sendall(b"\x7f\xf1\x00\x00")
        answer = self._read(4)
        assert answer[0] == 0x7F and answer[1] & 0x0F == 1, f"no RawSocket handshake: {answer.hex()}"
        self._request = 0
        self._send(1, realm, {"roles": {"caller": {}, "callee": {}, "subscriber": {}}})
        welcome = self._receive()
        assert welcome[0] == 2, f"not welcome: {welcome}"
        self.id = welcome[1]

    def register(self, procedure):
        self._send(64, self._next(), {}, procedure)
        answer = self._receive()
        assert answer[0] == 65, answer

    def subscribe_later(self, topic):
        """Sends the request; subscribed() waits for the answer to the next one."""
        self._send(32, self._next(), {}, topic)

    def subscribed(self):
        answer = self._receive()
        assert answer[0] == 33, answer

    def call(self, procedure, *arguments, callee=None):
        """Calls and, if the callee is another session of this program, has it answer with its arguments."""
        self._send(48, self._next(), {}, procedure, list(arguments))
        if callee is not None:
            callee.answer()
        answer = self._receive()
        assert answer[0] == 50, answer
        return answer[3]

    def answer(self):
        invocation = self._receive()
        assert invocation[0] == 68, invocation
        self._send(70, invocation[1], {}, invocation[4])

    def close(self):
        self._socket.close()

    def _next(self):
        self._request += 1
        return self._request

    def _send(self, *message):
        data = json.dumps(message).encode()
        self._socket.sendall(struct.pack(">I", len(data)) + data)

    def _receive(self):
        while True:
            head = struct.unpack(">I", self._read(4))[0]
            data = self._read(head & 0xFFFFFF)
            kind = head >> 24
            if kind == 0:
                return json.loads(data)
            if kind == 1:
                self._socket.sendall(struct.pack(">I", len(data) | 2 << 24) + data)

    def _read(self, length):
        data = b""
        while len(data) < length:
            more = self._socket.recv(length - len(data))
            if not more:
                raise ConnectionError("the connection is closed")
            data += more
        return data
