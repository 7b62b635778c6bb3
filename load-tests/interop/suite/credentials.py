"""Certificates and tokens, made anew for each run: their keys are nowhere but in its memory and its folder."""

import base64
import json
import time
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

GOOD_FOR = timedelta(hours=2)
COORDINATE_OCTETS = 32  # of P-256


def _key():
    return ec.generate_private_key(ec.SECP256R1())


def _common_name(name):
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])


@dataclass(frozen=True)
class Certificate:
    """A certificate and its key, in PEM."""

    certificate: str
    key: str


class Authority:
    """Signs certificates. Authorities of one name cannot be told apart by what a listener says of whom it trusts."""

    def __init__(self, name):
        self._name = _common_name(name)
        self._key = _key()
        self.certificate = self._sign(self._name, self._key, x509.BasicConstraints(ca=True, path_length=0))

    def issue(self, name, address="127.0.0.1"):
        """A certificate for a client of this name, or for a server at this address."""
        key = _key()
        certificate = self._sign(_common_name(name), key, x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]))
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        return Certificate(certificate, pem)

    def _sign(self, subject, key, extension):
        now = datetime.now(timezone.utc)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - GOOD_FOR)
            .not_valid_after(now + GOOD_FOR)
            .add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
        )
        return builder.sign(self._key, SHA256()).public_bytes(Encoding.PEM).decode()


class Issuer:
    """Signs tokens (RFC 7519) by ES256."""

    def __init__(self, name, audience):
        self.name = name
        self.audience = audience
        self._key = _key()

    def keys(self):
        """The JSON Web Key Set by which its tokens are checked."""
        point = self._key.public_key().public_numbers()
        return json.dumps({"keys": [{"kty": "EC", "crv": "P-256", "x": _number(point.x), "y": _number(point.y)}]})

    def token(self, authid, role):
        claims = {
            "iss": self.name,
            "aud": self.audience,
            "exp": int(time.time() + GOOD_FOR.total_seconds()),
            "sub": authid,
            "role": role,
        }
        signed = ".".join(_base64url(json.dumps(part).encode()) for part in ({"alg": "ES256", "typ": "JWT"}, claims))
        r, s = decode_dss_signature(self._key.sign(signed.encode(), ec.ECDSA(SHA256())))
        return f"{signed}.{_base64url(_octets(r) + _octets(s))}"


def _octets(number):
    return number.to_bytes(COORDINATE_OCTETS, "big")


def _number(number):
    return _base64url(_octets(number))


def _base64url(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()
