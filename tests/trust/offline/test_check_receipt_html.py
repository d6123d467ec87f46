"""The page that checks without a network, in a real browser, with and without the browser's own Ed25519."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from hengliang.trust.offline import check_receipt as offline
from tests.trust.offline.conftest import Case

PAGE = Path(offline.__file__).with_suffix(".html")
pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser) -> Iterator[Page]:
    context = browser.new_context(offline=True)
    opened = context.new_page()
    opened.goto(PAGE.as_uri())
    yield opened
    context.close()


def ask(page: Page, case: Case, content: bytes | None = None, quorum: int = 1) -> dict:
    given = [
        (content or case.content).decode(),
        "\n".join(case.log_keys),
        "\n".join(case.witness_keys),
        quorum,
    ]
    return page.evaluate("given => check(...given)", given)


def python(case: Case, content: bytes, quorum: int = 1) -> dict:
    keys = [[offline.read_key(one) for one in names] for names in (case.log_keys, case.witness_keys)]
    return offline.answer(content, *keys, quorum)


@pytest.mark.parametrize("name", ["receipt_case", "draw_case"])
def test_answers_as_the_python_file_does(page: Page, name: str, request: pytest.FixtureRequest) -> None:
    case = request.getfixturevalue(name)
    found = ask(page, case)
    assert found == python(case, case.content)
    assert found["verdict"] == "valid"


def test_altered_files_get_the_same_answer_as_in_python(page: Page, receipt_case: Case, draw_case: Case) -> None:
    for case in (receipt_case, draw_case):
        for at in range(40, len(case.content), 97):
            changed = case.content[:at] + bytes([case.content[at] ^ 1]) + case.content[at + 1 :]
            try:
                expected = python(case, changed)["verdict"]
            except ValueError:
                expected = "refused"
            try:
                found = ask(page, case, changed)["verdict"]
            except Exception as fault:
                assert "Error" in str(fault)
                found = "refused"
            # Where a form is wrong, one may refuse the file and the other call it invalid.
            assert (found == "valid") == (expected == "valid"), at


def test_a_drand_round_is_indeterminate_as_in_python(page: Page, drand_case: Case) -> None:
    assert ask(page, drand_case) == python(drand_case, drand_case.content)
    assert ask(page, drand_case)["verdict"] == "indeterminate"


def test_old_browser_without_ed25519_answers_alike(page: Page, receipt_case: Case) -> None:
    page.evaluate("() => { crypto.subtle.importKey = () => Promise.reject(new Error('unknown')); }")
    assert ask(page, receipt_case) == python(receipt_case, receipt_case.content)
    forged = receipt_case.content.replace(b"certificate.issued", b"certificate.issuee")
    assert ask(page, receipt_case, forged)["verdict"] == "invalid"


def test_a_person_reads_the_answer(page: Page, receipt_case: Case, tmp_path: Path) -> None:
    page.set_input_files("#file", receipt_case.write(tmp_path / "receipt.json"))
    page.fill("#logs", receipt_case.log_keys[0])
    page.fill("#witnesses", "\n".join(receipt_case.witness_keys))
    page.fill("#quorum", "2")
    page.click("button")
    page.wait_for_selector("#result:not([hidden])")
    assert "有效 · valid" in page.inner_text("#verdict")
    shown = page.inner_text("#result")
    for text in (
        "日志签名",
        "截至检查点的状态",
        "stands as of size 300",
        "日志不能证明的事",
        "不证明测量本身正确",
    ):
        assert text in shown
    (tmp_path / "other.json").write_text(json.dumps({"format": "x"}))
    page.set_input_files("#file", tmp_path / "other.json")
    page.click("button")
    page.wait_for_selector("#verdict.invalid")


def test_nothing_can_be_fetched(page: Page) -> None:
    outcome = page.evaluate("() => fetch('http://127.0.0.1:9/').then(() => 'sent', fault => String(fault))")
    assert "TypeError" in outcome
    policy = page.get_attribute("meta[http-equiv]", "content")
    assert "default-src 'none'" in policy
