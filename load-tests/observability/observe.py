#!/usr/bin/env python3
"""Three nodes under load, scraped by a Prometheus: see run. Exit status 0 if everything is as it should be."""

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

# Rules wait for minutes, a test does not.
HASTE = [(r"for: \d+m", "for: 2s"), (r"\[(5|10|15)m\]", "[30s]")]
VARIABLES = {
    "$namespace": ".*", "$job": ".*", "$node": ".*", "$realm": ".*", "$__rate_interval": "30s",
}


def fetch(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read().decode()


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
                "realms=[{uri: realm1, auth: {methods: [anonymous]}, meta-api: full, roles: [{name: anonymous, permissions: "
                '[{uri: "", match: prefix, allow: [call, register, publish, subscribe]}]}]}]',
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
            "global: { scrape_interval: 1s, evaluation_interval: 1s }\n"
            "rule_files: [alerts.yaml]\n"
            "scrape_configs:\n"
            "  - job_name: weft\n"
            "    static_configs: [{ targets: [" + ", ".join(f"'127.0.0.1:{port}'" for port in targets) + "] }]\n")
        port = free_ports(1)[0]
        self.url = f"http://127.0.0.1:{port}/api/v1"
        log = open(directory / "prometheus.log", "w")
        self.process = subprocess.Popen(
            ["prometheus", f"--config.file={directory}/prometheus.yml", f"--storage.tsdb.path={directory}/data",
             f"--web.listen-address=127.0.0.1:{port}"], stdout=log, stderr=log)

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

    def __init__(self, port, realm="realm1"):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.sendall(b"\x7f\xf1\x00\x00")
        self.socket.recv(4)
        self.send([1, realm, {"roles": {role: {} for role in ("caller", "callee", "publisher", "subscriber")}}])
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


def load(cluster):
    """Calls and events through two nodes while the test looks on."""
    def run(kind, callers, callees):
        command = [str(ROOT / "weft"), "load", kind, "--quiet", "--port", str(cluster.clients[callers]),
                   "--other-port", str(cluster.clients[callees]), "--rate", "50", "--warmup", "1s", "--duration", "600s"]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    return [run("rpc", 0, 1), run("fanout", 1, 0), run("rpc", 0, 0)]


def expressions():
    for path in sorted((ROOT / "helm/weft/files/dashboards").glob("*.json")):
        for panel in json.loads(path.read_text())["panels"]:
            for target in panel.get("targets", []):
                expression = target["expr"]
                for variable, value in VARIABLES.items():
                    expression = expression.replace(variable, value)
                yield f"{path.stem}, {panel['title']}", expression


def selectors(expression):
    """The metrics in an expression, each with what it says of its labels."""
    return re.findall(r"\b((?:weft|jvm|process|system)_[a-z0-9_]+|up\b)(\{[^}]*\})?", expression)


def unknown_labels(prometheus, expression):
    """Labels that an expression groups by or asks for and that none of its metrics has; Prometheus would not mind."""
    known = {"le", "namespace"}
    for metric, _ in selectors(expression):
        for series in prometheus.query(f"group by (job) ({metric})") and prometheus.query(metric)[:50]:
            known |= set(series["metric"])
    used = {label.strip() for group in re.findall(r"\b(?:by|on|ignoring)\s*\(([^)]*)\)", expression) for label in group.split(",")}
    for _, matchers in selectors(expression):
        used |= set(re.findall(r"([a-z_]+)\s*(?:=~|=|!~|!=)", matchers))
    return used - known - {""}


def check_dashboards(prometheus):
    faults = []
    for where, expression in expressions():
        result = prometheus.query(expression)
        if not result and not expression.rstrip().endswith("> 0"):
            faults.append(f"{where}: nothing to see: {expression}")
        unknown = unknown_labels(prometheus, expression)
        if unknown:
            faults.append(f"{where}: no metric in it has {unknown}: {expression}")
    return faults


