"""Push messages: packed so that only the browser can read them, handed to the services that the settings name."""

import http.client
import os
from base64 import urlsafe_b64decode
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from pydantic import AnyHttpUrl
from webpush import VAPID, WebPush, WebPushSubscription
from webpush.types import WebPushKeys

from fieldlog.mail import LOOPBACK

TIMEOUT_SECONDS = 10.0
KEPT_SECONDS = 12 * 3600
"""How long a service keeps a message for a browser that is away."""
TAKEN, GONE = frozenset({200, 201, 202, 204}), frozenset({404, 410})
POINT_BYTES, AUTH_BYTES = 65, 16


class GoneError(Exception):
    """The browser takes no messages any more: its subscription is to be removed."""


class NotPushedError(Exception):
    """The service did not take the message; it may later."""


@dataclass(frozen=True)
class Address:
    """Where a browser takes messages, and the keys with which they are packed, as the browser told them."""

    endpoint: str
    p256dh: str
    auth: str

    def is_sound(self, hosts: str) -> bool:
        """Whether the keys are such keys, and the endpoint is at one of the hosts."""
        try:
            point, secret = (urlsafe_b64decode(key + "=" * (-len(key) % 4)) for key in (self.p256dh, self.auth))
            ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        except ValueError:
            return False
        return (len(point), len(secret)) == (POINT_BYTES, AUTH_BYTES) and is_allowed(self.endpoint, hosts)


@dataclass(frozen=True)
class Pusher:
    """Hands messages over, signed with the key in ``key_file``. ``sender`` is the mail address of whoever runs this."""

    key_file: Path
    sender: str
    hosts: str
    timeout: float = field(default=TIMEOUT_SECONDS)

    @cached_property
    def _key(self) -> ec.EllipticCurvePrivateKey:
        key = load_pem_private_key(self.key_file.read_bytes(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return key

    @property
    def public_key(self) -> str:
        """The key by which a browser knows whose messages it takes, as it wants it."""
        return str(VAPID.get_application_server_key(self._key.public_key()))

    def send(self, to: Address, text: str) -> None:
        """Hand the message over. Raises GoneError and NotPushedError."""
        if not to.is_sound(self.hosts):
            raise GoneError
        public = self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        packer = WebPush(self.key_file.read_bytes(), public, self.sender, KEPT_SECONDS)
        keys = WebPushKeys(auth=to.auth, p256dh=to.p256dh)
        packed = packer.get(text, WebPushSubscription(endpoint=AnyHttpUrl(to.endpoint), keys=keys))
        status = self._post(urlsplit(to.endpoint), packed.encrypted, {**packed.headers, "urgency": "high"})
        if status in GONE:
            raise GoneError
        if status not in TAKEN:
            raise NotPushedError(f"the push service answered {status}")

    def _post(self, to: SplitResult, body: bytes, headers: dict[str, str]) -> int:
        """The answer's status; a redirection is not followed: it could lead anywhere."""
        kind = http.client.HTTPSConnection if to.scheme == "https" else http.client.HTTPConnection
        connection = kind(to.netloc, timeout=self.timeout)
        try:
            path = to._replace(scheme="", netloc="", fragment="").geturl()
            connection.request("POST", path, body, {**headers, "content-type": "application/octet-stream"})
            return connection.getresponse().status
        except (OSError, http.client.HTTPException) as error:
            raise NotPushedError(f"the push service does not answer: {type(error).__name__}") from None
        finally:
            connection.close()


def is_allowed(endpoint: str, hosts: str) -> bool:
    """Whether the endpoint is at one of the hosts, such as ``*.push.apple.com``, each between spaces.

    Only over HTTPS at its usual port, or on this machine at the very port that is named.
    """
    try:
        to = urlsplit(endpoint)
        host, has_port = to.hostname or "", to.port is not None
    except ValueError:
        return False
    if not endpoint.isascii() or not endpoint.isprintable() or " " in endpoint or "@" in to.netloc:
        return False
    if to.scheme == "http" and host in LOOPBACK:
        return to.netloc in hosts.split()
    return to.scheme == "https" and not has_port and any(fnmatchcase(host, one) for one in hosts.split())


def make_key(file: Path) -> None:
    """Make the key, readable by its owner only, unless there is one."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    key = ec.generate_private_key(ec.SECP256R1())
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
