"""Logs are lines with fields, and a failure is told without the values it stumbled over."""

import json
import logging
import logging.config

import pytest
import structlog

from hengliang.platform.site import logs


def said(form: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """What a failing function leaves in the log of this form."""
    monkeypatch.setenv("HENGLIANG_LOG", form)
    before = logging.root.handlers[:]
    try:
        logging.config.dictConfig(logs.settings())
        identity_number = "3301" + "0219900101"
        try:
            raise ValueError("it broke") from KeyError(len(identity_number))
        except ValueError:
            logging.getLogger("hengliang.somewhere").exception("failed", extra={"part": "web"})
    finally:
        logging.root.handlers[:] = before
        logging.config.dictConfig({"version": 1, "disable_existing_loggers": False, "incremental": True})
    return capsys.readouterr().err


def test_a_failure_is_one_json_line_without_local_values(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = said("json", monkeypatch, capsys)
    (line,) = text.splitlines()
    entry = json.loads(line)
    assert (entry["event"], entry["level"], entry["part"]) == ("failed", "error", "web")
    assert entry["exception"][0]["exc_type"] == "ValueError"
    assert "33010219900101" not in text


def test_at_a_terminal_it_is_text_without_local_values(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = said("console", monkeypatch, capsys)
    assert "ValueError: it broke" in text
    assert "33010219900101" not in text


def test_both_kinds_of_logger_end_in_one_handler() -> None:
    settings = logs.settings()
    assert list(settings["handlers"]) == ["all"]
    assert structlog.is_configured()


def test_a_secret_in_an_address_stands_in_no_log(client, db, capsys):
    with structlog.testing.capture_logs() as lines:
        client.get("/parties/invitation/SECRETTOKEN123456/")
    (line,) = [one for one in lines if one["event"] == "request"]
    assert line["view"] == "parties:invitation_accept"
    assert "SECRET" not in json.dumps(line, default=str)
