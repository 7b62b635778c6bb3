"""WAMP clients that reconnect: callers that call all the time, and callees; JSON over RawSocket or WebSocket."""

import asyncio
import base64
import collections
import json
import os
import random
import struct

PROCEDURE = "com.example.work"
ANSWER_SECONDS = 15
LENGTH_BITS = 0xFFFFFF


class Closed(Exception):
    """The connection has ended."""


class RawSocket:
    """Frames of RawSocket."""

    def __init__(self, reader, writer):
        self._reader, self._writer = reader, writer

    async def handshake(self):
        self._writer.write(b"\x7f\xf1\x00\x00")
        answer = await self._reader.readexactly(4)
        if answer[0] != 0x7F or answer[1] & 0x0F != 1:
            raise Closed(f"no RawSocket: {answer.hex()}")

    def send(self, data):
        self._writer.write(struct.pack(">I", len(data)) + data)

    async def receive(self):
        while True:
            head = struct.unpack(">I", await self._reader.readexactly(4))[0]
            data = await self._reader.readexactly(head & LENGTH_BITS)
            if head >> 24 == 0:
                return data
            if head >> 24 == 1:
                self._writer.write(struct.pack(">I", len(data) | 2 << 24) + data)


class WebSocket:
    """Frames of WebSocket."""

    def __init__(self, reader, writer):
        self._reader, self._writer = reader, writer

    async def handshake(self):
        key = base64.b64encode(os.urandom(16)).decode()
        self._writer.write((
            "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: wamp.2.json\r\n\r\n").encode())
        answer = await self._reader.readuntil(b"\r\n\r\n")
        if b" 101 " not in answer.split(b"\r\n")[0]:
            raise Closed(answer.split(b"\r\n")[0].decode())

    def send(self, data, opcode=1):
        mask = os.urandom(4)
        length = len(data)
        head = bytes([0x80 | opcode]) + (bytes([0x80 | length]) if length < 126 else struct.pack(">BH", 0x80 | 126, length))
        self._writer.write(head + mask + bytes(octet ^ mask[i % 4] for i, octet in enumerate(data)))

    async def receive(self):
        while True:
            first, length = await self._reader.readexactly(2)
            if length == 126:
                length = struct.unpack(">H", await self._reader.readexactly(2))[0]
            data = await self._reader.readexactly(length)
            opcode = first & 0x0F
            if opcode in (1, 2):
                return data
            if opcode == 8:
                raise Closed(f"closed with {struct.unpack('>H', data[:2])[0] if data else 'no code'}")
            if opcode == 9:
                self.send(data, 10)


class Client:
    """Joins by way of the balancer, again and again; what its session does is in `work`."""

    def __init__(self, world, kind, port):
        self.world, self._kind, self._port = world, kind, port
        self._request = 0

    async def run(self):
        while not self.world.stopped:
            writer = None
            try:
                reader, writer = await asyncio.wait_for(asyncio.open_connection("127.0.0.1", self._port), 10)
                self.wire = self._kind(reader, writer)
                await asyncio.wait_for(self._join(), 10)
                await self.work()
            except (OSError, Closed, EOFError, asyncio.TimeoutError) as ended:
                self.world.ended[f"{type(ended).__name__}: {ended}"] += 1
            finally:
                if writer is not None:
                    writer.close()
            # As clients should: not all at once.
            await asyncio.sleep(random.uniform(0.05, 0.3))

    async def _join(self):
        await self.wire.handshake()
        self.send(1, "realm1", {"roles": {"caller": {}, "callee": {}}})
        welcome = await self.receive()
        if welcome[0] != 2:
            raise Closed(f"not welcome: {welcome}")
        self._request = 0

    def next(self):
        self._request += 1
        return self._request

    def send(self, *message):
        self.wire.send(json.dumps(message).encode())

    async def receive(self):
        return json.loads(await self.wire.receive())


class Callee(Client):
    async def work(self):
        self.send(64, self.next(), {"invoke": "roundrobin"}, PROCEDURE)
        registered = await self.receive()
        if registered[0] != 65:
            raise Closed(f"not registered: {registered}")
        self.world.callees += 1
        try:
            while True:
                invocation = await self.receive()
                if invocation[0] != 68:
                    raise Closed(f"unexpected {invocation}")
                await asyncio.sleep(0.005)
                self.send(70, invocation[1], {}, invocation[4])
        finally:
            self.world.callees -= 1


class Caller(Client):
    """Calls without a pause; a call whose connection ends before the answer is asked again over the next one."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.answered = 0

    async def work(self):
        while not self.world.stopped:
            self.send(48, self.next(), {}, PROCEDURE, [self.answered])
            self.world.pending += 1
            try:
                answer = await asyncio.wait_for(self.receive(), ANSWER_SECONDS)
            except asyncio.TimeoutError:
                self.world.hanging += 1
                raise
            except (Closed, EOFError, OSError):
                self.world.asked_again += 1
                raise
            finally:
                self.world.pending -= 1
            if answer[0] == 50 and answer[3] == [self.answered]:
                self.answered += 1
                self.world.answered += 1
            else:
                self.world.errors[str(answer[4] if answer[0] == 8 else answer)] += 1
            await asyncio.sleep(0.02)


class World:
    """All clients, and what they saw."""

    def __init__(self):
        self.stopped = False
        self.answered = self.asked_again = self.hanging = self.pending = self.callees = 0
        self.errors, self.ended = collections.Counter(), collections.Counter()
        self.callers, self._tasks = [], []

    def add(self, callers, callees, kind, port):
        for _ in range(callers):
            self.callers.append(Caller(self, kind, port))
        clients = self.callers[len(self.callers) - callers:] + [Callee(self, kind, port) for _ in range(callees)]
        self._tasks += [asyncio.ensure_future(client.run()) for client in clients]

    def forget(self):
        """Counts from here."""
        self.answered = self.asked_again = self.hanging = 0
        self.errors.clear()
        self.ended.clear()

    async def everyone_is_answered(self, seconds):
        """Each caller gets an answer from now on, within the time."""
        before = [caller.answered for caller in self.callers]
        end = asyncio.get_running_loop().time() + seconds
        while any(caller.answered <= was for caller, was in zip(self.callers, before)):
            silent = sum(caller.answered <= was for caller, was in zip(self.callers, before))
            assert asyncio.get_running_loop().time() < end, f"{silent} callers without an answer for {seconds} s; {self}"
            await asyncio.sleep(0.1)

    async def stop(self):
        self.stopped = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def __str__(self):
        return (f"answered {self.answered}, asked again {self.asked_again}, hanging {self.hanging}, "
                f"errors {dict(self.errors)}, connections ended {dict(self.ended)}")
