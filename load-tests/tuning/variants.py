"""What is varied, in groups. The first variant of a group is what nodes do by themselves; the others are divided by it."""

import dataclasses
import os
import pathlib
import subprocess

HOME = pathlib.Path(__file__).resolve().parents[2]
SOFT_MARKS = ("64KiB", "256KiB")


@dataclasses.dataclass(frozen=True)
class Variant:
    """A node.

    java: its home directory, or "" for the one that ./weft finds
    options: for Java
    listener: keys of its listener, as a flow mapping's content
    settings: of the node, by top-level key
    scheme: of the address that clients connect to
    class_path: instead of the launcher's
    """

    name: str
    java: str = ""
    options: str = ""
    listener: str = ""
    settings: tuple = ()
    scheme: str = "rs"
    class_path: str = ""
    path: str = ""


@dataclasses.dataclass(frozen=True)
class Load:
    """As a scenario has it. What is not warmed is like another load that is."""

    name: str
    spec: dict
    warmed: bool = True


@dataclasses.dataclass(frozen=True)
class Group:
    name: str
    about: str
    variants: list
    loads: list
    idle: bool = False
    handshakes: bool = False
    notes: tuple = ()


def rpc(payload=128, serializer="msgpack", **more):
    load = {"type": "rpc", "callers": 8, "callees": 4, "payload": payload, "serializers": serializer}
    return load | (more or {"in-flight": 16})


def fan_out(payload=128, serializer="msgpack"):
    return {
        "type": "pubsub",
        "publishers": 1,
        "subscribers": 100,
        "in-flight": 16,
        "payload": payload,
        "serializers": serializer,
    }


BOTH = [
    Load("RPC 128 B, 8 callers with 16 in flight each", rpc()),
    Load("fan-out of 128 B to 100", fan_out()),
]


def sizes(tools, serializer):
    loads = [
        Load(f"{what} {size} of {serializer}", load(octets, serializer))
        for what, load in (("RPC,", rpc), ("fan-out to 100,", fan_out))
        for size, octets in (("128 B", 128), ("4 KB", 4096))
    ]
    return loads[:-1] if tools.quick else loads


def jvm(tools):
    variants = []
    for java, home in (("17", tools.java17), ("25", tools.java25)):
        if not home:
            continue
        variants.append(Variant(f"Java {java}, our flags", home))
        for name, flag in (
            ("Parallel", "-XX:+UseParallelGC"),
            ("Serial", "-XX:+UseSerialGC"),
        ):
            variants.append(Variant(f"Java {java}, {name}", home, flag))
    if tools.java25:
        new = tools.java25
        variants += [
            Variant("Java 25, ZGC (generational)", new, "-XX:+UseZGC"),
            Variant("Java 25, compact object headers", new, "-XX:+UseCompactObjectHeaders"),
        ]
    if tools.java25 and not tools.quick:
        variants += [
            Variant("Java 25, compact object headers, Serial", new, "-XX:+UseCompactObjectHeaders -XX:+UseSerialGC"),
            Variant("Java 25, heap 256 MB", new, "-Xmx256m"),
            Variant("Java 25, heap 1 GB from the start", new, "-Xms1g -Xmx1g"),
        ]
    notes = []
    if not tools.java25:
        notes.append("No Java 25 was found: name one with `--java25`.")
    if not tools.java17:
        notes.append("No Java 17 was found: name one with `--java17`.")
    return Group(
        "jvm",
        "Collectors, compact object headers and sizes of the heap. Java 17 has no generational ZGC.",
        variants,
        BOTH + [Load("RPC 128 B, 10,000 a second whatever becomes of them", rpc(rate=10_000), warmed=False)],
        idle=True,
        notes=tuple(notes),
    )


def tls(tools):
    certificate, key = tools.certificate()
    keys = f"certificate: {certificate}, key: {key}, min-version: 1.3"
    return Group(
        "tls",
        "RawSocket in the clear, and over TLS 1.3 (ECDSA P-256) by each engine (`listeners[].tls.engine`). The clients' end is always"
        " the JDK's.",
        [
            Variant("TLS by the JDK", listener=f"tls: {{{keys}, engine: jdk}}", scheme="rss"),
            Variant("TLS by openssl", listener=f"tls: {{{keys}, engine: openssl}}", scheme="rss"),
            Variant("in the clear"),
        ],
        sizes(tools, "msgpack"),
        idle=True,
        handshakes=True,
    )


def transport(tools):
    libraries = sorted((HOME / "router-node" / "target" / "lib").glob("*.jar"))
    epoll = [str(HOME / "router-node" / "target" / "router-node.jar"), *map(str, libraries)]
    # Vert.x takes io_uring where epoll's library is missing.
    uring = [jar for jar in epoll if "netty-transport-native-epoll" not in jar] + tools.io_uring()
    variants = [Variant("epoll", class_path=":".join(epoll))]
    answer = io_uring_answer(":".join(uring))
    notes = [f"Netty's io_uring on this kernel: {answer}."]
    if answer == "available":
        variants.append(Variant("io_uring", class_path=":".join(uring)))
    return Group(
        "transport",
        "Netty's native transports under Vert.x. Both are started by Java itself, without the launcher's archive of classes.",
        variants,
        BOTH,
        notes=tuple(notes),
    )


def io_uring_answer(class_path):
    probe = pathlib.Path(__file__).with_name("IoUringProbe.java")
    done = subprocess.run(["java", "-cp", class_path, str(probe)], capture_output=True, text=True)
    lines = done.stdout.strip().splitlines() or done.stderr.strip().splitlines() or ["the probe said nothing"]
    return lines[-1]


def deflate(tools):
    return Group(
        "deflate",
        "WebSocket with JSON, and the same with permessage-deflate (`listeners[].compression`). Weft agrees to it without context"
        " takeover either way only, so that is what is measured; payloads are the load tool's letters, which shrink well.",
        [
            Variant("WebSocket", scheme="ws", path="/ws"),
            Variant("permessage-deflate", listener="compression: true", scheme="ws+deflate", path="/ws"),
        ],
        sizes(tools, "json"),
        idle=True,
    )


def sockets(tools):
    marks = [
        Variant(f"soft mark {mark}", settings=(("limits.outbound", f"soft-bytes: {mark}"),)) for mark in SOFT_MARKS[: 1 if tools.quick else None]
    ]
    return Group(
        "sockets",
        "The keys that Weft has for this: `limits.outbound.soft-bytes`, the water mark of writes, and `node.event-loops`. Without a key and so"
        " not varied: `TCP_NODELAY` is on, the back-log of accepts is 4096 (the kernel cuts it to `net.core.somaxconn`), and there is one flush for"
        " all that was read; one flush for each message costs 10 to 20 times as much (docs/performance/README.md).",
        [
            Variant("our settings"),
            *marks,
            Variant(f"{os.cpu_count()} event loops, one for each processor", settings=(("node", f"event-loops: {os.cpu_count()}"),)),
        ],
        BOTH,
    )


GROUPS = {make.__name__: make for make in (jvm, tls, transport, deflate, sockets)}
