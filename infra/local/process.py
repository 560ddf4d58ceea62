"""The MiniStack process: its environment, its start and its end."""

import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from infra.local.cloud import endpoint
from infra.local.errors import ProgramMissing, StartFailed, StopFailed

START_SECONDS = 60
STOP_SECONDS = 30
# Functions inherit MiniStack's environment, so it gets nothing else of the shell's.
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT")


def environment(port: int, home: Path) -> dict[str, str]:
    """MiniStack's settings: IAM enforced, local callers only, state and objects under `home`."""
    folder = home.resolve()
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return kept | {
        "AUTH": "true",
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "AWS_ENDPOINT_URL": endpoint(port),
        "PERSIST_STATE": "1",
        "STATE_DIR": str(folder / "state"),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(folder / "objects"),
        "TMPDIR": str(folder / "tmp"),
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
    }


def launch(program: Sequence[str], env: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    """Run a Python program that serves MiniStack; it outlives this process and its terminal."""
    if importlib.util.find_spec("ministack") is None:
        raise ProgramMissing(f"MiniStack is not installed for {sys.executable}: install the development tools.")
    with log.open("wb") as out:
        return subprocess.Popen(
            [sys.executable, "-P", *program],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def wait_until(healthy: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not healthy():
        if process.poll() is not None:
            raise StartFailed(f"MiniStack ended while starting ({_last_line(log)}); see {log}.")
        if time.monotonic() > deadline:
            process.terminate()
            raise StartFailed(f"MiniStack did not answer within {START_SECONDS} s; see {log}.")
        time.sleep(0.1)


def wait_until_gone(pid: int) -> None:
    """MiniStack saves its state while it ends, so it is never killed."""
    deadline = time.monotonic() + STOP_SECONDS
    while not gone(pid):
        if time.monotonic() > deadline:
            raise StopFailed(f"MiniStack (process {pid}) did not end within {STOP_SECONDS} s.")
        time.sleep(0.1)


def gone(pid: int) -> bool:
    """True also for a child of this process that has ended and was not yet collected."""
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return not _exists(pid)


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
