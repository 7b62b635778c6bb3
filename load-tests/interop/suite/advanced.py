"""The advanced profile between two sessions at two nodes, and with a third session that comes and goes."""

import itertools

from .clients import AUTOBAHN_JS, AUTOBAHN_PYTHON, CBOR, CHROMIUM, CLIENTS, JSON, NEXUS, WAMPY, Peer
from .scenarios import fresh, refusal, require

CASE_SECONDS = 30
PARTS = 25
CANCELED = "wamp.error.canceled"

# What each client is able to do. Autobahn|JS leaves the session if it is answered after any other mode than kill; Autobahn|Python
# sends no mode. Neither autobahn-java nor wampy can be interrupted or yield parts; Autobahn|JS cannot be interrupted.
TAKES_PARTS = {AUTOBAHN_JS, CHROMIUM, AUTOBAHN_PYTHON, NEXUS, WAMPY}
YIELDS_PARTS = {AUTOBAHN_JS, CHROMIUM, AUTOBAHN_PYTHON, NEXUS}
EVERY_MODE = ("skip", "kill", "killnowait")
CANCELS = {AUTOBAHN_JS: ("kill",), CHROMIUM: ("kill",), AUTOBAHN_PYTHON: (None,), NEXUS: EVERY_MODE, WAMPY: EVERY_MODE}
IS_INTERRUPTED = {AUTOBAHN_PYTHON, NEXUS}
ASKS_FOR_DISCLOSURE = {AUTOBAHN_JS, CHROMIUM, NEXUS, WAMPY}
IS_TOLD = {AUTOBAHN_JS, CHROMIUM, AUTOBAHN_PYTHON, NEXUS, WAMPY}
CALLS_BACK = IS_TOLD
TAKES_EMPTY_RESULTS = {client for client in CLIENTS if "empty_result" not in client.cannot}


class Stage:
    """A session at node A, one at node B, and others of the first client that end before them."""

    def __init__(self, agents, nodes, near, far):
        self._agents = agents
        self._nodes = nodes
        self._near = near
        self.near = self._peer(near)
        self.far = self._peer(far)

    def _peer(self, combination):
        client, transport, serializer = combination
        return Peer(self._agents[client], client, transport, serializer)

    async def open(self):
        await self.near.open(self._nodes[0])
        await self.far.open(self._nodes[1])

    async def mortal(self):
        return await self._peer(self._near).open(self._nodes[0])

    async def close(self):
        await self.near.close()
        await self.far.close()


async def _one(peer, procedure, *args, **kwargs):
    """The only value that a procedure answers."""
    answer, _ = await peer.call(procedure, list(args), kwargs)
    require(len(answer) == 1, f"{procedure} answered {answer!r:.200}")
    return answer[0]


async def progressive_results(stage):
    procedure = fresh("parts")
    await stage.far.do("serve", procedure=procedure, tag=procedure, behaviour="parts")
    answer = await stage.near.do("parts", procedure=procedure, args=[PARTS])
    require(answer["parts"] == list(range(PARTS)), f"parts {answer['parts']}")
    require(answer["args"] == ["end"], f"result {answer['args']}")


async def progressive_invocations(stage):
    procedure = fresh("collect")
    await stage.far.do("serve", procedure=procedure, tag=procedure, behaviour="collect")
    answer = await stage.near.do("feed", procedure=procedure, args=list(range(PARTS)))
    require(answer["args"] == list(range(PARTS)), f"the callee was given {answer['args']}")


async def cancel(stage):
    procedure = fresh("wait")
    await stage.far.do("serve", procedure=procedure, tag=procedure, behaviour="wait")
    for mode in CANCELS[stage.near.client]:
        await stage.near.do("begin", procedure=procedure, tag=procedure)
        require((await stage.far.event(procedure))["args"] == ["begun"], "the invocation")
        ended = (await stage.near.do("cancel", tag=procedure, mode=mode))["ended"]
        require(ended == CANCELED, f"{mode}: ended by {ended}")
        if stage.far.client in IS_INTERRUPTED and mode != "skip":
            told = (await stage.far.event(procedure))["args"]
            require(told == ["interrupted"], f"{mode}: the callee tells {told}")
    require(stage.far.events_waiting(procedure) == 0, "the callee was told more")


