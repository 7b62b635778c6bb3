"""WAMP clients that reconnect: callers that call all the time, callees, publishers and subscribers; JSON over RawSocket or
WebSocket."""

import asyncio
import base64
import collections
import json
import os
import random
import struct

PROCEDURE, TOPIC = "com.example.work", "com.example.news"
ANSWER_SECONDS = 15
LENGTH_BITS = 0xFFFFFF


class Closed(Exception):
    """The connection has ended."""


ENDS = (OSError, Closed, EOFError, asyncio.TimeoutError)


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

    def __init__(self, world, kind, port, host):
        self.world, self._kind, self._port, self._host = world, kind, port, host
        self._request = 0

    async def run(self):
        while not self.world.stopped:
            writer = reading = None
            try:
                reader, writer = await asyncio.wait_for(asyncio.open_connection(self._host, self._port), 10)
                self.wire = self._kind(reader, writer)
                self._received, self._gone = asyncio.Queue(), asyncio.Event()
                await asyncio.wait_for(self.wire.handshake(), 10)
                reading = asyncio.ensure_future(self._read())
                await asyncio.wait_for(self._join(), 10)
                await self.work()
            except ENDS as ended:
                self.world.ended[f"{type(ended).__name__}: {ended}"] += 1
            finally:
                if reading is not None:
                    reading.cancel()
                if writer is not None:
                    writer.close()
            # As clients should: not all at once.
            await asyncio.sleep(random.uniform(0.05, 0.3))

    async def _read(self):
        """All the time, as clients do: so they know of the end of the connection before they send over it."""
        try:
            while True:
                self._received.put_nowait(json.loads(await self.wire.receive()))
        except ENDS as ended:
            self._received.put_nowait(ended)
            self._gone.set()

    async def _join(self):
        self.send(1, "realm1", {"roles": {role: {} for role in ("caller", "callee", "publisher", "subscriber")}})
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
        message = await self._received.get()
        if isinstance(message, Exception):
            raise message
        return message

    async def answer(self):
        """The next message; one that does not come is counted."""
        try:
            return await asyncio.wait_for(self.receive(), ANSWER_SECONDS)
        except asyncio.TimeoutError:
            self.world.hanging += 1
            raise

    async def rest(self, seconds):
        """Nothing to do, but for the end of the connection."""
        try:
            await asyncio.wait_for(self._gone.wait(), seconds)
        except asyncio.TimeoutError:
            return
        await self.receive()


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
                self.world.begun.add(tuple(invocation[4]))
                await asyncio.sleep(0.005)
                self.send(70, invocation[1], {}, invocation[4])
        finally:
            self.world.callees -= 1


class Caller(Client):
    """Calls without a pause; a call whose connection ends before the answer is asked again over the next one."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self._number = len(self.world.callers)
        self.answered = self._attempts = 0

    async def work(self):
        while not self.world.stopped:
            self._attempts += 1
            call = (self._number, self._attempts)
            self.send(48, self.next(), {}, PROCEDURE, call)
            self.world.pending += 1
            try:
                answer = await self.answer()
            except asyncio.TimeoutError:
                raise
            except (Closed, EOFError, OSError):
                self.world.asked_again.add(call)
                raise
            finally:
                self.world.pending -= 1
            if answer[0] == 50 and answer[3] == list(call):
                self.answered += 1
                self.world.answered += 1
            else:
                self.world.errors[str(answer[4] if answer[0] == 8 else answer)] += 1
            await self.rest(0.02)


class Publisher(Client):
    """Publishes numbers, each acknowledged before the next. One that was not is not published again."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.number, self.last = len(self.world.publishers), 0

    async def work(self):
        while not self.world.stopped:
            if not self.world.quiet:
                await self._publish()
            await self.rest(0.05)

    async def _publish(self):
        self.last += 1
        event = (self.number, self.last)
        # Until it is acknowledged nobody knows who gets it.
        self.world.unsure.add(event)
        self.send(16, self.next(), {"acknowledge": True}, TOPIC, event)
        answer = await self.answer()
        if answer[0] == 17:
            self.world.unsure.remove(event)
            self.world.published += 1
        else:
            self.world.errors[str(answer[4] if answer[0] == 8 else answer)] += 1


