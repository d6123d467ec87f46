"""The README of an app shows its states as they are."""

import importlib
import re
from pathlib import Path

import pytest
from django.apps import apps

import hengliang.platform
from hengliang.platform.core.transitions import Workflow

ROOT = Path(hengliang.platform.__file__).parent
DIAGRAM = re.compile(r"```mermaid\n(.*?)\n```", re.DOTALL)
APPS = sorted(app.label for app in apps.get_app_configs() if app.name.startswith("hengliang.platform."))


def workflows(label: str) -> dict[str, Workflow]:
    """The transition tables that an app defines."""
    if not (ROOT / label / "states.py").exists():
        return {}
    module = importlib.import_module(f"hengliang.platform.{label}.states")
    return {name: value for name, value in vars(module).items() if isinstance(value, Workflow)}


def test_work_flows_are_found() -> None:
    assert {"verification", "certificates", "registry"} <= {label for label in APPS if workflows(label)}


@pytest.mark.parametrize("label", APPS)
def test_the_readme_of_an_app_shows_each_of_its_work_flows(label: str) -> None:
    if label == "site":
        pytest.skip("site wires the others and has no state")
    shown = DIAGRAM.findall((ROOT / label / "README.md").read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(flow.mermaid() for flow in workflows(label).values())
