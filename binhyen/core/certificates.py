# SPDX-License-Identifier: AGPL-3.0-or-later
"""A root certificate of this machine's own and a certificate under it, to try phones in a room.

Browsers run the phone's app only over a connection that they trust. The root may vouch for names
of the local network only (a critical name constraint), so a phone that trusts it gives nobody
power over other addresses; it ends after a year. A deployment has a certificate of its own.
"""

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings

ROOT = "root.crt"
_ROOT_LASTS, _SERVER_LASTS = timedelta(days=365), timedelta(days=90)
_RENEWED_BEFORE = timedelta(days=14)
_A_DAY = timedelta(days=1)
_LOCAL_NETWORKS = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8",
                   "fc00::/7", "fe80::/10", "::1/128")  # fmt: skip
_LOCAL_NAMES = ("localhost", "local")
_ELSEWHERE = ("192.0.2.1", 9)  # an address for documentation; nothing is sent to it


@dataclass(frozen=True)
class Pair:
    """Where a certificate and its key lie."""

    certificate: Path
    key: Path


@dataclass(frozen=True)
class Papers:
    """The root that phones are to trust, and the pair that the server shows."""

    root: Path
    server: Pair


def is_local(name: str) -> bool:
    """Whether the root may vouch for a host: a private address, `localhost`, or `….local`."""
    try:
        address = ip_address(name)
    except ValueError:
        return name.rsplit(".", 1)[-1] in _LOCAL_NAMES
    return any(address in network for network in map(ip_network, _LOCAL_NETWORKS)
               if network.version == address.version)  # fmt: skip


def address_in_the_room() -> str:
    """The address at which others of the local network reach this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ELSEWHERE)
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def folder() -> Path:
    """Where certificates and keys lie."""
    return Path(settings.ENV.var_dir) / "https"


def prepared(names: Sequence[str], *, now: datetime) -> Papers:
    """The papers for some local names, made where they are missing, too old or for other names."""
    place = folder()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    root = Pair(place / ROOT, place / "root.key")
    server = Pair(place / "server.crt", place / "server.key")
    if not _is_good(root, now):
        _make_root(root, now)
        server.certificate.unlink(missing_ok=True)
    if not _is_good(server, now) or _names_of(server) != set(names):
        _make_server(server, root, names, now)
    return Papers(root.certificate, server)


def _make_root(pair: Pair, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _named(f"Bình Yên ({socket.gethostname()})")
    limits = [x509.IPAddress(ip_network(one)) for one in _LOCAL_NETWORKS]
    permitted: list[x509.GeneralName] = [*limits, *map(x509.DNSName, _LOCAL_NAMES)]
    built = (
        _begun(name, name, key.public_key(), now, _ROOT_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.NameConstraints(permitted, None), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
    )
    _write(pair, built.sign(key, hashes.SHA256()), key)


def _make_server(pair: Pair, root: Pair, names: Sequence[str], now: datetime) -> None:
    key, above = ec.generate_private_key(ec.SECP256R1()), _read(root)
    signing = serialization.load_pem_private_key(root.key.read_bytes(), None)
    if not isinstance(signing, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{root.key} is no key of this kind")
    built = (
        _begun(_named("Bình Yên"), above.subject, key.public_key(), now, _SERVER_LASTS)
        .add_extension(x509.SubjectAlternativeName(map(_general, names)), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    )
    _write(pair, built.sign(signing, hashes.SHA256()), key)


def _begun(
    name: x509.Name, above: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime,
    lasts: timedelta,
) -> x509.CertificateBuilder:  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(above)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _A_DAY)
        .not_valid_after(now + lasts)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates, key_cert_sign=signs_certificates,
        crl_sign=signs_certificates, content_commitment=False, key_encipherment=False,
        data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _is_good(pair: Pair, now: datetime) -> bool:
    """Whether both halves are there and the certificate holds for a while yet."""
    if not (pair.certificate.exists() and pair.key.exists()):
        return False
    return _read(pair).not_valid_after_utc - _RENEWED_BEFORE > now


def _names_of(pair: Pair) -> set[str]:
    found = _read(pair).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {*found.get_values_for_type(x509.DNSName),
            *map(str, found.get_values_for_type(x509.IPAddress))}  # fmt: skip


def _read(pair: Pair) -> x509.Certificate:
    return x509.load_pem_x509_certificate(pair.certificate.read_bytes())


def _write(pair: Pair, made: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> None:
    pair.key.touch(mode=0o600)
    pair.key.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    pair.certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
