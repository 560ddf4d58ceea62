"""What keeps the local desk from starting is said in one line that a person can act on."""

import socket
import socketserver
import sys
from pathlib import Path
from threading import Thread

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


class Greeting(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        self.request.sendall(b"220 localhost Python SMTP\r\n")


def test_a_port_at_which_something_else_answers_is_named_too() -> None:
    """A mailbox that was left, say: it greets before it is asked."""
    with socketserver.TCPServer(("127.0.0.1", 0), Greeting) as other:
        Thread(target=other.serve_forever, daemon=True).start()
        with pytest.raises(PortBusy, match="another program"):
            ministack.require_free(other.server_address[1])
        other.shutdown()


def test_a_missing_sam_cli_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(ProgramMissing, match="SAM CLI") as told:
        sam.Sam(4566, tmp_path / "log", print).build(Path("template.yaml"), tmp_path)
    assert "\n" not in str(told.value)
