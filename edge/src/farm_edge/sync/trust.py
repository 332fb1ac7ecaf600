"""Which server is believed: by the system's certificates, by a file, or by its key.

A pin is ``sha256/`` and the base64 of the SHA-256 of the server's public key (SPKI), as
``farm-edge doctor`` and OpenSSL show it. It is compared before a byte is sent. With a
pin alone neither name nor dates of the certificate matter: so does a board without a
battery, which believes that it is 1970, find its server.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import ssl
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from .errors import Untrusted


class WrongPin(ssl.SSLError):
    """The server has another key than the one that is pinned."""


def context_of(file: str = "", pin: str = "") -> ssl.SSLContext:
    """Whom to believe.

    :param file: certificates (PEM) that are trusted instead of the system's
    :param pin: the one key that the server may have
    :raises Untrusted: if file or pin is none
    """
    if file:
        try:
            context = ssl.create_default_context(cafile=file)
        except (OSError, ssl.SSLError) as error:
            raise Untrusted(f"No certificates can be read from {file}: {error}") from (
                error
            )
    else:
        context = ssl.create_default_context()
    if pin:
        _pin(context, pin, is_alone=not file)
    return context


def check_address(server: str, file: str = "", pin: str = "") -> None:
    """Tokens and names go over this line: without TLS only to this machine or to one
    next door, and never where somebody has said whom to believe.

    :raises Untrusted: then
    """
    parts = urlsplit(server)
    if parts.scheme == "http" and (file or pin or not _is_near(parts.hostname or "")):
        raise Untrusted(f"{server} is not encrypted: take https")


def _is_near(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith(".local")


def pin_of(certificate: bytes) -> str:
    """The pin of a certificate in DER."""
    return _pin_of(x509.load_der_x509_certificate(certificate))


def pin_of_file(path: Path) -> str:
    """The pin of the first certificate in a PEM file."""
    return _pin_of(x509.load_pem_x509_certificates(path.read_bytes())[0])


def _pin_of(certificate: x509.Certificate) -> str:
    key = certificate.public_key()
    spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return "sha256/" + base64.b64encode(hashlib.sha256(spki).digest()).decode()


def _pin(context: ssl.SSLContext, pin: str, is_alone: bool) -> None:
    if not _is_pin(pin):
        raise Untrusted("A pin is sha256/ and the base64 of 32 bytes")
    if is_alone:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE

    def check(certificate: bytes | None) -> None:
        shown = pin_of(certificate) if certificate else ""
        if not hmac.compare_digest(shown, pin):
            raise WrongPin(f"the server shows the key {shown}, and {pin} is pinned")

    class PinnedSocket(ssl.SSLSocket):
        def do_handshake(self, block: bool = False) -> None:
            super().do_handshake(block)
            check(self.getpeercert(True))

    class PinnedObject(ssl.SSLObject):
        def do_handshake(self) -> None:
            super().do_handshake()
            check(self.getpeercert(True))

    context.sslsocket_class = PinnedSocket
    context.sslobject_class = PinnedObject


def _is_pin(pin: str) -> bool:
    kind, _slash, text = pin.partition("/")
    try:
        return kind == "sha256" and len(base64.b64decode(text, validate=True)) == 32
    except ValueError:
        return False
