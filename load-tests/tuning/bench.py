"""Nodes of variants side by side, and what a load costs them."""

import json
import os
import pathlib
import re
import socket
import ssl
import subprocess
import threading
import time

from nodes import HOME, Node
from ports import free_ports

PAUSE = re.compile(r"Pause .*?([0-9.]+)ms$")
HANDSHAKING_THREADS = 4
PATIENCE_SECONDS = 10


def configuration(variant, port):
    settings = dict(variant.settings)
    loops = f", {settings['node']}" if "node" in settings else ""
    outbound = f", outbound: {{ {settings['limits.outbound']} }}" if "limits.outbound" in settings else ""
    listener = f", {variant.listener}" if variant.listener else ""
    return f"""
node: {{ name: measured{loops} }}
listeners: [{{ address: "127.0.0.1:{port}"{listener} }}]
realms:
  - uri: realm1
    auth: {{ methods: [anonymous] }}
    roles: [{{name: anonymous, permissions: [{{uri: "", match: prefix, allow: [call, register, publish, subscribe]}}]}}]
limits: {{ max-sessions-per-address: 1000000, max-sessions-per-principal: 1000000{outbound} }}
drain: {{ timeout: 0s, spread: 0s }}
"""


class Unmeasured(Exception):
    """What a variant does is worth no figure, and why."""


class Subject:
    """A node of a variant, and its log of collections."""

    def __init__(self, directory, variant, number):
        self.variant = variant
        self.gc_log = directory / f"gc-{number}.log"
        options = f"{variant.options} -Xlog:gc,gc+phases:file={self.gc_log}".strip()
        environment = {"JAVA_HOME": variant.java} if variant.java else {}
        command = None
        if variant.class_path:
            flags = HOME / "router-node" / "src" / "main" / "launcher" / "java.options"
            command = ["java", f"@{flags}", *options.split(), "-cp", variant.class_path, "dev.weft.node.cli.Main"]
        port = free_ports(1)[0]
        self.node = Node(
            directory,
            f"node-{number}",
            port,
            options=options,
            text=configuration(variant, port),
            command=command,
            environment=environment,
        )
        self.endpoint = f"{variant.scheme}://127.0.0.1:{port}{variant.path}"
        self.began = self.node.await_ready()

    def collector(self):
        """As Java's log names it."""
        found = re.search(r"Using (.*)", self.gc_log.read_text())
        return found.group(1) if found else "unknown"

    def uses_io_uring(self):
        descriptors = pathlib.Path(f"/proc/{self.node.process.pid}/fd")
        return any("io_uring" in os.readlink(entry) for entry in descriptors.iterdir())

    def pauses(self, since):
        """Milliseconds of each pause of the collector that the log tells after the octet `since`."""
        with self.gc_log.open() as log:
            log.seek(since)
            return [float(found.group(1)) for line in log if (found := PAUSE.search(line.rstrip()))]

    def last_words(self):
        return self.node.log.read_text().strip().splitlines()[-1:]

    def stop(self):
        self.node.stop()


def run(directory, subject, spec, warmup, seconds):
    """What one run of ./weft load said of the subject, and how long its collector paused it."""
    scenario, report = directory / "scenario.yaml", directory / "report.json"
    scenario.write_text(
        json.dumps({"endpoints": [subject.endpoint], "warmup": f"{warmup}s", "duration": f"{seconds}s", "load": [spec]})
    )
    report.unlink(missing_ok=True)
    since = subject.gc_log.stat().st_size
    command = [str(HOME / "weft"), "load", "run", str(scenario), "--json", str(report)]
    command += ["--pid", str(subject.node.process.pid)]
    done = subprocess.run(command, capture_output=True, text=True)
    if not report.exists():
        raise Unmeasured(f"{' '.join(command)}: {done.stderr.strip().splitlines()[-1:]}; its log ends with {subject.last_words()}")
    result = json.loads(report.read_text())
    if not result["clean"]:
        raise Unmeasured(f"something failed or was lost: {result['notes']}, {result['loads']}")
    load, router = result["loads"][0], result["router"]
    pauses = subject.pauses(since)
    return {
        "cpu": router["cpuMicrosPerOperation"],
        "p99": load["latencyMicros"]["p99"],
        "rate": load["perSecond"],
        "wire": (result["octetsSent"] + result["octetsReceived"]) / max(1, load["operations"]),
        "rss": router["residentBytesAtEnd"] / 2**20,
        "session": router["bytesPerSession"],
        "pause": max(pauses, default=0.0),
        "paused": sum(pauses) / (warmup + seconds),
        "limit": result["tool"]["isTheLimit"],
    }


def handshakes(subject, seconds):
    """Microseconds of the node's processors for each connection with a whole TLS handshake: no session is resumed."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    done, end = [], time.monotonic() + seconds
    before = subject.node.processor_seconds()
    threads = [
        threading.Thread(target=_shake, args=(context, subject.node.port, end, done)) for _ in range(HANDSHAKING_THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    failed = [one for one in done if one is not None]
    if failed or not done:
        raise Unmeasured(f"TLS handshakes fail: {failed[:1]}")
    return 1e6 * (subject.node.processor_seconds() - before) / len(done)


def _shake(context, port, end, done):
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as plain:
                with context.wrap_socket(plain) as secure:
                    # RawSocket's handshake: so the node's end is known to be done, too.
                    secure.sendall(b"\x7f\xf2\x00\x00")
                    secure.recv(4)
            done.append(None)
        except OSError as failure:
            done.append(failure)
            return
