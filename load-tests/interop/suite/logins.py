"""Who logs in how. The principals are the same on all nodes; what they may do is decided by their role."""

import base64
import hashlib
import json
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from ports import free_ports

from .clients import Unanswered, WampFailure
from .credentials import Authority, Issuer
from .scenarios import payloads_as_events, payloads_through_calls, refusal, require

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
# Of each there is another by the same name: only its key is wrong.
AUTHORITY, OTHER_AUTHORITY = (Authority("clients of the interop suite") for _ in range(2))
ISSUER, OTHER_ISSUER = (Issuer("https://login.example.com/", "weft") for _ in range(2))
# how a client shows what it has
ANSWER, HEADER, CERTIFICATE = "answer", "header", "certificate"


def _salted(secret):
    key = hashlib.pbkdf2_hmac("sha256", secret.encode(), SALT.encode(), ITERATIONS, LENGTH)
    return f"$wampcra$i={ITERATIONS},l={LENGTH}${SALT}${base64.b64encode(key).decode()}"


@dataclass(frozen=True)
class Way:
    """A way to log in: a method, and what it takes for that; `principal` is what a file of principals has of it."""

    name: str
    method: str
    authid: str
    secret: object
    principal: dict | None
    wrong: object = "not the secret"
    shown_by: str = ANSWER
    transport: str | None = None  # where not the client's first

    def login(self, secret):
        """What the client is told to log in with. Whoever shows a token or certificate does not say who it is."""
        if self.shown_by == HEADER:
            return {"headers": {"Authorization": f"Bearer {secret}"}}
        if self.shown_by == CERTIFICATE:
            return {"certificate": {**asdict(secret), "authority": AUTHORITY.certificate}}
        return {"authid": None if self.principal is None else self.authid, "secret": secret}

    def talks_to(self, other):
        """Whether its sessions call and publish to those of the other: all that have a secret do, others to their like."""
        return self.method == other.method or self.has_secret() and other.has_secret()

    def has_secret(self):
        return self.method not in ("jwt", "tls")


def _by_token(name, authid, shown_by):
    good, forged = (issuer.token(authid, ROLE) for issuer in (ISSUER, OTHER_ISSUER))
    return Way(name, "jwt", authid, good, None, forged, shown_by)


def _by_certificate(name, authid, transport):
    names = {"certificates": [f"cn:{authid}"]}
    return Way(name, "tls", authid, AUTHORITY.issue(authid), names, AUTHORITY.issue("nobody"), CERTIFICATE, transport)


WAYS = (
    Way("ticket", "ticket", "tina", "tina's ticket", {"ticket": "tina's ticket"}),
    Way("WAMP-CRA", "wampcra", "carl", "carl's secret", {"wampcra": "carl's secret"}),
    Way("WAMP-CRA, salted", "wampcra", "sally", "sally's secret", {"wampcra": _salted("sally's secret")}),
    Way("cryptosign", "cryptosign", "kim", PRIVATE_KEY, {"public-keys": [PUBLIC_KEY]}, wrong="ab" * 32),
    _by_token("JWT", "jules", ANSWER),
    _by_token("JWT, HTTP header", "juno", HEADER),
    _by_certificate("TLS certificate", "tessa", "wss"),
    _by_certificate("TLS certificate, RawSocket", "theo", "rss"),
)
PRINCIPALS = {"principals": [{"authid": way.authid, "role": ROLE, **way.principal} for way in WAYS if way.principal]}


class Files:
    """What the nodes need to know whom to let in, in a folder."""

    def __init__(self, folder):
        self._principals = folder / "principals.yaml"
        self._keys = folder / "issuer.json"
        self._authority = folder / "clients.crt"
        self._certificate = folder / "tls.crt"
        self._key = folder / "tls.key"

    def write(self):
        node = AUTHORITY.issue("node")
        self._principals.write_text(json.dumps(PRINCIPALS))
        self._keys.write_text(ISSUER.keys())
        self._authority.write_text(AUTHORITY.certificate)
        self._certificate.write_text(node.certificate)
        self._key.write_text(node.key)

    def realm(self):
        """The realm of these logins."""
        permissions = [{"uri": "", "match": "prefix", "allow": ["call", "register", "publish", "subscribe"]}]
        return {
            "uri": REALM,
            "roles": [{"name": ROLE, "permissions": permissions}],
            "auth": {
                "methods": ["cookie", "cryptosign", "wampcra", "ticket", "jwt", "tls"],
                "principals": [str(self._principals)],
                "jwt": {"issuer": ISSUER.name, "audience": [ISSUER.audience], "keys-file": str(self._keys), "roles": [ROLE]},
            },
        }

    def tls(self):
        """For a listener that asks clients for certificates."""
        return {
            "certificate": str(self._certificate),
            "key": str(self._key),
            "client-auth": "request",
            "trust": [str(self._authority)],
        }


