"""Build for AWS's machines and deploy with the SAM CLI; the shell's AWS settings say to which account."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from infra.ops.stack import name

RUNTIME = "3.13"
PLATFORM = "aarch64-manylinux2014"


class CannotDeploy(Exception):
    """Something that the deployment needs is missing."""


def deploy(stage: str) -> None:
    """Raises `CannotDeploy`; what the SAM CLI says goes to the terminal as it comes."""
    if stage == "local":
        raise CannotDeploy("Name a stage: make deploy STAGE=production. For this machine there is make run.")
    environment = os.environ | {
        "LAYER_PYTHON": _python(),
        "LAYER_PLATFORM": PLATFORM,
        "UV": _tool("uv"),
        "SAM_CLI_TELEMETRY": "0",
    }
    folder = Path(".aws-sam") / stage
    sam = _tool("sam")
    subprocess.run([sam, "build", "--parallel", "--build-dir", str(folder)], env=environment, check=True)
    subprocess.run([*_push(sam, folder), "--stack-name", name(stage), *_parameters(stage)], env=environment, check=True)


def _push(sam: str, folder: Path) -> list[str]:
    capabilities = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]
    return [
        *(sam, "deploy", "--template-file", str(folder / "template.yaml"), "--resolve-s3"),
        *("--no-fail-on-empty-changeset", "--capabilities", *capabilities),
    ]


def _parameters(stage: str) -> list[str]:
    """`PARAMETERS='MailFrom=… AlarmAddress=…'` in the environment is passed on."""
    return ["--parameter-overrides", f"Stage={stage}", *os.environ.get("PARAMETERS", "").split()]


def _python() -> str:
    found = shutil.which(f"python{RUNTIME}")
    if found is None:
        raise CannotDeploy(f"Python {RUNTIME} is needed: the layers' bytecode is made for the version on AWS.")
    return found


def _tool(program: str) -> str:
    return str(Path(sys.executable).parent / program)
