#!/usr/bin/env python3
"""Three nodes under load, scraped by a Prometheus: see run. Exit status 0 if everything is as it should be."""

import re
import subprocess
import time

import panels
from cluster import SCRAPE_SECONDS, Cluster, Prometheus, RawSocket, fetch, until, watched
from traffic import Traffic

SECONDS_OF_MISTAKES = 15


def selectors(expression):
    """The metrics in an expression, each with what it says of its labels."""
    return re.findall(r"\b((?:weft|jvm|process|system)_[a-z0-9_]+|up\b|ALERTS\b)(\{[^}]*\})?", expression)


def unknown_labels(prometheus, expression):
    """Labels that an expression groups by or asks for and that none of its metrics has; Prometheus would not mind."""
    known = {"le"}
    for metric, _ in selectors(expression):
        for series in prometheus.query(f"group by (job) ({metric})") and prometheus.query(metric)[:50]:
            known |= set(series["metric"])
    used = {label.strip() for group in re.findall(r"\b(?:by|on|ignoring)\s*\(([^)]*)\)", expression) for label in group.split(",")}
    for _, matchers in selectors(expression):
        used |= set(re.findall(r"([a-z_]+)\s*(?:=~|=|!~|!=)", matchers))
    return used - known - {""}


def check_dashboards(prometheus, started):
    """Every panel has had something to show since then, and asks for nothing that nobody publishes."""
    faults = []
    for board in panels.dashboards():
        drawn, found = board.ask(prometheus, started, time.time(), SCRAPE_SECONDS)
        faults += found
        for panel in drawn:
            for expression in panel["expressions"]:
                unknown = unknown_labels(prometheus, expression)
                if unknown:
                    faults.append(f"{board.name}, {panel['title']}: no metric in it has {unknown}: {expression}")
    return faults


def check_rules(prometheus):
    faults = []
    for group in prometheus.ask("rules")["groups"]:
        for rule in group["rules"]:
            if rule["health"] != "ok":
                faults.append(f"{rule['name']}: {rule.get('lastError', rule['health'])}")
            for metric, matchers in selectors(rule["query"]):
                if not prometheus.query(f"group({metric}{matchers})") and metric not in ("up", "ALERTS"):
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


def must_be_none(what, faults):
    if faults:
        raise AssertionError(what + ":\n" + "\n".join(faults))
    print(f"ok: {what}")


def observe(directory, stack):
    cluster = Cluster(directory)
    stack.callback(cluster.stop)
    cluster.wait_ready()
    print("three nodes are ready")
    prometheus = Prometheus(directory, cluster.admin)
    stack.callback(prometheus.stop)
    started = time.time()
    traffic = Traffic(cluster, directory, stack)
    assert RawSocket(cluster.clients[2], "no.such.realm").welcome[0] == 3
    until("calls through two nodes", lambda: prometheus.query(
        'sum(rate(weft_calls_total{outcome="result"}[30s])) > 20'))
    until("garbage collections", lambda: prometheus.query("count(jvm_gc_pause_seconds_sum) >= 3"))
    must_be_none("metrics", check_format(cluster))
    must_be_none("rules", check_rules(prometheus))
    # A start beside other work may be hard; then all is well.
    wrong = {"WeftNodeDown", "WeftLinkDown", "WeftSlowConsumers", "WeftTablesDiffer", "WeftClusterSplit"}
    until("no alert fires while nothing is wrong", lambda: not prometheus.firing() & wrong)
    print("ok: nothing is wrong, and no alert says so")
    until("WeftCertificateEndsSoon and WeftCertificateEnds fire", lambda: {
        "WeftCertificateEndsSoon", "WeftCertificateEnds"} <= prometheus.firing())
    print("ok: a certificate near its end raises WeftCertificateEndsSoon and WeftCertificateEnds")
    traffic.be_slow(cluster.clients[0])
    until("WeftSlowConsumers fires", lambda: "WeftSlowConsumers" in prometheus.firing())
    print("ok: a client that reads too slowly raises WeftSlowConsumers")
    cluster.kill(2)
    until("WeftNodeDown and WeftLinkDown fire", lambda: {"WeftNodeDown", "WeftLinkDown"} <= prometheus.firing())
    print("ok: a node that is killed raises WeftNodeDown and WeftLinkDown")
    traffic.until(time.monotonic() + SECONDS_OF_MISTAKES)
    must_be_none("dashboards", check_dashboards(prometheus, started))


def main():
    watched("weft-observability-", observe)


if __name__ == "__main__":
    main()
