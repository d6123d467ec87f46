"""The keys of this deployment: Ed25519 for the log, ECDSA P-256 with its certificates for documents.

Made at the first start in `HENGLIANG_HOME/keys` (0700), each file 0600 and encrypted under HENGLIANG_KEY_PASSWORD,
else under the home's secret. Hole: with the secret beside them the keys are as safe as the home and no safer; the
password from outside, or a hardware module behind the same port, is what a production log wants. A software key is
no legal seal (GM/T 0028).
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.conf import settings

from hengliang.trust.errors import KeyRefused
from hengliang.trust.keys import NoteKey, Signer, SoftwareKey, open_sealed, write_key
from hengliang.trust.notes import VerifierKey

LOG, LOG_LINES, DOCUMENTS, ROOT, CHAIN = "log.key", "log.pub", "documents.key", "root.key", "documents.pem"
NEXT = "log.key.next"
YEARS = 20


@dataclass(frozen=True, slots=True)
class DeploymentKeys:
    """What signs here.

    log : signs checkpoints and statuses
    former : keys that signed earlier checkpoints of this log
    documents : signs XML and PDF; `chain` holds its certificate and the root
    """

    log: NoteKey
    former: tuple[VerifierKey, ...]
    documents: Signer
    chain: tuple[x509.Certificate, ...]

    @property
    def lines(self) -> str:
        """The key lines that others need, the present one first."""
        return "".join(f"{key}\n" for key in (self.log.verifier, *self.former))

    @property
    def anchor(self) -> bytes:
        """The root certificate, PEM."""
        return self.chain[-1].public_bytes(Encoding.PEM)


def keys() -> DeploymentKeys | None:
    """The keys of this home, None where none were made: then nothing is signed here.

    Raises KeyRefused for a wrong password or an altered file.
    """
    folder = Path(settings.HOME) / "keys"
    return _read(folder, _password()) if (folder / CHAIN).is_file() else None


def key_lines() -> tuple[VerifierKey, ...]:
    """The public keys of this log, the present one first; empty where none were made."""
    held = keys()
    return () if held is None else (held.log.verifier, *held.former)


def make_keys(home: Path, address: str) -> None:
    """Make what is missing; a process that dies in between leaves whole files, and the next start makes the rest.

    address : of the deployment; the log's name is its host with the beginning of the key, so that no two logs share one
    """
    folder = home / "keys"
    if (folder / NEXT).exists():
        _finish_rotation(folder, _password(home))
    if (folder / CHAIN).exists() and (folder / LOG_LINES).exists():
        return
    folder.mkdir(mode=0o700, exist_ok=True)
    password = _password(home)
    logs, documents, root = (
        _made(folder / name, algorithm, password)
        for name, algorithm in ((LOG, "ed25519"), (DOCUMENTS, "ecdsa-p256-sha256"), (ROOT, "ecdsa-p256-sha256"))
    )
    host = urlsplit(address).netloc or "hengliang"
    if not (folder / LOG_LINES).exists():
        name = os.environ.get("HENGLIANG_LOG_NAME") or f"{host}/log/{logs.public_key.hex()[:8]}"
        keep(folder / LOG_LINES, f"{NoteKey(name, logs).verifier}\n".encode())
    if not (folder / CHAIN).exists():
        pems = [one.public_bytes(Encoding.PEM) for one in _certify(host, documents, root)]
        keep(folder / CHAIN, b"".join(pems))


def rotate_log_key(home: Path) -> VerifierKey:
    """The log's next key; the former one stays in the lines, and its file beside the new one.

    The log keeps its name and its entries. What runs goes on with the former key until it is started again, and what
    that signs meanwhile is still by one of the log's keys. Raises KeyRefused, FileNotFoundError where there are none.
    """
    folder, password = home / "keys", _password(home)
    _finish_rotation(folder, password)
    open_sealed((folder / LOG).read_bytes(), password)  # who can't open the present key makes no next one
    write_key(SoftwareKey.generate(), folder / NEXT, password)
    _finish_rotation(folder, password)
    _read.cache_clear()
    return VerifierKey.parse((folder / LOG_LINES).read_text().split()[0])


def _finish_rotation(folder: Path, password: str) -> None:
    """Bring a rotation to its end that wrote the next key and then perhaps died; each step can be done twice."""
    if not (folder / NEXT).exists():
        return
    lines = (folder / LOG_LINES).read_text().split()
    fresh = NoteKey(VerifierKey.parse(lines[0]).name, open_sealed((folder / NEXT).read_bytes(), password)).verifier
    if str(fresh) not in lines:
        lines.insert(0, str(fresh))
        keep(folder / LOG_LINES, "".join(f"{line}\n" for line in lines).encode())
    former = folder / f"{LOG}.{VerifierKey.parse(lines[1]).key_id.hex()}"
    if not former.exists():
        os.link(folder / LOG, former)
    (folder / NEXT).rename(folder / LOG)


def _made(path: Path, algorithm: str, password: str) -> SoftwareKey:
    if not path.exists():
        unfinished = path.with_suffix(".new")
        unfinished.unlink(missing_ok=True)
        write_key(SoftwareKey.generate(algorithm), unfinished, password)
        unfinished.rename(path)
    return open_sealed(path.read_bytes(), password)


def keep(path: Path, content: bytes) -> None:
    """Write a file of the key folder durably, readable by its owner only."""
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)


@lru_cache(maxsize=2)
def _read(folder: Path, password: str) -> DeploymentKeys:
    present, *former = (VerifierKey.parse(line) for line in (folder / LOG_LINES).read_text().split())
    log = NoteKey(present.name, open_sealed((folder / LOG).read_bytes(), password))
    if log.verifier != present:
        raise KeyRefused(name=LOG, reason=f"{LOG_LINES} names another key; put both back from a backup")
    chain = x509.load_pem_x509_certificates((folder / CHAIN).read_bytes())
    return DeploymentKeys(log, tuple(former), open_sealed((folder / DOCUMENTS).read_bytes(), password), tuple(chain))


def _password(home: Path | None = None) -> str:
    given = os.environ.get("HENGLIANG_KEY_PASSWORD")
    return given or (Path(home or settings.HOME) / "secret").read_text().strip()


def _certify(host: str, documents: SoftwareKey, root: SoftwareKey) -> tuple[x509.Certificate, x509.Certificate]:
    root_name, leaf_name = _name(f"{host} root"), _name(f"{host} documents")
    anchor = _certificate(root_name, root_name, root, root, authority=True)
    return _certificate(leaf_name, root_name, documents, root, authority=False), anchor


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Hengliang {text}"[:64])])


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: SoftwareKey, by: SoftwareKey, *, authority: bool
) -> x509.Certificate:
    public, now = key.private_key().public_key(), datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=not authority, content_commitment=not authority, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=authority, crl_sign=authority,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .sign(by.private_key(), hashes.SHA256())
    )
