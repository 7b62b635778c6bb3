"""Who logs in how. The principals are the same on all nodes; what they may do is decided by their role."""

import base64
import hashlib
from dataclasses import dataclass

from .clients import WampFailure
from .scenarios import require

REALM = "secured"
ROLE = "user"
DENIED = "wamp.error.authentication_denied"
IN_WORDS = ["the proof of identity was not accepted"]
# RFC 8032, section 7.1, the second test
PRIVATE_KEY = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
PUBLIC_KEY = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
ORIGIN = "https://app.example.com"
COMES_BACK = "cookie"
SALT, ITERATIONS, LENGTH = "a salt", 1000, 32  # few iterations: Autobahn|JS takes 0.1 ms for each


def _salted(secret):
    key = hashlib.pbkdf2_hmac("sha256", secret.encode(), SALT.encode(), ITERATIONS, LENGTH)
    return f"$wampcra$i={ITERATIONS},l={LENGTH}${SALT}${base64.b64encode(key).decode()}"


@dataclass(frozen=True)
class Way:
    """A way to log in: a method, and a principal that has what it needs."""

    name: str
    method: str
    authid: str
    secret: str
    principal: dict
    wrong: str = "not the secret"


WAYS = (
    Way("ticket", "ticket", "tina", "tina's ticket", {"ticket": "tina's ticket"}),
    Way("WAMP-CRA", "wampcra", "carl", "carl's secret", {"wampcra": "carl's secret"}),
    Way("WAMP-CRA, salted", "wampcra", "sally", "sally's secret", {"wampcra": _salted("sally's secret")}),
    Way("cryptosign", "cryptosign", "kim", PRIVATE_KEY, {"public-keys": [PUBLIC_KEY]}, wrong="ab" * 32),
)
PRINCIPALS = {"principals": [{"authid": way.authid, "role": ROLE, **way.principal} for way in WAYS]}


def realm(principals):
    """The realm of these logins, with the file of its principals."""
    permissions = [{"uri": "", "match": "prefix", "allow": ["call", "register", "publish", "subscribe"]}]
    return {
        "uri": REALM,
        "roles": [{"name": ROLE, "permissions": permissions}],
        "auth": {"methods": ["cookie", "cryptosign", "wampcra", "ticket"], "principals": [str(principals)]},
    }


def ways_of(client):
    return [way for way in WAYS if way.name in client.logins]


async def refused(peer, node, way, authid, secret):
    try:
        await peer.log_in(node, REALM, way.method, authid, secret)
    except WampFailure as failure:
        told = failure.uri == DENIED or "tell_refusal" in peer.client.cannot and failure.args_ == IN_WORDS
        require(told, f"refused with {failure}")
        return
    require(False, f"{authid} was let in with {secret!r}")


async def wrong_secret(near, far, way, nodes):
    await refused(near, nodes[0], way, way.authid, way.wrong)
    await refused(far, nodes[1], way, way.authid, way.wrong)


async def right_secret(near, far, way, nodes):
    for peer, node in ((near, nodes[0]), (far, nodes[1])):
        welcome = await peer.log_in(node, REALM, way.method, way.authid, way.secret)
        if "tell_authid" not in peer.client.cannot:
            known = {key: welcome[key] for key in ("authid", "authrole")}
            require(known == {"authid": way.authid, "authrole": ROLE}, f"welcomed as {welcome}")


async def comes_back(user, back, nodes):
    """A page's user logs in at one node, is known at the other by the cookie, and logs out there."""
    way = WAYS[0]
    welcome = await user.log_in(nodes[0], REALM, way.method, way.authid, way.secret, {"Origin": ORIGIN})
    cookie = welcome["cookie"]
    require(cookie, "no cookie was set")
    await user.close()
    page = {"Origin": ORIGIN, "Cookie": cookie}
    again = await back.log_in(nodes[1], REALM, "cookie", None, None, page)
    known = {key: again[key] for key in ("authid", "authrole", "authmethod")}
    require(known == {"authid": way.authid, "authrole": ROLE, "authmethod": "cookie"}, f"welcomed as {again}")
    await back.close("wamp.close.logout")
    try:
        await back.log_in(nodes[0], REALM, "cookie", None, None, page)
    except WampFailure as failure:
        require(failure.uri == "wamp.error.no_matching_auth_method", f"refused with {failure.uri}")
        return
    require(False, "the cookie is good after the logout")


OF_ONE_WAY = {"a wrong secret": wrong_secret, "the right secret": right_secret}
