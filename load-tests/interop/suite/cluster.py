"""A cluster of three processes on loopback for the time of a test."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

from ports import free_ports

from . import logins

ROOT = Path(__file__).resolve().parents[3]
START_SECONDS = 90
# What clients and nodes say to each other is looked at, not how fast: the optimizing compiler would take processors that the clients need.
JAVA_OPTIONS = "-XX:TieredStopAtLevel=1"
PORTS = 19
OPEN_ROLE = {
    "name": "anonymous",
    "permissions": [{"uri": "", "match": "prefix", "allow": ["call", "register", "publish", "subscribe"]}],
}


class Node:
    """One process of the cluster."""

    def __init__(self, name, folder, port, tls_port, page_port, http_port, site):
        self.name = name
        self.folder = folder
        self.port = port
        self.tls_port = tls_port
        self.page_port = page_port
        self.http_port = http_port
        self.site = site
        self.socket = folder / f"{name}.sock"
        self.log = folder / f"{name}.log"
        self.output = folder / f"{name}.out"
        self.process = None

    @property
    def urls(self):
        return {
            "ws": f"ws://127.0.0.1:{self.port}/ws",
            "rs": f"rs://127.0.0.1:{self.port}",
            "unix": f"unix:{self.socket}",
            "wss": f"wss://127.0.0.1:{self.tls_port}/ws",
            "rss": f"rss://127.0.0.1:{self.tls_port}",
            "page": f"ws://127.0.0.1:{self.page_port}/ws",
            "browser": f"{self.site}/?router=ws://127.0.0.1:{self.page_port}/ws",
            "lp": f"http://127.0.0.1:{self.http_port}/lp",
        }


class Cluster:
    """Three nodes started by `weft serve`, each with a TCP listener, one with TLS, one that gives pages cookies, a Unix domain socket and long-poll.

    Pages are let in from one origin, which whoever runs a browser serves.
    """

    def __init__(self, folder, ports=None):
        self.folder = Path(folder)
        ports = ports or free_ports(PORTS)
        client, tls, members, links, pages, http = [ports[i : i + 3] for i in range(0, PORTS - 1, 3)]
        self.site = f"http://127.0.0.1:{ports[-1]}"
        self._members = members
        self._links = links
        self._logins = logins.Files(self.folder)
        self.nodes = [
            Node(f"node-{i + 1}", self.folder, client[i], tls[i], pages[i], http[i], self.site) for i in range(3)
        ]

    def _configuration(self, index):
        node = self.nodes[index]
        return {
            "node": {"name": node.name, "event-loops": 2},
            # Which connections and sessions come and go: of use only when a case has failed.
            "logging": {"level": "debug"},
            "listeners": [
                {"address": f"127.0.0.1:{node.port}", "origins": ["*"]},
                {"address": f"127.0.0.1:{node.tls_port}", "tls": self._logins.tls()},
                {"type": "unix", "socket": str(node.socket)},
                {"address": f"127.0.0.1:{node.page_port}", "origins": [logins.ORIGIN, self.site], "cookie": {}, "compression": True},
                {"type": "http", "address": f"127.0.0.1:{node.http_port}", "longpoll": {}},
            ],
            "realms": [
                {"uri": "realm1", "auth": {"methods": ["anonymous"]}, "roles": [OPEN_ROLE], "meta-api": "full"},
                self._logins.realm(),
            ],
            "authentication": {
                "secret": "only for this test run",
                "failures-per-address": 0,
                "failures-per-principal": 0,
            },
            "cluster": {
                "enabled": True,
                "name": f"interop-{os.getpid()}",
                "discovery": {"type": "static", "members": [f"127.0.0.1:{port}" for port in self._members]},
                "hazelcast": {"address": f"127.0.0.1:{self._members[index]}"},
                "link": {"address": f"127.0.0.1:{self._links[index]}", "secret": "only for this test run"},
            },
        }

    def start(self):
        self._logins.write()
        for index, node in enumerate(self.nodes):
            file = self.folder / f"{node.name}.yaml"
            file.write_text(json.dumps(self._configuration(index), indent=2))
            with open(node.log, "wb") as log, open(node.output, "wb") as output:
                node.process = subprocess.Popen(
                    [str(ROOT / "weft"), "serve", "--config", str(file), "--until-stdin-closes"],
                    stdin=subprocess.PIPE,  # when this process ends, in whatever way, so do the nodes
                    stdout=output,
                    stderr=log,
                    env=dict(os.environ, WEFT_JAVA_OPTS=JAVA_OPTIONS),
                    start_new_session=True,
                )
        for node in self.nodes:
            self._await_ready(node)

    def _await_ready(self, node):
        deadline = time.monotonic() + START_SECONDS
        while not node.output.read_text().startswith("READY "):
            if node.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{node.name} did not become ready:\n{node.log.read_text(errors='replace')[-3000:]}")
            time.sleep(0.1)

    def kill(self, node):
        """kill -9: no goodbye to anyone."""
        os.killpg(node.process.pid, signal.SIGKILL)
        node.process.wait()

    def stop(self):
        running = [node.process for node in self.nodes if node.process and node.process.poll() is None]
        for process in running:
            os.killpg(process.pid, signal.SIGTERM)
        for process in running:
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
