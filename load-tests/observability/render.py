#!/usr/bin/env python3
"""Draws the dashboards with data: see render. Exit status 0 if every panel has something to show and can be read."""

import argparse
import contextlib
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import panels
from cluster import ROOT, SCRAPE_SECONDS, Cluster, Prometheus, until
from traffic import Traffic

FLOWING = 'sum(rate(weft_calls_total{outcome="result"}[10s])) > 400'
DRAW = ROOT / "load-tests/observability/drawing/draw.js"


def arguments():
    parser = argparse.ArgumentParser(prog="load-tests/observability/render", description=__doc__)
    parser.add_argument("--seconds", type=int, default=120, help="how long there is load; in the middle a node is killed")
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "docs/dashboards", help="where the pictures go")
    return parser.parse_args()


def under_load(cluster, prometheus, directory, seconds):
    """All kinds of traffic, from the middle on without the third node; since when it flows."""
    with contextlib.ExitStack() as stack:
        traffic = Traffic(cluster, directory, stack)
        until("all calls that there should be", lambda: prometheus.query(FLOWING))
        started = time.time()
        traffic.until(time.monotonic() + seconds / 2)
        cluster.kill(2)
        traffic.come_back()
        traffic.until(time.monotonic() + seconds / 2)
        return started


def draw(asked, out, directory):
    out.mkdir(parents=True, exist_ok=True)
    files = []
    for board, drawn in asked:
        file = directory / f"{board.name}.json"
        file.write_text(json.dumps({"title": board.title, "panels": drawn}))
        files += [file, out / f"{board.name}.png"]
    subprocess.run(["node", DRAW, *files], check=True)


def render(options, directory, stack):
    cluster = Cluster(directory)
    stack.callback(cluster.stop)
    cluster.wait_ready()
    prometheus = Prometheus(directory, cluster.admin)
    stack.callback(prometheus.stop)
    started = under_load(cluster, prometheus, directory, options.seconds)
    ended = time.time()
    asked, faults = [], []
    for board in panels.dashboards():
        drawn, found = board.ask(prometheus, started, ended, SCRAPE_SECONDS)
        asked.append((board, drawn))
        faults += found
        print(f"{board.name}: {sum(panel['type'] != 'row' for panel in drawn)} panels, {len(found)} faults", flush=True)
    draw(asked, options.out, directory)
    return faults


def main():
    options = arguments()
    directory = pathlib.Path(tempfile.mkdtemp(prefix="weft-dashboards-"))
    with contextlib.ExitStack() as stack:
        faults = render(options, directory, stack)
    for fault in faults:
        print(f"FAILED: {fault}")
    print(f"pictures are in {options.out}")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
