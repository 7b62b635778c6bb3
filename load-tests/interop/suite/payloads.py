"""What is sent through the cluster: each payload as (args, kwargs), bytes written {"$bytes": hex}."""

import math


def octets(data):
    return {"$bytes": bytes(data).hex()}


PAYLOADS = {
    "nothing": ([], {}),
    "binary": (
        [octets(range(256)), octets(b""), [octets(b"\x00"), {"deep": octets(b"\xff\xfe\x00\x01")}]],
        {"raw": octets(b"\x00\x80\xff")},
    ),
    "unicode": (
        [
            "Grüße, 世界, здравствуй",
            "astral \U0001f9f5\U0001d11e\U0010ffff",
            "combining e\u0301 \u0928\u093f \U0001f468\u200d\U0001f469\u200d\U0001f467",
            "right to left \u05e9\u05dc\u05d5\u05dd",
            'quotes " \\ / \b\f\n\r\t \u007f \u2028\u2029',
        ],
        {"schlüssel": "wert", "鍵": "値"},
    ),
    "nested": (
        [[], {}, [[[["deep"]]]], {"list": [1, {"two": [3, {"four": None}]}], "empty": {"list": [], "map": {}}}],
        {"yes": True, "no": False, "nothing": None, "text": ""},
    ),
    "integers": (
        [0, -1, 127, 128, 255, 256, -128, -129, 65535, 65536, 2**31, -(2**31) - 1, 2**32, 2**53 - 1, -(2**53) + 1],
        {},
    ),
    "floats": ([0.5, -1.25, 1e-7, 3.141592653589793, 1.7976931348623157e308, 5e-324], {}),
    "empty args": ([], {"only": "kwargs"}),
    "100 KB": (["0123456789abcdef" * 3200 + "\U0001f9f5" * 100], {"blob": octets(bytes(range(256)) * 200)}),
}


def same(expected, actual):
    """Whether a value arrived as it was sent. JavaScript has one kind of number: 1 and 1.0 are the same, True is not."""
    if isinstance(expected, dict):
        return (
            isinstance(actual, dict)
            and expected.keys() == actual.keys()
            and all(same(value, actual[key]) for key, value in expected.items())
        )
    if isinstance(expected, list):
        return (
            isinstance(actual, list)
            and len(expected) == len(actual)
            and all(same(one, other) for one, other in zip(expected, actual))
        )
    if isinstance(expected, bool) or isinstance(actual, bool) or expected is None:
        return expected is actual
    if isinstance(expected, (int, float)):
        return isinstance(actual, (int, float)) and (expected == actual or math.isclose(expected, actual, rel_tol=0))
    return expected == actual
