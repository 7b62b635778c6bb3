"""Ports of loopback for processes that are to be started."""

import random
import socket

# Above the last of the ports that browsers and Node do not connect to, 10,080. From 32,768 on Linux gives ports to connections that
# go out: one could have it before the process listens.
LOWEST, FIRST_EPHEMERAL = 10_081, 32_768


# The UDP ports of those that were drawn, until this process ends: so another that draws does not get the same.
_drawn = []


def free_ports(count):
    """Ports that nobody listens at now, that the system gives to nobody by itself, and that nobody else draws meanwhile."""
    found = set()
    while len(found) < count:
        port = random.randrange(LOWEST, FIRST_EPHEMERAL)
        with socket.socket() as probe:
            drawn = socket.socket(type=socket.SOCK_DGRAM)
            try:
                probe.bind(("127.0.0.1", port))
                drawn.bind(("127.0.0.1", port))
            except OSError:
                drawn.close()
                continue
            _drawn.append(drawn)
            found.add(port)
    return list(found)