def check_rules(prometheus):
    faults = []
    for group in prometheus.ask("rules")["groups"]:
        for rule in group["rules"]:
            if rule["health"] != "ok":
                faults.append(f"{rule['name']}: {rule.get('lastError', rule['health'])}")
            for metric, matchers in selectors(rule["query"]):
                if not prometheus.query(f"group({metric}{matchers})") and metric != "up":
                    faults.append(f"{rule['name']}: nobody publishes {metric}{matchers}")
            unknown = unknown_labels(prometheus, rule["query"])
            if unknown:
                faults.append(f"{rule['name']}: no metric in it has {unknown}")
    return faults


def check_format(cluster):
    faults = []
    for port in cluster.admin:
        text = fetch(f"http://127.0.0.1:{port}/metrics")
        lint = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True)
        # Micrometer's own names are not ours to judge.
        faults += [line for line in (lint.stdout + lint.stderr).splitlines() if line.startswith("weft_")]
    return faults


def be_slow(cluster):
    """A subscriber that does not read what a publisher sends, until it is closed."""
    slow = RawSocket(cluster.clients[0])
    slow.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    slow.send([32, 1, {}, "com.example.flood"])
    slow.receive()
    publisher = RawSocket(cluster.clients[0])
    for request in range(1, 400):
        publisher.send([16, request, {}, "com.example.flood", ["x" * 60_000]])


def observe(directory, stack):
    cluster = Cluster(directory)
    stack.callback(cluster.stop)
    cluster.wait_ready()
    print("three nodes are ready")
    prometheus = Prometheus(directory, cluster.admin)
    stack.callback(prometheus.stop)
    for process in load(cluster):
        stack.callback(lambda p=process: os.killpg(p.pid, signal.SIGKILL))
    assert RawSocket(cluster.clients[2], "no.such.realm").welcome[0] == 3
    until("calls through two nodes", lambda: prometheus.query(
        'sum(rate(weft_calls_total{outcome="result"}[30s])) > 20'))
    until("garbage collections", lambda: prometheus.query("count(jvm_gc_pause_seconds_sum) >= 3"))
    for name, faults in (
            ("metrics", check_format(cluster)), ("dashboards", check_dashboards(prometheus)), ("rules", check_rules(prometheus))):
        if faults:
            raise AssertionError(name + ":\n" + "\n".join(faults))
        print(f"ok: {name}")
    # A start beside other work may be hard; then all is well.
    wrong = {"WeftNodeDown", "WeftLinkDown", "WeftSlowConsumers", "WeftTablesDiffer", "WeftClusterSplit"}
    until("no alert fires while nothing is wrong", lambda: not prometheus.firing() & wrong)
    print("ok: nothing is wrong, and no alert says so")
    until("WeftCertificateEndsSoon and WeftCertificateEnds fire", lambda: {
        "WeftCertificateEndsSoon", "WeftCertificateEnds"} <= prometheus.firing())
    print("ok: a certificate near its end raises WeftCertificateEndsSoon and WeftCertificateEnds")
    be_slow(cluster)
    until("WeftSlowConsumers fires", lambda: "WeftSlowConsumers" in prometheus.firing())
    print("ok: a client that reads too slowly raises WeftSlowConsumers")
    cluster.kill(2)
    until("WeftNodeDown and WeftLinkDown fire", lambda: {"WeftNodeDown", "WeftLinkDown"} <= prometheus.firing())
    print("ok: a node that is killed raises WeftNodeDown and WeftLinkDown")


def main():
    directory = pathlib.Path(tempfile.mkdtemp(prefix="weft-observability-"))
    try:
        with contextlib.ExitStack() as stack:
            observe(directory, stack)
    except AssertionError as fault:
        print(f"FAILED: {fault}\nlogs are in {directory}")
        sys.exit(1)


if __name__ == "__main__":
    main()
