"""The agent over Autobahn|Python (asyncio): one JSON command a line in, one JSON answer a line out, see ../suite.

Bytes are written {"$bytes": "<hex>"} in commands and answers.
"""

import asyncio
import json
import ssl
import sys
import tempfile
from urllib.parse import urlsplit

from autobahn.asyncio.rawsocket import WampRawSocketClientFactory
from autobahn.asyncio.wamp import ApplicationSession
from autobahn.asyncio.websocket import WampWebSocketClientFactory
from autobahn.wamp.auth import create_authenticator
from autobahn.wamp.exception import ApplicationError
from autobahn.wamp.serializer import CBORSerializer, JsonSerializer, MsgPackSerializer
from autobahn.wamp.types import (
    CallOptions,
    CallResult,
    ComponentConfig,
    EventDetails,
    PublishOptions,
    RegisterOptions,
    SubscribeOptions,
)

from advanced import Advanced

SERIALIZERS = {"json": JsonSerializer, "msgpack": MsgPackSerializer, "cbor": CBORSerializer}


def from_command(value):
    if isinstance(value, dict):
        if "$bytes" in value:
            return bytes.fromhex(value["$bytes"])
        return {key: from_command(element) for key, element in value.items()}
    if isinstance(value, list):
        return [from_command(element) for element in value]
    return value


def to_answer(value):
    if isinstance(value, (bytes, bytearray, memoryview)):
        return {"$bytes": bytes(value).hex()}
    if isinstance(value, dict):
        return {key: to_answer(element) for key, element in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_answer(element) for element in value]
    return value


def say(line):
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def authenticator_of(login):
    """What the client itself has for a method; of cookies, tokens and certificates it has nothing."""
    secret = {"ticket": "ticket", "wampcra": "secret", "cryptosign": "privkey"}.get(login["method"])
    return secret and create_authenticator(login["method"], authid=login["authid"], **{secret: login["secret"]})


def tls_with(certificate):
    """Trusts the authority and shows the certificate, which Python reads from a file only."""
    context = ssl.create_default_context(cadata=certificate["authority"])
    with tempfile.NamedTemporaryFile("w") as file:
        file.write(certificate["certificate"] + certificate["key"])
        file.flush()
        context.load_cert_chain(file.name)
    return context


class Session(ApplicationSession):
    """A session that tells when it has joined."""

    def __init__(self, realm, login=None):
        super().__init__(ComponentConfig(realm))
        loop = asyncio.get_running_loop()
        self.joined = loop.create_future()
        self.left = loop.create_future()
        self.login = login
        self.authenticator = login and authenticator_of(login)

    def onConnect(self):
        if not self.login:
            return super().onConnect()
        extra = self.authenticator and self.authenticator.authextra
        self.join(self.config.realm, authmethods=[self.login["method"]], authid=self.login["authid"], authextra=extra)

    def onChallenge(self, challenge):
        return self.authenticator.on_challenge(self, challenge) if self.authenticator else self.login["secret"]

    def onJoin(self, details):
        self.joined.set_result(details)

    def onLeave(self, details):
        if not self.joined.done():
            self.joined.set_exception(ApplicationError(details.reason, details.message))
        self.disconnect()

    def onDisconnect(self):
        if not self.joined.done():
            self.joined.set_exception(RuntimeError("no session: the connection was closed"))
        if not self.left.done():
            self.left.set_result(None)


