"""What keeps the local desk from starting is said in one line that a person can act on."""

import socket
import sys
from pathlib import Path

import pytest

from infra.local import ministack, sam
from infra.local.errors import PortBusy, ProgramMissing


def test_a_busy_port_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortBusy) as told:
            ministack.require_free(port)
    assert str(port) in str(told.value)
    assert "\n" not in str(told.value)


def test_a_missing_sam_cli_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(ProgramMissing, match="SAM CLI") as told:
        sam.Sam(4566, tmp_path / "log", print).build(Path("template.yaml"), tmp_path)
    assert "\n" not in str(told.value)
