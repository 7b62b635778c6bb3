"""The clients under test: what each supports, and how its agent is started."""

import asyncio
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
JSON, MSGPACK, CBOR = "json", "msgpack", "cbor"
ALL = (JSON, MSGPACK, CBOR)
# by the names that ./logins.py has for them
SECRETS = ("ticket", "WAMP-CRA", "WAMP-CRA, salted")
LOGINS = SECRETS + ("cryptosign", "JWT")
# where the client can send headers with the request for a WebSocket, and show a certificate
HEADER, CERTIFICATE, CERTIFICATE_RAW = ("JWT, HTTP header",), ("TLS certificate",), ("TLS certificate, RawSocket",)
COOKIE = ("cookie",)
ANSWER_SECONDS = 40
ENDED = "the agent ended; its log says why"


@dataclass(frozen=True, eq=False)
class Client:
    """A client library, the transports and serializers it has, the ways to log in, and what it cannot do."""

    name: str
    language: str
    version: str
    transports: dict
    logins: tuple
    cannot: frozenset = field(default_factory=frozenset)

    def combinations(self):
        return [(transport, serializer) for transport in self.transports for serializer in self.transports[transport]]


def _npm(name):
    return json.loads((HERE / "js" / "package.json").read_text())["dependencies"][name]


def _first(pattern, *path):
    return re.search(pattern, HERE.joinpath(*path).read_text())[1]


AUTOBAHN_JS = Client("Autobahn|JS", "javascript", _npm("autobahn"), {"ws": ALL, "rs": (JSON,), "unix": (JSON,), "lp": (JSON,)},
                     LOGINS + HEADER + CERTIFICATE + COOKIE, frozenset({"read_chunked_cbor"}))
WAMPY = Client("wampy", "javascript", _npm("wampy"), {"ws": ALL}, LOGINS + HEADER + CERTIFICATE,
               frozenset({"exclude_me", "read_chunked_cbor"}))
# In a page, whose WebSocket offers permessage-deflate; of how an application signs, what is in Autobahn|JS for browsers itself.
CHROMIUM = Client("Autobahn|JS in Chromium", "javascript", _npm("autobahn-browser"), {"browser": (JSON,)},
                  SECRETS + ("JWT",), frozenset({"read_chunked_cbor"}))
_PYTHON = _first(r"(?m)^autobahn==(.+)$", "python", "requirements.txt")
AUTOBAHN_PYTHON = Client("Autobahn|Python", "python", _PYTHON, {"ws": ALL, "rs": ALL, "unix": ALL},
                         LOGINS + HEADER + CERTIFICATE + CERTIFICATE_RAW + COOKIE)
_JAVA = _first(r"<artifactId>autobahn-java</artifactId>\s*<version>(.+)</version>", "java", "pom.xml")
AUTOBAHN_JAVA = Client("autobahn-java", "java", _JAVA, {"ws": ALL}, ("ticket", "WAMP-CRA"),
                       frozenset({"empty_result", "write_unchunked_cbor", "tell_authid"}))
_NEXUS = _first(r"gammazero/nexus/v3 v(\S+)", "go", "go.mod")
NEXUS = Client("nexus", "go", _NEXUS, {"ws": ALL, "rs": ALL, "unix": ALL},
               LOGINS + HEADER + CERTIFICATE + CERTIFICATE_RAW, frozenset({"tell_refusal"}))
CLIENTS = (AUTOBAHN_JS, CHROMIUM, WAMPY, AUTOBAHN_PYTHON, AUTOBAHN_JAVA, NEXUS)


def command_of(client, python):
    """The command that starts the agent of a client."""
    if client is AUTOBAHN_JS:
        return ["node", str(HERE / "js" / "autobahn-agent.js")]
    if client is CHROMIUM:
        return ["node", str(HERE / "js" / "chromium-agent.js")]
    if client is WAMPY:
        return ["node", str(HERE / "js" / "wampy-agent.js")]
    if client is AUTOBAHN_PYTHON:
        return [python, str(HERE / "python" / "agent.py")]
    if client is NEXUS:
        return [str(HERE / "go" / "target" / "agent")]
    target = HERE / "java" / "target"
    classpath = f"{target}/autobahn-java-agent-0.1.0-SNAPSHOT.jar:{target}/lib/*"
    return ["java", "-Xmx128m", "-cp", classpath, "dev.weft.interop.Agent"]


