"""The command line of policy owners, in this process."""

from collections.abc import Callable
from pathlib import Path

import pytest

from infra.cli.__main__ import main
from infra.cli.layout import written
from tests.unit.policy.lantern import TERMS

Said = Callable[..., tuple[int, str]]
BROKEN = {">= 3": ">= three"}
"""A cell that cannot be read, for `file`."""


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """Runs `aftersales policy …`; gives the exit code and all that was on the screen."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("AFTERSALES_URL", raising=False)
    monkeypatch.delenv("AFTERSALES_TOKEN", raising=False)

    def run(*arguments: object) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["aftersales", "policy", *map(str, arguments)])
        code = main()
        return code, "".join(capsys.readouterr())

    return run


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """A file with the tea shop's terms, in which some text was replaced."""

    def write(**cells: str) -> Path:
        text = written(TERMS)
        for before, after in cells.items():
            assert before in text
            text = text.replace(before, after)
        path = tmp_path / "lantern.json"
        path.write_text(text, encoding="utf-8")
        return path

    return write
