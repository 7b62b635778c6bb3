"""Nodes as processes of the launcher (./weft), on loopback, for what is measured from outside."""

import os
import pathlib
import subprocess
import sys
import threading
import time

HOME = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(HOME / "load-tests"))

from ports import free_ports  # noqa: E402

TICK = os.sysconf("SC_CLK_TCK")
START_SECONDS = 120


def configuration(name, port, cluster):
    return f"""
node: {{ name: {name} }}
listeners: [{{ address: "127.0.0.1:{port}" }}]
realms:
  - uri: realm1
    auth: {{ methods: [anonymous] }}
    roles: [{{name: anonymous, permissions: [{{uri: "", match: prefix, allow: [call, register, publish, subscribe]}}]}}]
limits:
  max-subscriptions: 1000000
  max-sessions-per-address: 1000000
  max-sessions-per-principal: 1000000
  max-connection-rate-per-address: 0
drain: {{ timeout: 0s, spread: 0s }}
{cluster}"""


class Node:
    """A process of the launcher, or of another command that takes the same arguments, such as a Java of one's own."""

    def __init__(self, directory, name, port, cluster="", options="", *, text=None, command=None, environment=()):
        config = directory / f"{name}.yaml"
        config.write_text(text or configuration(name, port, cluster))
        environment = {key: value for key, value in os.environ.items() if not key.startswith("WEFT_")} | dict(environment)
        environment["WEFT_JAVA_OPTS"] = options
        self.port = port
        self.log = directory / f"{name}.log"
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [*(command or [str(HOME / "weft")]), "serve", "--config", str(config), "--until-stdin-closes"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log.open("w"),
            env=environment,
            text=True,
        )

    def await_ready(self):
        """Seconds since exec, when the node is ready."""
        timer = threading.Timer(START_SECONDS, self.process.kill)
        timer.start()
        try:
            if not any(line.startswith("READY ") for line in iter(self.process.stdout.readline, "")):
                raise SystemExit(f"the node ended before it was ready:\n{self.log.read_text()}")
        finally:
            timer.cancel()
        return time.monotonic() - self.began

    def processor_seconds(self):
        """What the process has used of the processors so far, user and system."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def status(self, key):
        """A number of /proc/PID/status, such as VmRSS, in the unit that is used there."""
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(key + ":"):
                return int(line.split()[1])
        raise KeyError(key)

    def stop(self):
        self.process.stdin.close()
        self.process.wait(timeout=60)

    def kill(self):
        """Ends the node at once, for who has no clients that are to be seen off."""
        self.process.kill()
        self.process.wait()


class Cluster:
    """So many nodes at most, on ports that are chosen at the beginning."""

    def __init__(self, directory, size):
        self.directory = directory
        self.clients = free_ports(size)
        self.members = free_ports(size)
        self.links = free_ports(size)
        self.nodes = []

    def start(self, options=""):
        """One node more; ready when it returns, with the seconds that it took since exec."""
        index = len(self.nodes)
        node = Node(self.directory, f"node-{index + 1}", self.clients[index], self._configuration(index), options)
        self.nodes.append(node)
        return node, node.await_ready()

    def stop_last(self):
        self.nodes.pop().stop()

    def stop(self):
        while self.nodes:
            self.stop_last()

    def _configuration(self, index):
        members = ", ".join(f'"127.0.0.1:{port}"' for port in self.members)
        return f"""
cluster:
  enabled: true
  name: measured-{os.getpid()}
  key: {"5" * 64}
  discovery: {{ type: static, members: [{members}] }}
  hazelcast: {{ address: "127.0.0.1:{self.members[index]}" }}
  link: {{ address: "127.0.0.1:{self.links[index]}" }}
"""
