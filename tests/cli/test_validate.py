import json
from pathlib import Path

from typer.testing import CliRunner

from hengliang.cli.main import build

runner = CliRunner()


def test_json_is_the_only_thing_on_stdout(tmp_path: Path):
    (tmp_path / "a.json").write_text('{"id": "x", "strange": 1}')
    result = runner.invoke(build(), ["validate", "--json", str(tmp_path)])
    document = json.loads(result.stdout)
    assert (document["passed"], document["failed"], len(document["skipped"])) == (0, 0, 1)
    assert result.exit_code == 1


def test_a_missing_path_is_bad_input(tmp_path: Path):
    result = runner.invoke(build(), ["validate", str(tmp_path / "absent")])
    assert result.exit_code == 2
    assert "is not there" in result.output
