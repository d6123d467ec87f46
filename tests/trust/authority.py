"""A small PKI and a local time stamping authority for tests: made in memory, nothing is committed."""

import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from hengliang.trust.chain import Anchors
from hengliang.trust.keys import SoftwareKey
from tests.trust.conftest import fixed_key

BEGAN = datetime(2025, 1, 1, tzinfo=UTC)
ENDED = datetime(2027, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Holder:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: SoftwareKey

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)


def name(text: str) -> x509.Name:
    pairs = (
        (NameOID.COUNTRY_NAME, "CN"),
        (NameOID.ORGANIZATION_NAME, "测试机关"),
        (NameOID.COMMON_NAME, text),
    )
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in pairs])


def certify(
    text: str,
    issuer: Holder | None,
    *,
    ca: bool = False,
    began: datetime = BEGAN,
    ended: datetime = ENDED,
    stamping: bool = False,
) -> Holder:
    """A P-256 certificate, self-signed without an issuer."""
    key = fixed_key(text, "ecdsa-p256-sha256")
    private: ec.EllipticCurvePrivateKey = key.private_key()
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(text))
        .issuer_name(issuer.certificate.subject if issuer else name(text))
        .public_key(private.public_key())
        .serial_number(int.from_bytes(text.encode()[:15]) + 1)
        .not_valid_before(began)
        .not_valid_after(ended)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(not ca, not ca, False, False, False, ca, ca, False, False), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False)
    )
    if stamping:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    signer = issuer.key.private_key() if issuer else private
    return Holder(builder.sign(signer, hashes.SHA256()), key)


def revoke(issuer: Holder, revoked: Holder, at: datetime, *, since: datetime | None = None) -> bytes:
    """A revocation list; `since` dates a compromise back."""
    entry = x509.RevokedCertificateBuilder().serial_number(revoked.certificate.serial_number)
    entry = entry.revocation_date(at)
    if since:
        entry = entry.add_extension(x509.InvalidityDate(since.replace(tzinfo=None)), critical=False)
    made = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(at)
        .next_update(at + timedelta(days=3650))
        .add_revoked_certificate(entry.build())
        .sign(issuer.key.private_key(), hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.DER)


ROOT = certify("Root", None, ca=True, ended=datetime(2045, 1, 1, tzinfo=UTC))
ISSUER = certify("Hangzhou Institute of Metrology", ROOT)
STAMPING_ROOT = certify("Stamping Root", None, ca=True, ended=datetime(2045, 1, 1, tzinfo=UTC))
ANCHORS = Anchors(roots=[ROOT.der])
BOTH = Anchors(roots=[ROOT.der, STAMPING_ROOT.der])

CONFIG = """
[tsa]
default_tsa = local
[local]
serial = {home}/serial
signer_cert = {home}/tsa.pem
signer_key = {home}/tsa.key
certs = {home}/tsa.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


class LocalAuthority:
    """An RFC 3161 authority that `openssl ts` plays, at the system's present time."""

    def __init__(self, home: Path, *, stamping: bool = True) -> None:
        self._home = home
        began = datetime.now(UTC) - timedelta(days=1)
        holder = certify("Stamper", STAMPING_ROOT, began=began, ended=began + timedelta(days=30), stamping=stamping)
        pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        (home / "tsa.pem").write_bytes(holder.certificate.public_bytes(pem))
        secret = holder.key.private_key().private_bytes(pem, form, serialization.NoEncryption())
        (home / "tsa.key").write_bytes(secret)
        (home / "tsa.conf").write_text(CONFIG.format(home=home))

    def __call__(self, request: bytes) -> bytes:
        (self._home / "request.tsq").write_bytes(request)
        command = ["openssl", "ts", "-reply", "-config", self._home / "tsa.conf"]
        command += ["-queryfile", self._home / "request.tsq", "-out", self._home / "answer.tsr"]
        subprocess.run(command, check=True, capture_output=True)
        return (self._home / "answer.tsr").read_bytes()
