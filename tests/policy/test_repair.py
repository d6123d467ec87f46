"""Pinyin tags, byte splices, script, width: each repair on damage that the test makes itself."""

import pytest

from hengliang.policy.repair import mend
from hengliang.policy.repair.byte_splices import undo_splices
from hengliang.policy.repair.pinyin_tags import drop_tags


def tagged_by_bytes(text: str, character: str, syllable: str) -> str:
    """What a site makes of a text that replaces a character by itself and a tag, on GBK bytes.

    Its decoder takes a bad first byte with the byte behind it as one `?`.
    """
    found = character.encode("gbk")
    content = text.encode("gbk").replace(found, found + f"({syllable})".encode("gbk"))
    decoded, at = "", 0
    while at < len(content):
        if content[at] < 0x80:
            decoded, at = decoded + chr(content[at]), at + 1
            continue
        pair = content[at : at + 2]
        try:
            decoded += pair.decode("gbk")
        except UnicodeDecodeError:
            decoded += "?"
        at += 2
    return decoded


@pytest.mark.parametrize(
    ("text", "character", "syllable"),
    [("生活密切相關的領域為重點", "驗", "yàn"), ("推進水表、燃氣表的檢定", "細", "xì")],
)
def test_a_splice_made_on_bytes_is_undone(text: str, character: str, syllable: str) -> None:
    damaged = tagged_by_bytes(text, character, syllable)
    assert "?" in damaged
    mended, count = undo_splices(damaged)
    assert (mended, count) == (text, 1)


def test_two_splices_behind_each_other() -> None:
    mended, _ = mend("持續(xù)推進(jìn)水表、燃?xì)獗韽?qiáng)制檢定“二檢合一”改革")
    assert mended == "持续推进水表、燃气表强制检定“二检合一”改革"


def test_a_narrowed_mark_across_two_characters_is_undone() -> None:
    assert mend("推進機構(gòu)建設(shè)??茖W(xué)規(guī)劃發(fā)展定位")[0] == "推进机构建设。科学规划发展定位"


@pytest.mark.parametrize(
    "text", ["这样做行吗?好的。", "检定(e-CQS)平台", "质量(kg)与长度", "(一)总体要求", "传感器(MEMS)研究"]
)
def test_what_is_right_stays(text: str) -> None:
    assert mend(text) == (text, ())


def test_tags_with_and_without_tone() -> None:
    assert drop_tags("監(jiān)管(guan)和計（jì）量(g)") == ("監管和計量(g)", 3)


def test_zhe_before_li_becomes_simplified() -> None:
    assert mend("著力加強顯著成效")[0] == "着力加强显著成效"


def test_width_and_blanks() -> None:
    assert mend("到 ２０２５ 年，新 建 ５０ 项，达９５％。")[0] == "到2025年，新建50项，达95%。"