async def refused(peer, node, way):
    try:
        welcome = await peer.log_in(node, REALM, way.method, **way.login(way.wrong))
    except WampFailure as failure:
        told = failure.uri == DENIED or "tell_refusal" in peer.client.cannot and failure.args_ == IN_WORDS
        require(told, f"refused with {failure}")
        return
    require(False, f"welcomed as {welcome}")


async def not_connected(peer, node, way):
    """A certificate for the right name, which an authority has signed that only has the name of the right one."""
    try:
        welcome = await peer.log_in(node, REALM, way.method, **way.login(OTHER_AUTHORITY.issue(way.authid)))
    except RuntimeError as failure:
        require(not isinstance(failure, Unanswered), f"{failure}")
        return
    require(False, f"the certificate of another authority was welcomed as {welcome}")


async def wrong_secret(near, far, way, nodes):
    for peer, node in ((near, nodes[0]), (far, nodes[1])):
        await refused(peer, node, way)
        if way.shown_by == CERTIFICATE:
            await not_connected(peer, node, way)


async def right_secret(near, far, way, nodes):
    for peer, node in ((near, nodes[0]), (far, nodes[1])):
        welcome = await peer.log_in(node, REALM, way.method, **way.login(way.secret))
        if "tell_authid" not in peer.client.cannot:
            known = {key: welcome[key] for key in ("authid", "authrole", "authmethod")}
            expected = {"authid": way.authid, "authrole": ROLE, "authmethod": way.method}
            require(known == expected, f"welcomed as {welcome}")


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


def _elsewhere(node):
    """The same page at another port: another origin, and the browser sends the cookie all the same."""
    site = urlsplit(node["browser"])
    return {"browser": site._replace(netloc=f"{site.hostname}:{free_ports(1)[0]}").geturl()}


async def _not_known(page, node, profile):
    failure = await refusal(page.log_in(node, REALM, "cookie", None, None, profile=profile))
    require(failure.uri == "wamp.error.no_matching_auth_method", f"refused with {failure}")


async def browser_comes_back(user, back, nodes):
    """A browser keeps and sends the cookie by itself; another browser is not known, nor is this one after the logout."""
    way, profile = WAYS[1], "a browser"
    await _not_known(user, nodes[0], profile)
    welcome = await user.log_in(nodes[0], REALM, way.method, way.authid, way.secret, profile=profile)
    require(welcome["readable"] == "", f"the page can read {welcome['readable']}")
    await user.close()
    again = await back.log_in(nodes[1], REALM, "cookie", None, None, profile=profile)
    known = {key: again[key] for key in ("authid", "authrole", "authmethod")}
    require(known == {"authid": way.authid, "authrole": ROLE, "authmethod": "cookie"}, f"welcomed as {again}")
    await _not_known(user, nodes[1], "another browser")
    await back.close("wamp.close.logout")
    await _not_known(back, nodes[0], profile)


async def page_of_another_origin(user, stranger, nodes):
    """A page from elsewhere is not let in, though the browser has a cookie and would send it; one of the same browser from here is."""
    way, profile = WAYS[0], "a browser that roams"
    await user.log_in(nodes[0], REALM, way.method, way.authid, way.secret, profile=profile)
    await user.close()
    for node in nodes:
        try:
            welcome = await stranger.log_in(node | _elsewhere(node), REALM, "cookie", None, None, profile=profile)
        except RuntimeError as failure:
            require("no session: unreachable" in str(failure), f"{failure}")
        else:
            require(False, f"welcomed as {welcome}")
    again = await user.log_in(nodes[1], REALM, "cookie", None, None, profile=profile)
    require(again["authid"] == way.authid, f"welcomed as {again}")
    await user.close()


async def compressed(near, far, nodes):
    """What Chromium offers is agreed to, and the session works over it."""
    way = WAYS[0]
    for page, node in ((near, nodes[0]), (far, nodes[1])):
        welcome = await page.log_in(node, REALM, way.method, way.authid, way.secret)
        require("permessage-deflate" in welcome["extensions"], f"extensions {welcome['extensions']!r}")
    await payloads_as_events(near, far)
    await payloads_through_calls(near, far)
    await near.close()
    await far.close()


OF_A_BROWSER = {
    "on another node, until the logout": browser_comes_back,
    "a page of another origin is not let in": page_of_another_origin,
    "calls and events with permessage-deflate": compressed,
}
OF_ONE_WAY = {"a wrong secret": wrong_secret, "the right secret": right_secret}
