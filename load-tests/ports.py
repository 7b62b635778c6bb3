"""Ports of loopback for processes that are to be started."""

import random
import socket

# From 32,768 on Linux gives ports to connections that go out: one could have it before the process listens.
LOWEST, FIRST_EPHEMERAL = 10_000, 32_768


def free_ports(count):
    """Ports that nobody listens at now, and that the system gives to nobody by itself."""
    found = set()
    while len(found) < count:
        port = random.randrange(LOWEST, FIRST_EPHEMERAL)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            found.add(port)
    return list(found)
