"""The SAM CLI, run against the local cloud with its output in a log file."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from infra.local import cloud
from infra.local.errors import ProgramMissing

ERROR = re.compile(r"^(?:Build Failed|Error: )(.*)")


@dataclass(frozen=True)
class Sam:
    """The SAM CLI for one local cloud; `watch` sees each line that goes to the log."""

    port: int
    log: Path
    watch: Callable[[str], None]

    def build(self, template: Path, output: Path) -> bool:
        """Build functions and layers for the Python at hand; False when it failed."""
        return self._run(["build", "--template-file", str(template), "--build-dir", str(output), "--parallel"])

    def deploy(self, built: Path, stack: str, parameters: Mapping[str, str]) -> bool:
        """Deploy a built template; False when it failed."""
        arguments = ["deploy", "--template-file", str(built), "--stack-name", stack, "--resolve-s3"]
        arguments += ["--capabilities", "CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]
        arguments += ["--no-confirm-changeset", "--no-fail-on-empty-changeset", "--region", cloud.REGION]
        overrides = [f"{name}={value}" for name, value in parameters.items()]
        return self._run([*arguments, *(["--parameter-overrides", *overrides] if overrides else [])])

    def last_error(self) -> str:
        """The last error that the SAM CLI printed, in its own words."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        found = [match[1].strip() for line in lines if (match := ERROR.match(line)) and match[1].strip()]
        return found[-1] if found else "it gave no reason"

    def _run(self, arguments: Sequence[str]) -> bool:
        settings = self.log.with_name("samconfig.toml")
        settings.write_text("version = 0.1\n", encoding="utf-8")
        command = [_program(), *arguments, "--config-file", str(settings.resolve())]
        with self.log.open("w", encoding="utf-8") as out, _process(command, self.port) as process:
            for line in process.stdout or ():
                out.write(line)
                self.watch(line)
        return process.returncode == 0


def _process(command: Sequence[str], port: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command,
        env=_environment(port),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _environment(port: int) -> dict[str, str]:
    """The shell's variables without its AWS settings, so that nothing can reach a real account."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "SAM_"))}
    tools = str(Path(sys.executable).parent)
    own = {
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "PATH": os.pathsep.join((tools, os.environ.get("PATH", ""))),
        "LAYER_PYTHON": sys.executable,
        "UV": _beside_python("uv") or "uv",
        "SAM_CLI_TELEMETRY": "0",
        "SAM_CLI_POLL_DELAY": "1",
        "COLUMNS": "250",
    }
    return kept | cloud.environment(port) | own


def _program() -> str:
    found = _beside_python("sam")
    if found is None:
        raise ProgramMissing(f"The SAM CLI is not installed for {sys.executable}: install the development tools.")
    return found


def _beside_python(name: str) -> str | None:
    return shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