class Subscriber(Client):
    """What each session gets has no gaps; where it begins and ends is the session's."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.got = collections.defaultdict(list)

    async def work(self):
        self.got.clear()
        self.send(32, self.next(), {}, TOPIC)
        subscribed = await self.receive()
        if subscribed[0] != 33:
            raise Closed(f"not subscribed: {subscribed}")
        try:
            while True:
                event = await self.receive()
                if event[0] != 36:
                    raise Closed(f"unexpected {event}")
                publisher, number = event[4]
                self.got[publisher].append(number)
                self.world.events += 1
        finally:
            self.judge()

    def judge(self):
        for publisher, numbers in self.got.items():
            once = set(numbers)
            self.world.doubled += len(numbers) - len(once)
            gaps = set(range(min(once), max(once))) - once
            self.world.lost.update((publisher, number) for number in gaps if (publisher, number) not in self.world.unsure)
        self.got.clear()

    def hears(self, publisher):
        return publisher.number in self.got

    def has_all_of(self, publisher):
        if (publisher.number, publisher.last) in self.world.unsure:
            return True
        return self.hears(publisher) and max(self.got[publisher.number]) == publisher.last


class World:
    """All clients, and what they saw."""

    def __init__(self):
        self.stopped = self.quiet = False
        self.pending = self.callees = 0
        self.errors, self.ended, self.lost = collections.Counter(), collections.Counter(), collections.Counter()
        # Calls that a callee got, and those whose connection ended before the answer; events not acknowledged.
        self.begun, self.asked_again, self.unsure = set(), set(), set()
        self.callers, self.publishers, self.subscribers, self._tasks = [], [], [], []
        self.forget()

    def add(self, kind, port, host="127.0.0.1", callers=0, callees=0, publishers=0, subscribers=0):
        clients = []
        for count, role, mine in ((callers, Caller, self.callers), (callees, Callee, []),
                                  (publishers, Publisher, self.publishers), (subscribers, Subscriber, self.subscribers)):
            for _ in range(count):
                mine.append(role(self, kind, port, host))
                clients.append(mine[-1])
        self._tasks += [asyncio.ensure_future(client.run()) for client in clients]

    def forget(self):
        """Counts from here."""
        self.answered = self.hanging = self.published = self.events = self.doubled = 0
        for seen in (self.errors, self.ended, self.lost, self.asked_again, self.begun):
            seen.clear()

    @property
    def begun_and_lost(self):
        """Calls that a callee has begun, and whose caller was closed before the answer."""
        return self.asked_again & self.begun

    async def everyone_is_answered(self, seconds):
        """Each caller gets an answer from now on, within the time."""
        before = [caller.answered for caller in self.callers]
        await self.until(seconds, "every caller has an answer",
                          lambda: all(caller.answered > was for caller, was in zip(self.callers, before)))

    async def every_event_is_there(self, seconds):
        """Publishers are quiet in the end, and each subscriber has got what each of them published."""
        await self.until(seconds, "every subscriber hears every publisher", lambda: self._all(Subscriber.hears))
        self.quiet = True
        await self.until(seconds, "every subscriber has the last event of each", lambda: self._all(Subscriber.has_all_of))
        for subscriber in self.subscribers:
            subscriber.judge()

    def _all(self, is_so):
        return all(is_so(subscriber, publisher) for subscriber in self.subscribers for publisher in self.publishers)

    async def until(self, seconds, what, is_so):
        end = asyncio.get_running_loop().time() + seconds
        while not is_so():
            assert asyncio.get_running_loop().time() < end, f"not within {seconds} s: {what}; {self}"
            await asyncio.sleep(0.1)

    async def stop(self):
        self.stopped = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def __str__(self):
        return (f"calls: {self.answered} answered, {len(self.asked_again)} asked again, {len(self.begun_and_lost)} of them begun, "
                f"{self.hanging} hanging, errors {dict(self.errors)}; events: {self.published} published, {self.events} received, "
                f"{len(self.lost)} lost, {self.doubled} doubled; connections ended {dict(self.ended)}")