async def disclosed_caller(stage):
    procedure = fresh("caller")
    await stage.far.do("serve", procedure=procedure, tag=procedure, behaviour="caller")
    session = (await stage.near.do("session_id"))["args"][0]
    for asks, wanted in ((True, session), (False, 0)):
        options = {"disclose_me": True} if asks else {}
        answer = await stage.near.do("call", procedure=procedure, args=[], kwargs={}, options=options)
        require(answer["args"] == [wanted], f"asked {asks}: the callee was told {answer['args']}, not {wanted}")


async def disclosed_publisher(stage):
    topic = fresh("publisher")
    await stage.far.do("subscribe_disclosed", topic=topic, tag=topic)
    session = (await stage.near.do("session_id"))["args"][0]
    for asks, wanted in ((True, session), (False, 0)):
        await stage.near.publish(topic, **({"disclose_me": True} if asks else {}))
        told = (await stage.far.event(topic))["args"]
        require(told == [wanted], f"asked {asks}: the subscriber was told {told}, not {wanted}")


async def wildcard_registration(stage):
    procedure = fresh("pattern")
    await stage.far.register(procedure + "..stop", procedure, match="wildcard")
    require(await _one(stage.near, procedure + ".engine.stop", "x") == "x", "the answer")
    failure = await refusal(stage.near.call(procedure + ".engine.start", ["x"]))
    require(failure.uri == "wamp.error.no_such_procedure", failure.uri)


async def first_and_last(stage):
    for invoke, chosen in (("first", 0), ("last", 1)):
        procedure = fresh(invoke)
        tags = [procedure + ".far", procedure + ".near"]
        await stage.far.register(procedure, tags[0], behaviour="who", invoke=invoke)
        await stage.near.register(procedure, tags[1], behaviour="who", invoke=invoke)
        answers = [await _one(stage.near, procedure) for _ in range(3)]
        require(answers == [tags[chosen]] * 3, f"{invoke}: {answers}")
        holders = [stage.far, stage.near]
        await holders[chosen].unregister(tags[chosen])
        answer = await _one(stage.near, procedure)
        require(answer == tags[1 - chosen], f"{invoke}: {answer} after the chosen one has left")
        await holders[1 - chosen].unregister(tags[1 - chosen])


async def registration_meta(stage):
    topic, procedure = fresh("watched"), fresh("meta")
    await stage.near.subscribe("wamp.registration.on_register", topic)
    await stage.far.register(procedure, procedure)
    registration = await _one(stage.near, "wamp.registration.lookup", procedure)
    event = await stage.near.event(topic)
    while event["args"][1] != registration:
        event = await stage.near.event(topic)
    details = await _one(stage.near, "wamp.registration.get", registration)
    require(details["uri"] == procedure, f"{details}")
    require(await _one(stage.near, "wamp.registration.match", procedure) == registration, "match")
    require(await _one(stage.near, "wamp.registration.count_callees", registration) == 1, "count_callees")
    callees = await _one(stage.near, "wamp.registration.list_callees", registration)
    require(callees == [event["args"][0]], f"callees {callees}, on_register told of {event['args'][0]}")
    await stage.near.unsubscribe(topic)
    await stage.far.unregister(procedure)
    failure = await refusal(stage.near.call("wamp.registration.get", [registration]))
    require(failure.uri == "wamp.error.no_such_registration", failure.uri)


async def subscription_meta(stage):
    topic = fresh("subscribed")
    await stage.far.subscribe(topic, topic)
    await stage.near.subscribe(topic, topic)
    subscription = await _one(stage.near, "wamp.subscription.lookup", topic)
    details = await _one(stage.near, "wamp.subscription.get", subscription)
    require(details["uri"] == topic, f"{details}")
    require(subscription in await _one(stage.near, "wamp.subscription.match", topic), "match")
    require(await _one(stage.near, "wamp.subscription.count_subscribers", subscription) == 2, "count_subscribers")
    subscribers = await _one(stage.near, "wamp.subscription.list_subscribers", subscription)
    require(len(set(subscribers)) == 2, f"{subscribers}")
    await stage.near.unsubscribe(topic)
    await stage.far.unsubscribe(topic)


