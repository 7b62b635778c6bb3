"""Runs the suite: see `../run --help`."""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from . import advanced
from .clients import AUTOBAHN_PYTHON, CHROMIUM, CLIENTS, Agent, Peer
from .cluster import PORTS, Cluster
from .logins import COMES_BACK, OF_A_BROWSER, OF_ONE_WAY, WAYS, comes_back
from .report import Enough, Report
from .scenarios import OF_ANY_TWO, OF_ONE_CLIENT

CASE_SECONDS = 60
# Pairs of sessions that have to do with each other at the same time; each waits for its client most of the time.
AT_ONCE = 8
LOGIN = "login: "
DESCRIPTION = "Stock WAMP clients against a cluster of three nodes, each scenario through two of them: docs/interop.md."
EXAMPLES = """
examples:
  load-tests/interop/run --clients nexus                         one client
  load-tests/interop/run --only 'round robin over two nodes'     one scenario, by each client that can
  load-tests/interop/run --clients nexus --only JWT              both
  load-tests/interop/run --only login:                           all ways to log in, and nothing else

scenarios:
"""


@dataclass(frozen=True)
class Scenarios:
    """What is played, by name."""

    of_one_client: dict
    of_any_two: dict
    advanced: dict
    ways: tuple
    cookies: bool

    @classmethod
    def named(cls, only):
        def wanted(name):
            return only is None or only in name

        def chosen(scenarios):
            return {name: scenario for name, scenario in scenarios.items() if wanted(name)}

        ways = tuple(way for way in WAYS if wanted(LOGIN + way.name))
        cookies = wanted(LOGIN + COMES_BACK)
        return cls(chosen(OF_ONE_CLIENT), chosen(OF_ANY_TWO), chosen(advanced.SCENARIOS), ways, cookies)

    def need_sessions(self):
        return bool(self.of_one_client or self.of_any_two)

    def names(self):
        logins = [LOGIN + way.name for way in self.ways] + [LOGIN + COMES_BACK] * self.cookies
        return list(dict.fromkeys([*self.of_one_client, *self.of_any_two, *self.advanced, *logins]))


