"""Three nodes, a Prometheus that looks at them, and a client that does what it is told."""

import contextlib
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "load-tests"))

from ports import free_ports  # noqa: E402

PATIENCE = 120
NODES = 3
SCRAPE_SECONDS = 2  # as long as a scrape may take: with less, a busy machine shows gaps
REALM = ("{uri: %s, auth: {methods: [anonymous]}, meta-api: full, roles: [{name: anonymous, permissions: "
         '[{uri: "", match: prefix, allow: [call, register, publish, subscribe]}, {uri: com.example.secret, allow: []}]}]}')
# As in a Kubernetes: a namespace, and instances that are called as their nodes are.
TARGET = "    - { targets: ['127.0.0.1:%d'], labels: { namespace: weft, instance: node-%d } }\n"

# Rules wait for minutes, a test does not.
HASTE = [(r"for: \d+m", "for: 2s"), (r"\[(5|10|15)m\]", "[30s]")]


def fetch(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read().decode()


def watched(prefix, observe):
    """Calls observe(directory, stack); what it starts ends with it, and its logs stay if it finds a fault, which ends the process."""
    directory = pathlib.Path(tempfile.mkdtemp(prefix=prefix))
    try:
        with contextlib.ExitStack() as stack:
            observe(directory, stack)
    except AssertionError as fault:
        print(f"FAILED: {fault}\nlogs are in {directory}")
        sys.exit(1)


def until(what, look, seconds=PATIENCE):
    """Looks until there is something to see."""
    deadline = time.monotonic() + seconds
    last = None
    while time.monotonic() < deadline:
        try:
            last = look()
            if last:
                return last
        except OSError as failure:
            last = failure
        time.sleep(0.5)
    raise AssertionError(f"{what}: not within {seconds} s, last {last!r}")


class Cluster:
    """Three nodes, each a process."""

    def __init__(self, directory):
        ports = free_ports(5 * NODES)
        self.clients, self.admin, links, members, secure = (ports[i * NODES:(i + 1) * NODES] for i in range(5))
        # A certificate near its end.
        subprocess.run(
            [ROOT / "weft", "keygen", "certificate", "--out", directory / "soon", "--days", "2"], check=True, capture_output=True)
        self.processes = []
        for i in range(NODES):
            settings = [
                f"node.name=node-{i}", f"listeners.0.address=127.0.0.1:{self.clients[i]}",
                "listeners.0.name=clients", f"listeners.1.address=127.0.0.1:{secure[i]}", "listeners.1.name=secure",
                f"listeners.1.tls.certificate={directory}/soon.crt", f"listeners.1.tls.key={directory}/soon.key",
                f"admin.address=127.0.0.1:{self.admin[i]}",
                "realms=[" + ", ".join(REALM % uri for uri in ("realm1", "realm2")) + "]",
                "cluster.enabled=true", "cluster.name=observability", "cluster.discovery.type=static",
                "cluster.discovery.members=[" + ", ".join(f"127.0.0.1:{port}" for port in members) + "]",
                f"cluster.hazelcast.address=127.0.0.1:{members[i]}", f"cluster.link.address=127.0.0.1:{links[i]}",
                "cluster.link.secret=only for this test, not a secret", "cluster.audit-interval=1s",
                "cluster.hazelcast.audit-interval=1s", "limits.outbound.hard-bytes=2MiB", "drain.spread=0s",
            ]
            command = [str(ROOT / "weft"), "serve"] + [part for one in settings for part in ("--set", one)]
            log = open(directory / f"node-{i}.log", "w")
            environment = dict(os.environ, JAVA_OPTS="-Xmx256m")
            self.processes.append(subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True))

    def wait_ready(self):
        for port in self.admin:
            until(f"node at {port} is ready", lambda p=port: "ready" in fetch(f"http://127.0.0.1:{p}/readyz"))

    def kill(self, index):
        os.killpg(self.processes[index].pid, signal.SIGKILL)

    def stop(self):
        for process in self.processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


class Prometheus:
    def __init__(self, directory, targets):
        rules = (ROOT / "helm/weft/files/alerts.yaml").read_text()
        for slow, fast in HASTE:
            rules = re.sub(slow, fast, rules)
        (directory / "alerts.yaml").write_text(rules)
        (directory / "prometheus.yml").write_text(
            f"global: {{ scrape_interval: {SCRAPE_SECONDS}s, evaluation_interval: 1s }}\n"
            "rule_files: [alerts.yaml]\n"
            "scrape_configs:\n"
            "  - job_name: weft\n"
            "    static_configs:\n" + "".join(TARGET % (port, i) for i, port in enumerate(targets)))
        port = free_ports(1)[0]
        self.url = f"http://127.0.0.1:{port}/api/v1"
        log = open(directory / "prometheus.log", "w")
        self.process = subprocess.Popen(
            ["prometheus", f"--config.file={directory}/prometheus.yml", f"--storage.tsdb.path={directory}/data",
             f"--web.listen-address=127.0.0.1:{port}", "--enable-feature=exemplar-storage"], stdout=log, stderr=log)

    def ask(self, path, **parameters):
        answer = json.loads(fetch(f"{self.url}/{path}?{urllib.parse.urlencode(parameters)}"))
        return answer["data"]

    def query(self, expression):
        return self.ask("query", query=expression)["result"]

    def firing(self):
        return {alert["labels"]["alertname"] for alert in self.ask("alerts")["alerts"] if alert["state"] == "firing"}

    def stop(self):
        self.process.kill()
        self.process.wait()


class RawSocket:
    """A client that speaks JSON over RawSocket, and reads only when it wants to."""

    def __init__(self, port, realm="realm1", methods=()):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.sendall(b"\x7f\xf1\x00\x00")
        self.socket.recv(4)
        roles = {role: {} for role in ("caller", "callee", "publisher", "subscriber")}
        self.send([1, realm, {"roles": roles, **({"authmethods": list(methods)} if methods else {})}])
        self.welcome = self.receive()

    def send(self, message):
        text = json.dumps(message).encode()
        self.socket.sendall(len(text).to_bytes(4, "big") + text)

    def receive(self):
        length = int.from_bytes(self.exactly(4), "big")
        return json.loads(self.exactly(length & 0xFFFFFF))

    def exactly(self, count):
        data = b""
        while len(data) < count:
            more = self.socket.recv(count - len(data))
            if not more:
                raise ConnectionError("closed by the router")
            data += more
        return data
