"""What clients do on a day that is not the best one: calls and events, errors, refusals, and some who do not read."""

import contextlib
import itertools
import os
import signal
import subprocess
import threading
import time

from cluster import ROOT, RawSocket

SCENARIO = """
name: all kinds
warmup: 1s
duration: 1h
load:
  - { type: rpc, callers: 4, callees: 2, rate: 150, payload: [32, 1024], serializers: [msgpack, json, cbor] }
  - { type: pubsub, publishers: 2, subscribers: 12, topics: 4, rate: 40, payload: [128, 4096], serializers: [cbor, json] }
  - { type: pubsub, publishers: 1, subscribers: 4, topics: 8, match: prefix, patterns: 2, rate: 10 }
  - { type: idle, sessions: 30 }
  - { type: join, sessions: 10, rate: 2 }
"""
SECONDS_BETWEEN_SLOW_CLIENTS = 20


class Traffic:
    """Load between any two nodes by `weft load`; what goes wrong by sockets of its own, through the first two."""

    def __init__(self, cluster, directory, stack):
        self._cluster = cluster
        self._ticks = itertools.count()
        self._stack = stack
        self._scenario = directory / "traffic.yaml"
        self._scenario.write_text(SCENARIO)
        for near, far in ((0, 1), (1, 2), (2, 0)):
            self._start(near, far)

    def come_back(self):
        """The load that broke off with the third node, through the others."""
        self._start(1, 0)
        self._start(0, 1)

    def _start(self, near, far):
        ports = self._cluster.clients
        command = [ROOT / "weft", "load", "run", self._scenario, "--quiet", "--realm", f"realm{1 + near % 2}",
                   "--endpoint", f"rs://127.0.0.1:{ports[near]}",
                   "--endpoint", f"ws://127.0.0.1:{ports[near]}/ws", "--other-endpoint", f"rs://127.0.0.1:{ports[far]}"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        self._stack.callback(process.wait)
        self._stack.callback(_kill, process)

    def until(self, deadline):
        """Every second something goes wrong, until the time given (time.monotonic)."""
        while (left := deadline - time.monotonic()) > 0:
            tick = next(self._ticks)
            self._mistakes(self._cluster.clients[tick % 2])
            if tick % SECONDS_BETWEEN_SLOW_CLIENTS == 5:
                self.be_slow(self._cluster.clients[tick % 2])
            time.sleep(min(1, left))

    def be_slow(self, port):
        threading.Thread(target=_be_slow, args=(port,), daemon=True).start()

    def _mistakes(self, port):
        for realm, methods in (("no.such.realm", []), ("realm1", ["ticket"])):
            RawSocket(port, realm, methods)
        careless = RawSocket(port)
        for request in range(1, 4):
            careless.send([48, request, {}, "com.example.nobody"])
            careless.receive()
        careless.send([48, 4, {}, "com.example.secret"])
        careless.receive()
        careless.socket.close()


def _kill(process):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _be_slow(port):
    """A subscriber that does not read what a publisher sends, until it is closed."""
    with contextlib.suppress(OSError):
        slow = RawSocket(port)
        slow.send([32, 1, {}, "com.example.flood"])
        slow.receive()
        publisher = RawSocket(port)
        for request in range(1, 400):
            publisher.send([16, request, {}, "com.example.flood", ["x" * 60_000]])
            time.sleep(0.15)  # so that it is behind for longer than it is from one scrape to the next
