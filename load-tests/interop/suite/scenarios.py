"""What two sessions at two nodes do with each other. `near` is at node A, `far` is at node B."""

import asyncio
import itertools

from .clients import WampFailure
from .payloads import PAYLOADS, same

_numbers = itertools.count(1)


class Broken(Exception):
    """The router did not do what a client may rely on."""


def fresh(kind):
    return f"dev.weft.interop.{kind}.n{next(_numbers)}"


def require(condition, message):
    if not condition:
        raise Broken(message)


async def refusal(coroutine):
    """The URI with which a request is refused."""
    try:
        answer = await coroutine
    except WampFailure as failure:
        return failure
    raise Broken(f"expected an error, was answered {answer!r:.200}")


def unreadable(sender, receiver, name):
    """Whether the receiver's library cannot read what the sender's makes of a payload; the router passes it on as it is."""
    return (
        name == "100 KB"
        and sender.serializer == receiver.serializer == "cbor"
        and "write_unchunked_cbor" in sender.client.cannot
        and "read_chunked_cbor" in receiver.client.cannot
    )


async def payloads_as_events(near, far, names=tuple(PAYLOADS)):
    topic = fresh("topic")
    await far.subscribe(topic, topic)
    for name in names:
        if unreadable(near, far, name):
            continue
        args, kwargs = PAYLOADS[name]
        await near.publish(topic, args, kwargs)
        event = await far.event(topic)
        require(same(args, event["args"]), f"{name}: args {event['args']!r:.300}")
        require(same(kwargs, event["kwargs"]), f"{name}: kwargs {event['kwargs']!r:.300}")
    await far.unsubscribe(topic)


async def payloads_through_calls(near, far, names=tuple(PAYLOADS)):
    procedure = fresh("echo")
    await far.register(procedure, procedure)
    for name in names:
        if unreadable(near, far, name) or unreadable(far, near, name):
            continue
        if name == "nothing" and "empty_result" in near.client.cannot:
            continue
        args, kwargs = PAYLOADS[name]
        answer_args, answer_kwargs = await near.call(procedure, args, kwargs)
        require(same(args, answer_args), f"{name}: args {answer_args!r:.300}")
        require(same(kwargs, answer_kwargs), f"{name}: kwargs {answer_kwargs!r:.300}")
    await far.unregister(procedure)


async def error_of_the_callee(near, far):
    procedure = fresh("fail")
    args, kwargs = PAYLOADS["unicode"]
    await far.register(procedure, procedure, behaviour="fail", uri="dev.weft.interop.error.planned")
    failure = await refusal(near.call(procedure, args, kwargs))
    require(failure.uri == "dev.weft.interop.error.planned", f"error URI {failure.uri}")
    require(same(args, list(failure.args_)), f"error args {failure.args_!r:.300}")
    require(same(kwargs, failure.kwargs), f"error kwargs {failure.kwargs!r:.300}")
    await far.unregister(procedure)


async def unknown_procedure(near, far):
    failure = await refusal(near.call(fresh("nobody")))
    require(failure.uri == "wamp.error.no_such_procedure", failure.uri)


async def unregistered_procedure(near, far):
    procedure = fresh("gone")
    await far.register(procedure, procedure)
    await near.call(procedure, [1])
    await far.unregister(procedure)
    failure = await refusal(near.call(procedure, [1]))
    require(failure.uri == "wamp.error.no_such_procedure", failure.uri)


async def second_registration_refused(near, far):
    procedure = fresh("taken")
    await far.register(procedure, procedure)
    failure = await refusal(near.register(procedure, procedure + ".second"))
    require(failure.uri == "wamp.error.procedure_already_exists", failure.uri)
    await far.unregister(procedure)


async def acknowledged_publish(near, far):
    topic = fresh("acknowledged")
    await far.subscribe(topic, topic)
    require(await near.publish(topic, ["a"], acknowledge=True), "no PUBLISHED for acknowledge=true")
    require((await far.event(topic))["args"] == ["a"], "the event")


async def prefix_subscription(near, far):
    topic = fresh("prefix")
    await far.subscribe(topic + ".one", topic, match="prefix")
    await near.publish(topic + ".other", ["no"])
    await near.publish(topic + ".one.two.three", ["yes"])
    event = await far.event(topic)
    require(event["args"] == ["yes"], f"{event}")
    require(event["topic"] == topic + ".one.two.three", f"topic {event['topic']}")