async def session_meta(stage):
    joins, leaves = fresh("joins"), fresh("leaves")
    await stage.far.subscribe("wamp.session.on_join", joins)
    await stage.far.subscribe("wamp.session.on_leave", leaves)
    before = await _one(stage.far, "wamp.session.list")
    mortal = await stage.mortal()
    session = (await stage.far.event(joins))["args"][0]["session"]
    while session in before:
        session = (await stage.far.event(joins))["args"][0]["session"]
    details = await _one(stage.far, "wamp.session.get", session)
    require(details["session"] == session and details["authrole"] == "anonymous", f"{details}")
    require(await _one(stage.far, "wamp.session.count") > len(before), "count")
    await mortal.close()
    while (await stage.far.event(leaves))["args"][0] != session:
        pass
    failure = await refusal(stage.far.call("wamp.session.get", [session]))
    require(failure.uri == "wamp.error.no_such_session", failure.uri)
    await stage.far.unsubscribe(joins)
    await stage.far.unsubscribe(leaves)


async def testaments(stage):
    topic = fresh("testament")
    await stage.far.subscribe(topic, topic)
    mortal = await stage.mortal()
    await mortal.call("wamp.session.add_testament", [topic, ["flushed"], {}])
    await mortal.call("wamp.session.flush_testaments")
    await mortal.call("wamp.session.add_testament", [topic, ["last words"], {"of": "a session"}])
    await mortal.close()
    event = await stage.far.event(topic)
    require(event["args"] == ["last words"] and event["kwargs"] == {"of": "a session"}, f"{event}")
    await stage.far.unsubscribe(topic)


# The name, what it is, and which clients can be near and far.
SCENARIOS = {
    "progressive results": (progressive_results, TAKES_PARTS, YIELDS_PARTS),
    "progressive invocations": (progressive_invocations, {NEXUS}, {NEXUS}),
    "cancel": (cancel, set(CANCELS), CALLS_BACK),
    "disclosed caller": (disclosed_caller, ASKS_FOR_DISCLOSURE, IS_TOLD),
    "disclosed publisher": (disclosed_publisher, ASKS_FOR_DISCLOSURE, IS_TOLD),
    "wildcard registration": (wildcard_registration, None, None),
    "shared registration, first and last": (first_and_last, None, None),
    "registration meta API": (registration_meta, None, None),
    "subscription meta API": (subscription_meta, None, None),
    "session meta API": (session_meta, None, None),
    "testaments": (testaments, TAKES_EMPTY_RESULTS, None),
}


def _pairs(clients):
    """Each combination with itself, and each client with each other one: JSON with CBOR, over WebSocket."""
    for client in clients:
        for transport, serializer in client.combinations():
            yield (client, transport, serializer), (client, transport, serializer)
    for one, other in itertools.permutations((client for client in clients if "ws" in client.transports), 2):
        yield (one, "ws", JSON), (other, "ws", CBOR)


async def play(report, agents, clients, nodes, scenarios):
    """Scenarios between all pairs, as far as the clients can."""
    for near, far in _pairs(clients) if scenarios else ():
        stage = Stage(agents, nodes, near, far)
        peers = (stage.near, stage.far)
        if not await report.case(f"{stage.near} -> {stage.far}: opens", peers, stage.open(), CASE_SECONDS):
            continue
        for name, (scenario, asking, asked) in scenarios.items():
            able = (asking is None or near[0] in asking) and (asked is None or far[0] in asked)
            if able:
                case = f"{stage.near} -> {stage.far}: {name}"
                await report.case(case, peers, scenario(stage), CASE_SECONDS)
            elif near == far:
                report.cannot(*near, name)
        await stage.close()
