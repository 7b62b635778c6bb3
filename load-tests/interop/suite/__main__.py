"""Runs the suite: see `../run --help`."""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path

from . import advanced
from .clients import AUTOBAHN_PYTHON, CLIENTS, Agent, Peer
from .cluster import Cluster
from .logins import COMES_BACK, OF_ONE_WAY, comes_back, ways_of
from .report import Enough, Report
from .scenarios import OF_ANY_TWO, OF_ONE_CLIENT

CASE_SECONDS = 60


def arguments():
    parser = argparse.ArgumentParser(prog="load-tests/interop/run", description=__doc__)
    every = ",".join(client.name for client in CLIENTS)
    parser.add_argument("--clients", default=every, help=f"which to test: {every}")
    parser.add_argument("--python", default=sys.executable, help="the interpreter of the Python client")
    parser.add_argument("--ports-from", type=int, help="take fifteen ports from here on instead of free ones")
    parser.add_argument("--node", action="append", default=[], metavar="JSON",
                        help='test these two nodes instead: {"ws": URL, "rs": URL, "unix": URL, "lp": URL}, given twice;'
                             ' transports left out are not tested')
    parser.add_argument("--results", type=Path, help="write the results here as JSON")
    parser.add_argument("--document", type=Path, help="rewrite the tables of this Markdown file from the results")
    parser.add_argument("--skipped", action="append", default=[], help="a client left out, and why")
    return parser.parse_args()


async def one_client(report, agents, client, transport, serializer, nodes):
    """All scenarios between two sessions of one client."""
    near = await Peer(agents[client], client, transport, serializer).open(nodes[0])
    far = await Peer(agents[client], client, transport, serializer).open(nodes[1])
    for name, (scenario, needs) in OF_ONE_CLIENT.items():
        if needs in client.cannot:
            report.cannot(client, transport, serializer, name)
        else:
            await report.case(f"{near}: {name}", (near, far), scenario(near, far), CASE_SECONDS)
    return near, far


async def any_two(report, sessions, nodes):
    """What every session does with every other: those at node A publish and call, those at node B receive."""
    for near, _ in sessions:
        for _, far in sessions:
            for name, scenario in OF_ANY_TWO.items():
                case = f"{near} -> {far}: {name}"
                if not await report.case(case, (near, far), scenario(near, far), CASE_SECONDS):
                    await asyncio.gather(near.open(nodes[0]), far.open(nodes[1]), return_exceptions=True)


async def log_in(report, agents, clients, nodes):
    """Every client by every method that it has, at both nodes, and then with every other that has logged in."""
    pairs = []
    for client in clients:
        for way in ways_of(client):
            near, far = (Peer(agents[client], client, "ws", "json") for _ in nodes)
            for name, scenario in OF_ONE_WAY.items():
                passed = await report.login(client, way.name, name, scenario(near, far, way, nodes), CASE_SECONDS)
            if passed:
                pairs.append((client, way, near, far))
    if AUTOBAHN_PYTHON in clients:
        for client in (client for client in clients if COMES_BACK in client.logins):
            user = Peer(agents[AUTOBAHN_PYTHON], AUTOBAHN_PYTHON, "page", "json")
            back = Peer(agents[client], client, "page", "json")
            coming = comes_back(user, back, nodes)
            await report.login(client, COMES_BACK, "on another node, until the logout", coming, CASE_SECONDS)
    for client, way, near, _ in pairs:
        for other, its, _, far in pairs:
            for name, scenario in OF_ANY_TWO.items():
                case = f"talks to {other.name} {its.name}: {name}"
                await report.login(client, way.name, case, scenario(near, far), CASE_SECONDS)
    for client, way, near, far in pairs:
        await report.login(client, way.name, "leaves", asyncio.gather(near.close(), far.close()), CASE_SECONDS)


async def run(options, nodes, folder, report):
    wanted = options.clients.split(",")
    clients = [client for client in CLIENTS if client.name in wanted]
    agents = {client: await Agent.start(client, options.python, folder) for client in clients}
    try:
        sessions = []
        for client in clients:
            for transport, serializer in client.combinations():
                if any(transport not in node for node in nodes):
                    continue
                opening = one_client(report, agents, client, transport, serializer, nodes)
                pair = await report.opening(client, transport, serializer, opening)
                if pair:
                    sessions.append(pair)
        await advanced.play(report, agents, clients, nodes)
        await any_two(report, sessions, nodes)
        for session in [one for pair in sessions for one in pair]:
            await report.case(f"{session}: leaves", (session, session), session.close(), CASE_SECONDS)
        if not options.node:  # what others have set up has not got these principals
            started = time.monotonic()
            await log_in(report, agents, clients, nodes)
            print(f"logins: {time.monotonic() - started:.1f} s", flush=True)
    except Enough:
        print(f"stopped: {len(report.results()['failed'])} cases have failed")
    finally:
        for agent in agents.values():
            await agent.end()


def main():
    options = arguments()
    folder = Path(tempfile.mkdtemp(prefix="weft-interop-"))
    report = Report()
    started = time.monotonic()
    if options.node:
        nodes = [json.loads(node) for node in options.node]
        asyncio.run(run(options, nodes, folder, report))
    else:
        ports = list(range(options.ports_from, options.ports_from + 15)) if options.ports_from else None
        cluster = Cluster(folder, ports)
        try:
            cluster.start()
            nodes = [node.urls for node in cluster.nodes[:2]]
            print(f"three nodes are ready after {time.monotonic() - started:.1f} s", flush=True)
            asyncio.run(run(options, nodes, folder, report))
        finally:
            cluster.stop()
    if options.results:
        options.results.write_text(json.dumps(report.results(), indent=1, ensure_ascii=False) + "\n")
    if options.document:
        report.write_tables(options.document)
    return report.end(options.skipped, time.monotonic() - started, folder)


if __name__ == "__main__":
    sys.exit(main())
