#!/usr/bin/env python3
"""A node that traces, and a Prometheus that is asked for the trace of a call: see run. Exit status 0 if it knows it."""

import subprocess
import time

from cluster import REALM, ROOT, Prometheus, RawSocket, fetch, until, watched
from ports import free_ports

TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
DURATIONS = "weft_call_duration_seconds_bucket"


def start(directory, stack):
    """The ports for clients and of the admin port of a node whose collector is not there, which nothing here needs."""
    client, admin, collector = free_ports(3)
    settings = [
        f"listeners.0.address=127.0.0.1:{client}", f"admin.address=127.0.0.1:{admin}", "realms=[" + REALM % "realm1" + "]",
        f"tracing.endpoint=http://127.0.0.1:{collector}/v1/traces", "tracing.sample=0", "drain.spread=0s",
    ]
    log = stack.enter_context(open(directory / "node.log", "w"))
    command = [ROOT / "weft", "serve"] + [part for one in settings for part in ("--set", one)]
    node = subprocess.Popen(command, stdout=log, stderr=log)
    stack.callback(node.wait)
    stack.callback(node.terminate)
    until("the node is ready", lambda: "ready" in fetch(f"http://127.0.0.1:{admin}/readyz"))
    return client, admin


def call(caller, callee, request, options):
    caller.send([48, request, options, "com.example.slow"])
    invocation = callee.receive()
    assert invocation[0] == 68, invocation
    time.sleep(0.11)  # so that it falls into a range of its own, up to 0.25 s
    callee.send([70, invocation[1], {}])
    assert caller.receive()[0] == 50


def observe(directory, stack):
    client, admin = start(directory, stack)
    prometheus = Prometheus(directory, [admin])
    stack.callback(prometheus.stop)
    began = time.time()
    callee, caller = RawSocket(client), RawSocket(client)
    callee.send([64, 1, {}, "com.example.slow"])
    assert callee.receive()[0] == 65
    call(caller, callee, 1, {})
    call(caller, callee, 2, {"_traceparent": f"00-{TRACE}-{PARENT}-01"})
    found = until("Prometheus has an exemplar", lambda: prometheus.ask(
        "query_exemplars", query=DURATIONS, start=began - 60, end=time.time() + 60))
    assert len(found) == 1 and len(found[0]["exemplars"]) == 1, found
    series, exemplar = found[0]["seriesLabels"], found[0]["exemplars"][0]
    assert exemplar["labels"]["trace_id"] == TRACE and exemplar["labels"]["span_id"] != PARENT, found
    seconds = float(exemplar["value"])
    assert 0.11 <= seconds <= float(series["le"]), found
    assert series["realm"] == "realm1" and series["scope"] == "local" and abs(exemplar["timestamp"] - began) < 60, found
    print(f"ok: the trace of a call of {seconds:.3f} s is an exemplar of the calls of up to {series['le']} s")
    assert prometheus.query('weft_calls_total{outcome="result"} == 2')
    print("ok: counters are called in OpenMetrics as they are in text")


def main():
    watched("weft-exemplars-", observe)


if __name__ == "__main__":
    main()
