"""Photographs keep the picture and which side is up; nothing of where, when and with what they were taken."""

import struct
import zlib

import pytest
from django.core.files.base import ContentFile

from hengliang.platform.certificates.marks.photographs import LIMIT, cleaned
from hengliang.platform.certificates.services import photograph_add
from hengliang.platform.core import attachments
from hengliang.platform.core.errors import InputRefused, NotPermitted
from tests.platform import slice as walk
from tests.platform.certificates.stocked import JPEG, hand_out, put_on, stock

PLACE = b"GPSLatitude 32.92"


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def exif(orientation: int = 0) -> bytes:
    entries = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0) if orientation else b""
    tiff = b"II*\0\x08\0\0\0" + struct.pack("<H", 1 if orientation else 0) + entries + b"\0\0\0\0" + PLACE
    return segment(0xE1, b"Exif\0\0" + tiff)


def taken_by_phone(orientation: int = 0) -> bytes:
    inside = exif(orientation) + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + PLACE) + segment(0xFE, PLACE)
    panorama = segment(0xE2, b"MPF\0" + PLACE)
    return JPEG[:20] + inside + panorama + JPEG[20:] + b"hung on: " + PLACE


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    made = b"\x89PNG\r\n\x1a\n"
    for kind, body in chunks:
        made += struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return made


HEAD = (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
DOT = (b"IDAT", zlib.compress(b"\0\0"))
END = (b"IEND", b"")


def test_place_and_device_are_gone_from_a_jpeg():
    data, ending = cleaned(taken_by_phone())
    assert ending == ".jpg"
    assert data == JPEG
    assert PLACE not in data


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_which_side_is_up_stays(orientation):
    data, _ending = cleaned(taken_by_phone(orientation))
    assert PLACE not in data
    at = data.index(b"MM\0*")
    tag, kind, several, value = struct.unpack(">HHIH", data[at + 10 : at + 20])
    assert (tag, kind, several, value) == (0x0112, 3, 1, orientation)
    assert cleaned(data)[0] == data


def test_a_png_keeps_the_picture_only():
    told = png(HEAD, (b"tEXt", b"GPS\0" + PLACE), (b"eXIf", PLACE), DOT, (b"tIME", b"\0" * 7), END) + PLACE
    assert cleaned(told) == (png(HEAD, DOT, END), ".png")


def broken() -> dict[str, bytes]:
    return {
        "no picture": b"%PDF-1.7",
        "web page": b"<svg onload=alert(1)>",
        "name only": b"\xff\xd8\xff",
        "broken off": JPEG[:-2],
        "in a segment": JPEG[:60],
        "no frame": JPEG[:20] + b"\xff\xd9",
        "png broken off": png(HEAD, DOT),
        "png without head": png(DOT, END),
        "too many pixels": png((b"IHDR", struct.pack(">IIBBBBB", 15_000, 15_000, 8, 0, 0, 0, 0)), DOT, END),
        "no pixels": png((b"IHDR", struct.pack(">IIBBBBB", 0, 1, 8, 0, 0, 0, 0)), DOT, END),
        "too large": JPEG + b"\0" * LIMIT,
    }


@pytest.mark.parametrize("what", broken())
def test_what_is_no_whole_picture_of_a_fair_size_is_refused(what):
    with pytest.raises(InputRefused):
        cleaned(broken()[what])


def test_our_reading_of_a_picture_agrees_with_another_reader():
    pillow = pytest.importorskip("PIL.Image", reason="no other reader of pictures here")
    import io

    drawn = pillow.effect_noise((60, 40), 30).convert("RGB")
    for kind, options in (("JPEG", {"progressive": True}), ("JPEG", {"quality": 60}), ("PNG", {})):
        out = io.BytesIO()
        drawn.save(out, kind, **options)
        again = pillow.open(io.BytesIO(cleaned(out.getvalue())[0]))
        assert again.tobytes() == pillow.open(io.BytesIO(out.getvalue())).tobytes()


@pytest.mark.django_db
def test_a_photograph_of_a_mark_is_kept_clean_and_read_by_whoever_sees_the_mark(cast):
    scale = walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")
    stock(cast)
    hand_out(cast, "衡检A000001", "衡检A000100")
    mark = put_on(cast, scale, "衡检A000001", photograph=ContentFile(taken_by_phone(), name="C:\\照片\\IMG_1.JPEG"))
    with pytest.raises(NotPermitted):
        photograph_add(actor=cast.actor("owner"), subject=mark, photograph=ContentFile(JPEG, name="a.jpg"))
    kept = photograph_add(
        actor=cast.actor("verifier"), subject=mark, photograph=ContentFile(taken_by_phone(6), name="")
    )
    assert PLACE not in (attachments.read(kept) or PLACE)
    assert kept.media_type == "image/jpeg"
    sees = {who: attachments.may_read(cast.actor(who), kept) for who in ("owner", "verifier", "authority", "reviewer")}
    assert all(sees.values()), sees
    assert not any(attachments.may_read(cast.actor(who), kept) for who in ("foreign_owner", "foreign_verifier"))