def arguments():
    scenarios = "".join(f"  {name}\n" for name in Scenarios.named(None).names())
    parser = argparse.ArgumentParser(prog="load-tests/interop/run", description=DESCRIPTION, epilog=EXAMPLES + scenarios,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    every = ",".join(client.name for client in CLIENTS)
    parser.add_argument("--clients", default=every, help=f"which to test: {every}")
    parser.add_argument("--only", metavar="TEXT", help="only the scenarios below with this text in their name")
    parser.add_argument("--python", default=sys.executable, help="the interpreter of the Python client")
    parser.add_argument("--ports-from", type=int, help=f"take {PORTS} ports from here on instead of free ones")
    parser.add_argument("--node", action="append", default=[], metavar="JSON",
                        help='test these two nodes instead: {"ws": URL, "rs": URL, "unix": URL, "lp": URL}, given twice;'
                             ' transports left out are not tested')
    parser.add_argument("--results", type=Path, help="write the results here as JSON")
    parser.add_argument("--document", type=Path, help="rewrite the tables of this Markdown file from the results")
    parser.add_argument("--skipped", action="append", default=[], help="a client left out, and why")
    options = parser.parse_args()
    if not Scenarios.named(options.only).names():
        parser.error(f"there is no scenario with {options.only!r} in its name")
    return options


async def one_client(report, agents, combination, nodes, scenarios):
    """All scenarios between two sessions of one client."""
    client, transport, serializer = combination
    near = await Peer(agents[client], client, transport, serializer).open(nodes[0])
    far = await Peer(agents[client], client, transport, serializer).open(nodes[1])
    for name, (scenario, needs) in scenarios.items():
        if needs in client.cannot:
            report.cannot(client, transport, serializer, name)
        else:
            await report.case(f"{near}: {name}", (near, far), scenario(near, far), CASE_SECONDS)
    return near, far


async def each_with_every(pairs, play):
    """Plays with the near one of each pair and the far one of every pair; those of a round have no session in common, and do not wait for each other."""
    slots = asyncio.Semaphore(AT_ONCE)

    async def play_in_turn(near, far):
        async with slots:
            await play(near, far)

    for distance in range(len(pairs)):
        others = pairs[distance:] + pairs[:distance]
        await asyncio.gather(*(play_in_turn(near, far) for near, far in zip(pairs, others)))


async def any_two(report, sessions, nodes, scenarios):
    """What every session does with every other: those at node A publish and call, those at node B receive."""

    async def play(near_pair, far_pair):
        near, far = near_pair[0], far_pair[1]
        for name, scenario in scenarios.items():
            case = f"{near} -> {far}: {name}"
            if not await report.case(case, (near, far), scenario(near, far), CASE_SECONDS):
                await asyncio.gather(near.open(nodes[0]), far.open(nodes[1]), return_exceptions=True)

    await each_with_every(sessions, play)


async def log_in(report, agents, clients, nodes, scenarios):
    """Every client by every method that it has, at both nodes, and then with others that have logged in."""
    pairs = []
    for client in clients:
        for way in (way for way in scenarios.ways if way.name in client.logins):
            transport = way.transport or next(iter(client.transports))
            near, far = (Peer(agents[client], client, transport, "json") for _ in nodes)
            for name, scenario in OF_ONE_WAY.items():
                passed = await report.login(client, way.name, name, scenario(near, far, way, nodes), CASE_SECONDS)
            if passed:
                pairs.append((client, way, near, far))
    if scenarios.cookies:
        await cookies(report, agents, clients, nodes)

    async def talk(one, another):
        client, way, near, _ = one
        other, its, _, far = another
        if not way.talks_to(its):
            return
        for name, scenario in OF_ANY_TWO.items():
            case = f"talks to {other.name} {its.name}: {name}"
            await report.login(client, way.name, case, scenario(near, far), CASE_SECONDS)

    await each_with_every(pairs, talk)
    for client, way, near, far in pairs:
        await report.login(client, way.name, "leaves", asyncio.gather(near.close(), far.close()), CASE_SECONDS)


async def cookies(report, agents, clients, nodes):
    """Pages that come back: those of every client that can send headers, and of a browser."""
    if AUTOBAHN_PYTHON in clients:
        for client in (client for client in clients if COMES_BACK in client.logins):
            user = Peer(agents[AUTOBAHN_PYTHON], AUTOBAHN_PYTHON, "page", "json")
            back = Peer(agents[client], client, "page", "json")
            coming = comes_back(user, back, nodes)
            await report.login(client, COMES_BACK, "on another node, until the logout", coming, CASE_SECONDS)
    if CHROMIUM in clients:
        for name, scenario in OF_A_BROWSER.items():
            pages = (Peer(agents[CHROMIUM], CHROMIUM, "browser", "json") for _ in nodes)
            await report.login(CHROMIUM, COMES_BACK, name, scenario(*pages, nodes), CASE_SECONDS)


async def run(options, nodes, folder, report):
    wanted = options.clients.split(",")
    clients = [client for client in CLIENTS if client.name in wanted]
    scenarios = Scenarios.named(options.only)
    agents = {client: await Agent.start(client, options.python, folder) for client in clients}
    try:
        sessions = []
        for client in clients:
            for transport, serializer in client.combinations():
                if any(transport not in node for node in nodes) or not scenarios.need_sessions():
                    continue
                opening = one_client(report, agents, (client, transport, serializer), nodes, scenarios.of_one_client)
                pair = await report.opening(client, transport, serializer, opening)
                if pair:
                    sessions.append(pair)
        await advanced.play(report, agents, clients, nodes, scenarios.advanced)
        await any_two(report, sessions, nodes, scenarios.of_any_two)
        for session in [one for pair in sessions for one in pair]:
            await report.case(f"{session}: leaves", (session, session), session.close(), CASE_SECONDS)
        if not options.node:  # what others have set up has not got these principals
            started = time.monotonic()
            await log_in(report, agents, clients, nodes, scenarios)
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
        ports = list(range(options.ports_from, options.ports_from + PORTS)) if options.ports_from else None
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
