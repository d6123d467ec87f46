"""Photographs as evidence: JPEG or PNG by their own structure, and of what they carry beside the picture nothing is
kept but which side is up. A telephone writes where and with which device a picture was taken: that is personal data.

Source: JPEG: ITU-T T.81, Annex B; Exif 2.3, 4.6.4 (orientation, tag 0x0112); PNG: W3C PNG (Third Edition), 5.
"""

import struct
from collections.abc import Iterator

from hengliang.platform.core.errors import InputRefused

LIMIT = 8 * 1024 * 1024
MOST_PIXELS, LONGEST = 60_000_000, 16_000
JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_SOI, _EOI, _SOS, _APP0, _EXIF, _ICC, _ADOBE, _COM = 0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0xE2, 0xEE, 0xFE
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({*range(0xD0, 0xD8), 0x01})
_ORIENTATION = 0x0112
_KEPT_CHUNKS = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"pHYs", b"sBIT", b"bKGD"}
)


def cleaned(data: bytes) -> tuple[bytes, str]:
    """The picture alone, and what its name should end in.

    Errors: `InputRefused` for what is no JPEG or PNG, is broken off, or is too large.
    """
    if len(data) > LIMIT:
        raise InputRefused(
            "photograph_size", "The photograph is larger than %(limit)s MB.", field="photograph", limit=8
        )
    try:
        if data.startswith(JPEG):
            return b"".join(_jpeg(data)), ".jpg"
        if data.startswith(PNG):
            return b"".join(_png(data)), ".png"
    except (struct.error, IndexError, ValueError):
        raise InputRefused(
            "photograph_broken", "The photograph is broken off or damaged; take it again.", field="photograph"
        ) from None
    raise InputRefused("photograph_kind", "Attach a JPEG or PNG picture; this file is none.", field="photograph")


def _require_size(width: int, height: int) -> None:
    if not 0 < width <= LONGEST or not 0 < height <= LONGEST or width * height > MOST_PIXELS:
        raise InputRefused("photograph_pixels", "The photograph has too many pixels.", field="photograph")


def _jpeg(data: bytes) -> Iterator[bytes]:
    yield data[:2]
    at, framed, up = 2, False, 1
    kept: list[bytes] = []
    while True:
        marker, start, end = _segment(data, at)
        body = data[start:end]
        if marker == _EXIF and body.startswith(b"Exif\0\0"):
            up = _orientation(body[6:]) or up
        if marker in _FRAMES:
            _require_size(*reversed(struct.unpack(">HH", body[1:5])))
            framed = True
        if _is_kept(marker, body):
            kept.append(data[at:end])
        at = end
        if marker == _SOS:
            break
    if not framed:
        raise ValueError("no frame")
    if up != 1:
        yield _upright(up)
    yield from kept
    yield from _scans(data, at)


def _is_kept(marker: int, body: bytes) -> bool:
    if marker == _ICC:
        return body.startswith(b"ICC_PROFILE\0")
    application = _APP0 <= marker <= _APP0 + 15
    return marker != _COM and (not application or marker in {_APP0, _ADOBE})


def _segment(data: bytes, at: int) -> tuple[int, int, int]:
    """Marker, start and end of the body of the segment at a place; lone markers have none."""
    if data[at] != 0xFF:
        raise ValueError("no marker")
    marker = data[at + 1]
    if marker in _ALONE:
        return marker, at + 2, at + 2
    (length,) = struct.unpack(">H", data[at + 2 : at + 4])
    if length < 2 or at + 2 + length > len(data) or marker in {_SOI, _EOI, 0xFF, 0}:
        raise ValueError("broken segment")
    return marker, at + 4, at + 2 + length


def _scans(data: bytes, at: int) -> Iterator[bytes]:
    """What follows the first start of scan, up to the end of the image; whatever a device hung on behind it is left."""
    start = at
    while True:
        at = data.index(b"\xff", at)
        marker = data[at + 1]
        if marker == 0 or marker in _ALONE or marker == 0xFF:
            at += 1 if marker == 0xFF else 2
        elif marker == _EOI:
            yield data[start : at + 2]
            return
        else:
            found, begin, end = _segment(data, at)
            if not _is_kept(found, data[begin:end]):
                yield data[start:at]
                start = end
            at = end


def _orientation(tiff: bytes) -> int:
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2], "")
    if not order:
        return 0
    (first,) = struct.unpack(order + "I", tiff[4:8])
    (count,) = struct.unpack(order + "H", tiff[first : first + 2])
    for entry in range(min(count, 100)):
        at = first + 2 + 12 * entry
        tag, _kind, _several, value = struct.unpack(order + "HHIH", tiff[at : at + 10])
        if tag == _ORIENTATION:
            return int(value) if 1 <= value <= 8 else 0
    return 0


def _upright(orientation: int) -> bytes:
    """An Exif segment that says which side is up, and nothing else."""
    tiff = b"MM\0*\0\0\0\x08" + struct.pack(">HHHIHHI", 1, _ORIENTATION, 3, 1, orientation, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _png(data: bytes) -> Iterator[bytes]:
    yield PNG
    at, kind = len(PNG), b""
    while kind != b"IEND":
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        end = at + 12 + length
        if end > len(data) or (at == len(PNG)) != (kind == b"IHDR"):
            raise ValueError("broken chunk")
        if kind == b"IHDR":
            _require_size(*struct.unpack(">II", data[at + 8 : at + 16]))
        if kind in _KEPT_CHUNKS:
            yield data[at:end]
        at = end