async def wildcard_subscription(near, far):
    topic = fresh("wildcard")
    await far.subscribe(topic + "..state", topic, match="wildcard")
    await near.publish(topic + ".a.other", ["no"])
    await near.publish(topic + ".a.b.state", ["no"])
    await near.publish(topic + ".a.state", ["yes"])
    event = await far.event(topic)
    require(event["args"] == ["yes"], f"{event}")
    require(event["topic"] == topic + ".a.state", f"topic {event['topic']}")


async def prefix_registration(near, far):
    procedure = fresh("calls")
    await far.register(procedure, procedure, match="prefix")
    args, _ = await near.call(procedure + ".any", ["x"])
    require(args == ["x"], f"{args}")
    await far.unregister(procedure)


async def round_robin_over_nodes(near, far):
    procedure = fresh("shared")
    await near.register(procedure, procedure + ".near", behaviour="who", invoke="roundrobin")
    await far.register(procedure, procedure + ".far", behaviour="who", invoke="roundrobin")
    answers = [(await near.call(procedure))[0][0] for _ in range(6)]
    expected = {procedure + ".near", procedure + ".far"}
    require(set(answers) == expected, f"{answers}")
    require(all(one != other for one, other in zip(answers, answers[1:])), f"not in turn: {answers}")
    await near.unregister(procedure + ".near")
    await far.unregister(procedure + ".far")


async def publisher_exclusion(near, far):
    topic = fresh("exclusion")
    await near.subscribe(topic, topic + ".near")
    await far.subscribe(topic, topic + ".far")
    await near.publish(topic, [1])
    require((await far.event(topic + ".far"))["args"] == [1], "the other's event")
    await near.publish(topic, [2], exclude_me=False)
    require((await near.event(topic + ".near"))["args"] == [2], "exclude_me=false, or the first was not excluded")
    require((await far.event(topic + ".far"))["args"] == [2], "the other's second event")


async def nothing_after_unsubscribed(near, far):
    topic = fresh("left")
    await far.subscribe(topic, topic)
    await near.publish(topic, [1])
    await far.event(topic)
    await far.unsubscribe(topic)
    await near.publish(topic, [2], acknowledge=True)
    await near.call(*await _round_trip_to(far))
    require(far.events_waiting(topic) == 0, "an event after UNSUBSCRIBED")


async def _round_trip_to(peer):
    procedure = fresh("fence")
    await peer.register(procedure, procedure)
    return procedure, [1]


async def events_in_order(near, far):
    topic = fresh("order")
    await far.subscribe(topic, topic)
    await far.subscribe(topic + ".second", topic)
    await asyncio.gather(*(near.publish(topic + (".second" if n % 3 else ""), [n]) for n in range(300)))
    numbers = [(await far.event(topic))["args"][0] for _ in range(300)]
    require(numbers == list(range(300)), f"order {numbers[:40]}")


# For two sessions of one client, with the same transport and serializer; the name, and what the client must be able to.
OF_ONE_CLIENT = {
    "publish/subscribe, all payloads": (payloads_as_events, None),
    "call, all payloads": (payloads_through_calls, None),
    "error of the callee": (error_of_the_callee, None),
    "unknown procedure": (unknown_procedure, None),
    "unregistered procedure": (unregistered_procedure, None),
    "second registration refused": (second_registration_refused, None),
    "acknowledged publish": (acknowledged_publish, None),
    "prefix subscription": (prefix_subscription, None),
    "wildcard subscription": (wildcard_subscription, None),
    "prefix registration": (prefix_registration, None),
    "round robin over two nodes": (round_robin_over_nodes, None),
    "publisher exclusion": (publisher_exclusion, "exclude_me"),
    "nothing after UNSUBSCRIBED": (nothing_after_unsubscribed, None),
    "events in order": (events_in_order, None),
}

# For every session with every other, whatever the client, transport and serializer of each.
OF_ANY_TWO = {
    "publish/subscribe": payloads_as_events,
    "call": payloads_through_calls,
    "error of the callee": error_of_the_callee,
}
