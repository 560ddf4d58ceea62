"""Build the template and deploy it to the local cloud; what did not change is not done again."""

import hashlib
import json
import re
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.status import Status

from infra.local import contract, stacks
from infra.local.cloud import PORT
from infra.local.errors import BuildFailed, DeployFailed, NotRunning
from infra.local.ministack import HOME, answers
from infra.local.sam import Sam

SOURCES = ("template.yaml", "functions", "layers", "infra", "pyproject.toml")
CONTRACT = Path("infra/openapi.yaml")
DONE = re.compile(r"^(?:CREATE|UPDATE)_COMPLETE\s+AWS::\S+\s+(\S+)")


@dataclass(frozen=True)
class Deployment:
    """What is deployed where. `sources` are the files and folders that decide whether a build is needed."""

    stack: str = "aftersales"
    port: int = PORT
    home: Path = HOME
    root: Path = Path()
    sources: Sequence[str] = SOURCES

    @property
    def built(self) -> Path:
        return self.home / "build" / "template.yaml"


def deploy(
    what: Deployment, parameters: Mapping[str, str] | None = None, console: Console | None = None
) -> dict[str, str]:
    """Bring the stack up to date and return its outputs; a LocalError says in one line why it cannot."""
    if not answers(what.port):
        raise NotRunning(f"No local cloud answers on port {what.port}: start it first.")
    what.home.mkdir(parents=True, exist_ok=True)
    shown = console or Console(stderr=True)
    inputs = fingerprint(what)
    values = dict(parameters or {})
    wanted = hashlib.sha256(json.dumps([inputs, values], sort_keys=True).encode()).hexdigest()
    if stacks.remembered(what.stack, what.port) == wanted:
        shown.print("Nothing to deploy: no change since the last time")
        return stacks.outputs(what.stack, what.port)
    _build(what, inputs, shown)
    _push(what, values, shown)
    outputs = stacks.outputs(what.stack, what.port)
    _complete_api(what, outputs)
    stacks.remember(what.stack, wanted, what.port)
    return outputs


def fingerprint(what: Deployment) -> str:
    """A digest of all that a build reads, and of the Python that native wheels are made for."""
    digest = hashlib.sha256(sys.version.encode())
    for source in what.sources:
        for path in sorted(_files(what.root / source)):
            digest.update(f"{path.relative_to(what.root)}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(source: Path) -> list[Path]:
    own = Path(__file__).parent
    if source.is_file():
        return [source]
    found = (path for path in source.rglob("*") if path.is_file())
    return [path for path in found if "__pycache__" not in path.parts and own not in path.resolve().parents]


def _build(what: Deployment, inputs: str, console: Console) -> None:
    stamp = what.home / "build.sha256"
    if what.built.exists() and stamp.exists() and stamp.read_text() == inputs:
        return
    started = time.monotonic()
    with console.status("Building functions and layers"):
        tool = Sam(what.port, what.home / "build.log", watch=_ignore)
        if not tool.build(what.root / "template.yaml", what.built.parent):
            raise BuildFailed(f"sam build failed: {tool.last_error()} Details: {tool.log}")
    stamp.write_text(inputs)
    console.print(f"Built in {time.monotonic() - started:.0f} s")


def _push(what: Deployment, parameters: Mapping[str, str], console: Console) -> None:
    started, since = time.monotonic(), datetime.now(UTC).replace(microsecond=0)
    with console.status("Deploying") as status:
        tool = Sam(what.port, what.home / "deploy.log", watch=Progress(status))
        if not tool.deploy(what.built, what.stack, parameters):
            reason = stacks.first_failure(what.stack, since, what.port) or tool.last_error()
            raise DeployFailed(f"Deploying {what.stack} failed: {reason} Details: {tool.log}")
    console.print(f"Deployed in {time.monotonic() - started:.0f} s")


def _ignore(_line: str) -> None:
    """A build prints nothing that is worth showing."""


class Progress:
    """Shows how many resources are done, from the events that the SAM CLI prints."""

    def __init__(self, status: Status) -> None:
        self._status = status
        self._done: set[str] = set()

    def __call__(self, line: str) -> None:
        if match := DONE.match(line):
            self._done.add(match[1])
            self._status.update(f"Deploying: {len(self._done)} resources, {match[1]}")


def _complete_api(what: Deployment, outputs: Mapping[str, str]) -> None:
    declared = what.root / CONTRACT
    if "ApiId" in outputs and declared.exists():
        contract.apply(outputs["ApiId"], declared, what.port)
