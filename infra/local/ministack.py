"""Start, stop and reset MiniStack, with IAM enforced and its state on disk."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from http.client import HTTPException
from pathlib import Path

from infra.local import process
from infra.local.cloud import PORT, endpoint
from infra.local.errors import AlreadyRunning, PortBusy

HOME = Path(".local")
# Stream records that no function has read are lost at a stop, so readers get a moment first.
SETTLE_SECONDS = 1.5


@dataclass(frozen=True)
class Running:
    """A MiniStack process and the port it serves."""

    pid: int
    port: int
    metered: bool = False

    @property
    def url(self) -> str:
        return endpoint(self.port)


def start(
    port: int = PORT, home: Path = HOME, env: Mapping[str, str] | None = None, meter: Path | None = None
) -> Running:
    """Start MiniStack, or return the one that serves this folder already.

    `env` adds settings of MiniStack's own (say SMTP_HOST); `meter` is the file that `meter.py` writes.
    """
    if found := running(home):
        return _fitting(found, port, metered=meter is not None)
    require_free(port)
    _prepare(home)
    settings = process.environment(port, home) | ({"METER_FILE": str(meter.resolve())} if meter else {})
    program = [str(Path(__file__).with_name("emulator.py"))]
    started = process.launch(program, settings | dict(env or {}), log_file(home))
    found = Running(started.pid, port, metered=meter is not None)
    _record(home).write_text(json.dumps(asdict(found)))
    process.wait_until(lambda: answers(port), started, log_file(home))
    return found


def stop(home: Path = HOME) -> bool:
    """End MiniStack so that it saves its state; False when it was not running."""
    found = running(home)
    if found is None:
        return False
    time.sleep(SETTLE_SECONDS)
    os.kill(found.pid, signal.SIGTERM)
    process.wait_until_gone(found.pid)
    _record(home).unlink(missing_ok=True)
    return True


def reset(home: Path = HOME) -> None:
    """Stop, and forget all that was deployed or stored; what `sam build` made is kept."""
    stop(home)
    _throw_away(home / "tmp")
    for name in ("state", "objects"):
        shutil.rmtree(home / name, ignore_errors=True)


def running(home: Path = HOME) -> Running | None:
    """The process that serves this folder, if it is alive and answers."""
    try:
        found = Running(**json.loads(_record(home).read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    return found if not process.gone(found.pid) and answers(found.port) else None


def answers(port: int = PORT) -> bool:
    """Whether a MiniStack answers on the port."""
    try:
        with urllib.request.urlopen(f"{endpoint(port)}/_ministack/health", timeout=2) as response:
            return b"services" in response.read()
    except (OSError, ValueError, HTTPException):  # what answers may speak no HTTP
        return False


def log_file(home: Path = HOME) -> Path:
    return home / "ministack.log"


def _record(home: Path) -> Path:
    return home / "ministack.json"


def _fitting(found: Running, port: int, *, metered: bool) -> Running:
    if found.port != port:
        raise AlreadyRunning(f"The local cloud already runs on port {found.port}: stop it before using {port}.")
    if metered and not found.metered:
        raise AlreadyRunning("The local cloud runs without its meter: stop it before measuring.")
    return found


def require_free(port: int) -> None:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) != 0:
            return
    owner = "another MiniStack" if answers(port) else "another program"
    raise PortBusy(f"Port {port} is taken by {owner}: end it, or choose another port.")


def _prepare(home: Path) -> None:
    _throw_away(home / "tmp")
    for name in ("state", "objects", "tmp"):
        (home / name).mkdir(parents=True, exist_ok=True)
    _forget_stream_positions(home / "state" / "lambda.json")


def _throw_away(folder: Path) -> None:
    """Every process of a function has its copy of the layers: removing them takes minutes on some disks, and is not
    waited for.
    """
    if folder.exists():
        folder.rename(folder.with_name(f"trash-{time.time_ns()}"))
    trash = [str(each.resolve()) for each in folder.parent.glob("trash-*")]
    if trash:
        subprocess.Popen(["rm", "-rf", *trash], start_new_session=True)


def _forget_stream_positions(saved: Path) -> None:
    """MiniStack saves how far a function read a stream, not the stream: it would skip as many new records."""
    if saved.exists():
        state = json.loads(saved.read_text())
        state["payload"]["dynamodb_stream_positions"] = {}
        saved.write_text(json.dumps(state))