class WampFailure(Exception):
    """The router, or the callee behind it, answered with an ERROR."""

    def __init__(self, uri, args, kwargs):
        super().__init__(f"{uri} {args!r:.200} {kwargs!r:.200}")
        self.uri = uri
        self.args_ = args
        self.kwargs = kwargs


class Unanswered(RuntimeError):
    """The agent has not said in time what has become of a command."""


class Agent:
    """A running agent: commands go in a line each, answers and events come out a line each."""

    def __init__(self, process, log):
        self._process = process
        self._log = log
        self._waiting = {}
        self._events = {}
        self._last = 0
        self._ended = False
        self._reader = asyncio.create_task(self._read())

    @classmethod
    async def start(cls, client, python, log_folder):
        log = open(log_folder / f"{client.name.replace('|', '-')}.log", "wb")
        process = await asyncio.create_subprocess_exec(
            *command_of(client, python),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
            limit=1 << 26,
        )
        return cls(process, log)

    async def _read(self):
        while line := await self._process.stdout.readline():
            message = json.loads(line)
            if "event" in message:
                self.events(message["event"]).put_nowait(message)
            else:
                waiting = self._waiting.pop(message["id"])
                if not waiting.done():  # who asked may have given up
                    waiting.set_result(message)
        self._ended = True
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(RuntimeError(ENDED))

    def events(self, tag):
        return self._events.setdefault(tag, asyncio.Queue())

    async def ask(self, op, **command):
        if self._ended:
            raise RuntimeError(ENDED)
        self._last += 1
        answer = asyncio.get_running_loop().create_future()
        self._waiting[self._last] = answer
        self._process.stdin.write(json.dumps({"id": self._last, "op": op, **command}).encode() + b"\n")
        try:
            message = await asyncio.wait_for(answer, ANSWER_SECONDS)
        except asyncio.TimeoutError:
            raise Unanswered(f"not answered within {ANSWER_SECONDS} s: {op} {command!r:.200}") from None
        if "error" in message:
            error = message["error"]
            raise WampFailure(error["uri"], error.get("args") or [], error.get("kwargs") or {})
        if "failed" in message:
            raise RuntimeError(message["failed"])
        return message["ok"]

    async def end(self):
        self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), 5)
        except asyncio.TimeoutError:
            self._process.kill()
            await self._process.wait()
        await self._reader
        self._log.close()


class Peer:
    """One session of an agent, at one node."""

    _count = 0

    def __init__(self, agent, client, transport, serializer):
        Peer._count += 1
        self.client = client
        self.transport = transport
        self.serializer = serializer
        self._agent = agent
        self._name = f"s{Peer._count}"

    def __str__(self):
        return f"{self.client.name} {self.transport} {self.serializer}"

    async def open(self, node):
        await self._ask("open", url=node[self.transport], realm="realm1", serializer=self.serializer)
        return self

    async def log_in(self, node, realm, method, authid=None, secret=None, headers=None, profile=None, certificate=None):
        """Opens a session with proof of who it is; what the router says of it. Pages of one profile share their cookies."""
        login = {"method": method, "authid": authid, "secret": secret, "headers": headers, "profile": profile,
                 "certificate": certificate}
        url = node[self.transport]
        return await self._ask("open", url=url, realm=realm, serializer=self.serializer, login=login)

    async def close(self, reason=None):
        await self._ask("close", reason=reason)

    async def subscribe(self, topic, tag, **options):
        await self._ask("subscribe", topic=topic, tag=tag, options=options)

    async def unsubscribe(self, tag):
        await self._ask("unsubscribe", tag=tag)

    async def publish(self, topic, args=(), kwargs=None, **options):
        answer = await self._ask("publish", topic=topic, args=list(args), kwargs=kwargs or {}, options=options)
        return answer["acknowledged"]

    async def register(self, procedure, tag, behaviour="echo", uri=None, **options):
        await self._ask(
            "register", procedure=procedure, tag=tag, behaviour=behaviour, uri=uri, options=options
        )

    async def unregister(self, tag):
        await self._ask("unregister", tag=tag)

    async def call(self, procedure, args=(), kwargs=None):
        answer = await self._ask("call", procedure=procedure, args=list(args), kwargs=kwargs or {}, options={})
        return answer["args"], answer["kwargs"]

    async def event(self, tag, seconds=10):
        return await asyncio.wait_for(self._agent.events(tag).get(), seconds)

    def events_waiting(self, tag):
        return self._agent.events(tag).qsize()

    async def do(self, op, **command):
        """An operation that only some agents have."""
        return await self._ask(op, **command)

    async def _ask(self, op, **command):
        return await self._agent.ask(op, session=self._name, **command)