class Operations(Advanced):
    """What a command asks for, done with one session."""

    def __init__(self, session):
        super().__init__(session, say)
        self.held = {}

    async def subscribe(self, command):
        def on_event(*args, details: EventDetails, **kwargs):
            topic = details.topic or command["topic"]
            say({"event": command["tag"], "topic": topic, "args": to_answer(args), "kwargs": to_answer(kwargs)})

        options = SubscribeOptions(details_arg="details", **command.get("options", {}))
        self.held[command["tag"]] = await self.session.subscribe(on_event, command["topic"], options)

    async def unsubscribe(self, command):
        await self.held.pop(command["tag"]).unsubscribe()

    async def publish(self, command):
        options = PublishOptions(**command.get("options", {}))
        args, kwargs = command["args"], command["kwargs"]
        published = self.session.publish(command["topic"], *args, options=options, **kwargs)
        publication = await published if published is not None else None
        return {"acknowledged": publication is not None}

    async def register(self, command):
        def echo(*args, **kwargs):
            return CallResult(*args, **kwargs)

        def fail(*args, **kwargs):
            raise ApplicationError(command["uri"], *args, **kwargs)

        def who():
            return command["tag"]

        endpoint = {"echo": echo, "fail": fail, "who": who}[command["behaviour"]]
        options = RegisterOptions(**command.get("options", {}))
        self.held[command["tag"]] = await self.session.register(endpoint, command["procedure"], options)

    async def unregister(self, command):
        await self.held.pop(command["tag"]).unregister()

    async def call(self, command):
        options = CallOptions(**command.get("options", {}))
        args, kwargs = command["args"], command["kwargs"]
        result = await self.session.call(command["procedure"], *args, options=options, **kwargs)
        if isinstance(result, CallResult):
            return {"args": to_answer(result.results), "kwargs": to_answer(result.kwresults or {})}
        return {"args": [] if result is None else [to_answer(result)], "kwargs": {}}

    async def close(self, command):
        self.session.leave(command.get("reason"))
        await self.session.left


async def connect(url, realm, serializer, login):
    """Opens a session over WebSocket (ws:), RawSocket over TCP (rs:), both with TLS (wss:, rss:), or a Unix domain socket (unix:)."""
    loop = asyncio.get_running_loop()
    address = urlsplit(url)
    session = Session(realm, login)
    web_socket = address.scheme in ("ws", "wss")
    if web_socket:
        headers = dict(login and login.get("headers") or {})
        page = {"origin": headers.pop("Origin", None), "headers": headers}
        factory = WampWebSocketClientFactory(lambda: session, url=url, serializers=[SERIALIZERS[serializer]()], **page)
    else:
        factory = WampRawSocketClientFactory(lambda: session, serializer=SERIALIZERS[serializer]())
    if address.scheme == "unix":
        _, connection = await loop.create_unix_connection(factory, address.path)
    else:
        tls = tls_with(login["certificate"]) if address.scheme in ("wss", "rss") else None
        _, connection = await loop.create_connection(factory, address.hostname, address.port, ssl=tls)
    # a router that refuses a certificate closes the connection after the client's side of the handshake is done
    await asyncio.wait((session.joined, connection.is_closed), timeout=15, return_when=asyncio.FIRST_COMPLETED)
    if not session.joined.done():
        raise RuntimeError("no session: the connection was closed")
    details = session.joined.result()
    welcome = {"authid": details.authid, "authrole": details.authrole, "authmethod": details.authmethod}
    if web_socket:
        welcome["cookie"] = session._transport.http_headers.get("set-cookie", "").split(";")[0]
    return Operations(session), welcome


async def perform(sessions, command):
    if command["op"] == "open":
        opening = (command["url"], command["realm"], command["serializer"], command.get("login"))
        sessions[command["session"]], welcome = await connect(*opening)
        return welcome
    operations = sessions[command["session"]]
    for part in ("args", "kwargs"):
        if part in command:
            command[part] = from_command(command[part])
    return await getattr(operations, command["op"])(command) or {}


async def answer(sessions, command):
    try:
        say({"id": command["id"], "ok": await perform(sessions, command)})
    except ApplicationError as error:
        detail = {"uri": error.error, "args": to_answer(error.args), "kwargs": to_answer(error.kwargs or {})}
        say({"id": command["id"], "error": detail})
    except Exception as failure:  # an agent answers whatever goes wrong: the suite decides what it means
        say({"id": command["id"], "failed": repr(failure)})


async def main():
    loop = asyncio.get_running_loop()
    lines = asyncio.StreamReader(limit=1 << 26)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    sessions = {}
    running = set()
    while line := await lines.readline():
        task = loop.create_task(answer(sessions, json.loads(line)))
        running.add(task)
        task.add_done_callback(running.discard)


asyncio.run(main())
