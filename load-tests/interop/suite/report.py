"""What passed and what did not, as lines, as a table and as JSON."""

import asyncio
import re



def _part(name):
    return re.compile(rf"(<!-- {name}: written by load-tests/interop/run -->\n).*?(<!-- end of {name} -->)", re.DOTALL)


TABLE = _part("table")
LOGINS = _part("logins")

MOST_FAILURES = 40


class Enough(Exception):
    """So much has failed that the rest would tell nothing new."""


class Report:
    """Collects the outcome of each case."""

    def __init__(self):
        self._rows = {}
        self._logins = {}
        self._cannot = []
        self._failures = []
        self._passed = 0

    async def opening(self, client, transport, serializer, opening):
        """The sessions of a combination, or None if they could not be opened."""
        self._rows.setdefault((client, transport, serializer), [0, 0])
        try:
            pair = await opening
        except Exception as failure:
            self._failed(f"{client.name} {transport} {serializer}: opens", (), failure)
            self._rows[(client, transport, serializer)][1] += 1
            return None
        passed, failed = self._rows[(client, transport, serializer)]
        print(f"{client.name:16} {transport:5} {serializer:8} {passed:3} passed {failed:3} failed", flush=True)
        return pair

    def cannot(self, client, transport, serializer, name):
        self._cannot.append(f"{client.name} {transport} {serializer}: {name}")

    async def case(self, name, peers, scenario, seconds):
        """Runs one case and counts it; whether it passed."""
        try:
            await asyncio.wait_for(scenario, seconds)
        except Exception as failure:
            self._failed(name, peers, failure)
            return False
        self._passed += 1
        for row in self._rows_of(peers):
            row[0] += 1
        return True

    async def login(self, client, way, name, scenario, seconds):
        """Runs one case of logging in."""
        counts = self._logins.setdefault((client, way), [0, 0])
        passed = await self.case(f"{client.name} {way}: {name}", (), scenario, seconds)
        counts[0 if passed else 1] += 1
        return passed

    def _failed(self, name, peers, failure):
        reason = f"{type(failure).__name__}: {failure}"
        self._failures.append((name, reason))
        print(f"FAILED {name}\n       {reason[:1000]}", flush=True)
        for row in self._rows_of(peers):
            row[1] += 1
        if len(self._failures) >= MOST_FAILURES:
            raise Enough

    def _rows_of(self, peers):
        combinations = {(peer.client, peer.transport, peer.serializer) for peer in peers}
        return [self._rows.setdefault(combination, [0, 0]) for combination in combinations]

    def results(self):
        return {
            "passed": self._passed,
            "failed": [{"case": name, "reason": reason} for name, reason in self._failures],
            "not possible with the client": self._cannot,
            "combinations": [
                {"client": client.name, "version": client.version, "transport": transport, "serializer": serializer,
                 "passed": passed, "failed": failed}
                for (client, transport, serializer), (passed, failed) in self._rows.items()
            ],
            "logins": [
                {"client": client.name, "version": client.version, "method": way, "passed": passed, "failed": failed}
                for (client, way), (passed, failed) in self._logins.items()
            ],
        }

    def table(self):
        lines = [
            "| client | version | transport | serializer | cases passed | failed |",
            "|---|---|---|---|---:|---:|",
        ]
        names = {"ws": "WebSocket", "rs": "RawSocket, TCP", "unix": "RawSocket, Unix domain socket", "lp": "HTTP long-poll",
                 "browser": "WebSocket, permessage-deflate"}
        for (client, transport, serializer), (passed, failed) in self._rows.items():
            name = client.name.replace("|", "\\|")
            lines.append(f"| {name} | {client.version} | {names[transport]} | {serializer} | {passed} | {failed} |")
        return "\n".join(lines) + "\n"

    def logins(self):
        lines = ["| client | version | method | cases passed | failed |", "|---|---|---|---:|---:|"]
        for (client, way), (passed, failed) in self._logins.items():
            name = client.name.replace("|", "\\|")
            lines.append(f"| {name} | {client.version} | {way} | {passed} | {failed} |")
        return "\n".join(lines) + "\n"

    def write_tables(self, document):
        text = document.read_text()
        text = TABLE.sub(lambda match: match[1] + self.table() + match[2], text)
        document.write_text(LOGINS.sub(lambda match: match[1] + self.logins() + match[2], text))

    def end(self, skipped, seconds, folder):
        """Prints the end of the run; the exit code."""
        print("\n" + self.table() + "\n" + self.logins())
        for each in self._cannot:
            print(f"not possible with the client: {each}")
        for each in skipped:
            print(each)
        if self._failures:
            print(f"\nlogs are in {folder}; their last lines:")
            for log in sorted(folder.glob("*.log")):
                print(f"-- {log.name}", *log.read_text(errors="replace").splitlines()[-12:], sep="\n")
            for name, reason in self._failures[:50]:
                print(f"FAILED {name}: {reason[:300]}")
        print(f"\ninterop: {seconds:.0f} s")
        print(f"{self._passed} passed, {len(self._failures)} failed, {len(skipped)} skipped")
        return 1 if self._failures or not self._passed else 0
