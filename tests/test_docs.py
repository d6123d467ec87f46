"""The documents say what is there: every command, every model with its fields, every link."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
import typer.main
from django.apps import apps
from typer.core import TyperGroup

from hengliang.cli.main import build

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md"), *(ROOT / "src").rglob("README.md")])
LINK = re.compile(r"(?<!`)\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
INHERITED = {"id"}
MODELS = [model for model in apps.get_models() if model.__module__.startswith("hengliang.")]
# History tables are made by pghistory from the model that they follow; the index of the models explains them.
PAGED = [model for model in MODELS if not model.__name__.endswith("Event")]


def commands(group: TyperGroup, path: str = "hengliang") -> list[str]:
    """Every command of the program, with its family."""
    found = []
    for name, command in group.commands.items():
        full = f"{path} {name}"
        found += commands(command, full) if isinstance(command, TyperGroup) else [full]
    return found


def anchors(page: Path) -> set[str]:
    """The names by which headings of a page can be linked to."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


def test_every_command_has_its_line() -> None:
    page = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    group = typer.main.get_command(build())
    assert isinstance(group, TyperGroup)
    found = commands(group)
    assert len(found) > 10
    assert not [one for one in found if f"`{one}" not in page]


def test_every_example_file_is_named() -> None:
    said = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    found = [path.name for path in (ROOT / "examples").iterdir() if path.is_file()]
    assert not [name for name in found if name not in said]


@pytest.mark.parametrize("model", PAGED, ids=lambda model: model._meta.label)
def test_every_model_has_a_page_that_names_each_field(model: type) -> None:
    page = DOCS / "models" / model._meta.app_label / f"{model.__name__.lower()}.md"
    assert page.exists(), f"{page.relative_to(ROOT)} is missing: say what each field means"
    named = set(re.findall(r"`(\w+)`", page.read_text(encoding="utf-8")))
    fields = {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}
    assert not fields - INHERITED - named


def test_the_index_of_models_is_whole() -> None:
    index = (DOCS / "models" / "README.md").read_text(encoding="utf-8")
    assert not [model._meta.label for model in MODELS if f"{model.__name__}]" not in index and model in PAGED]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for link in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / unquote(path)).resolve() if path else page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            broken.append(link)
    assert not broken


def test_the_map_of_documents_leads_to_each() -> None:
    """From `docs/README.md` every page is reached in at most two steps."""

    def leads(page: Path) -> set[Path]:
        links = LINK.findall(page.read_text(encoding="utf-8"))
        return {(page.parent / link.partition("#")[0]).resolve() for link in links if not link.startswith("http")}

    first = leads(DOCS / "README.md")
    second = {target for page in first if page.suffix == ".md" and page.exists() for target in leads(page)}
    assert not set(DOCS.rglob("*.md")) - first - second - {DOCS / "README.md"}


def test_both_readmes_show_the_same() -> None:
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md"))
    assert re.findall(r"`hengliang ([a-z ]+)", english) == re.findall(r"`hengliang ([a-z ]+)", chinese)
    assert re.findall(r"\]\((docs/[^)]+)\)", english) == re.findall(r"\]\((docs/[^)]+)\)", chinese)
