"""How much CPU a cold start costs, as a ratio to one DynamoDB client of the ordinary, complete botocore.

CPU and not seconds, and a ratio and not milliseconds: both hold on a busy machine and on another one.
A start ends when the handler is loaded and the client of the first request exists;
taking the interpreter down is not part of it.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "layers" / "runtime" / "requirements.txt"
LIMITS = {"submission": 1.32, "tracking": 1.32, "review": 1.38}
"""Ratios that must not be passed. Nobody waits for a review; it loads the facts, policies and answers of its rules."""

LAYERS = ("RuntimeLayer", "CoreLayer")
EXTRA_LAYERS = {
    "authorizer": ("IdentityLayer",),
    "desk": ("IdentityLayer",),
    "review": ("RulesLayer",),
    "policy": ("RulesLayer",),
    "backtest": ("RulesLayer",),
    "resolution": ("PaymentsLayer",),
    "payments": ("PaymentsLayer",),
    "parcels": ("CarriersLayer",),
    "carriers": ("CarriersLayer",),
}

BASELINE = "import botocore.session; botocore.session.get_session().create_client('dynamodb')"
START = "import {module}; from aftersales.aws import client; client('dynamodb')"
END = "; import os; os._exit(0)"

# What Lambda sets, and what Globals in template.yaml sets.
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "bench",
    "AWS_SECRET_ACCESS_KEY": "bench",
    "AWS_REGION": "eu-west-1",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_LAMBDA_FUNCTION_NAME": "bench",
    "LAMBDA_TASK_ROOT": "/var/task",
    "_X_AMZN_TRACE_ID": "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
    "POWERTOOLS_SERVICE_NAME": "bench",
    "POWERTOOLS_METRICS_NAMESPACE": "bench",
    "PYDANTIC_DISABLE_PLUGINS": "__all__",
}


VERDICTS: dict[object, str] = {True: "[green]yes", False: "[red]no", None: ""}


class Case(NamedTuple):
    name: str
    code: str
    path: tuple[Path, ...]


def baseline(python: str, folder: Path) -> Case:
    """The locked botocore as its wheel ships it, with bytecode: installed once for each lock and interpreter."""
    wanted = f"{subprocess.check_output([python, '-VV'], text=True)}\n{LOCK.read_text()}"
    stamp = folder / ".installed-from"
    if not stamp.exists() or stamp.read_text() != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        uv = os.environ.get("UV") or shutil.which("uv") or Path(sys.executable).with_name("uv")
        options = ["--quiet", "--no-deps", "--require-hashes", "--requirements", str(LOCK)]
        subprocess.run([uv, "pip", "install", "--python", python, "--target", folder, *options], check=True)
        subprocess.run([python, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", folder], check=True)
        stamp.write_text(wanted)
    return Case("baseline", BASELINE, (folder,))


def functions(build: Path) -> list[Case]:
    """Every built function, with its code before its layers as on Lambda."""
    cases = []
    for app in sorted(build.glob("*/functions/*/app.py")):
        name = app.parent.name
        layers = (build / layer / "python" for layer in (*LAYERS, *EXTRA_LAYERS.get(name, ())))
        cases.append(Case(name, START.format(module=f"functions.{name}.app"), (app.parents[2], *layers)))
    return cases


def cpu_milliseconds(python: str, case: Case) -> float:
    """User and system time of one fresh process that sees only the case's path: no site-packages, no current folder."""
    environment = ENVIRONMENT | {"PYTHONPATH": os.pathsep.join(map(str, case.path))}
    process = os.posix_spawn(python, [python, "-S", "-P", "-B", "-c", case.code + END], environment)
    _, status, usage = os.wait4(process, 0)
    if status:
        raise SystemExit(f"{case.name} does not start")
    return (usage.ru_utime + usage.ru_stime) * 1000


def measure(python: str, cases: list[Case], runs: int) -> dict[str, float]:
    """Medians of interleaved runs, after one that fills the disk cache."""
    samples: dict[str, list[float]] = {case.name: [] for case in cases}
    for run in range(runs + 1):
        for case in cases:
            spent = cpu_milliseconds(python, case)
            if run:
                samples[case.name].append(spent)
    return {name: statistics.median(spent) for name, spent in samples.items()}


def report(medians: dict[str, float]) -> dict[str, dict[str, float | bool | None]]:
    return {
        name: {
            "cpu_ms": round(median, 1),
            "ratio": (ratio := round(median / medians["baseline"], 2)),
            "within_limit": ratio <= LIMITS[name] if name in LIMITS else None,
        }
        for name, median in medians.items()
    }


def show(rows: dict[str, dict[str, float | bool | None]], runs: int) -> None:
    table = Table("function", "CPU, ms", "ratio", "at most", "kept", title=f"Cold start, medians of {runs}")
    for name, row in rows.items():
        limit = f"{LIMITS[name]:.2f}" if name in LIMITS else ""
        table.add_row(name, f"{row['cpu_ms']:.0f}", f"{row['ratio']:.2f}", limit, VERDICTS[row["within_limit"]])
    Console().print(table)


def main() -> int:
    made = ROOT / ".aws-sam"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, default=made / "build", help="what `sam build` made")
    parser.add_argument("--baseline", type=Path, default=made / "cold-start-baseline", help="kept between runs")
    parser.add_argument("--python", default=sys.executable, help="the interpreter that the layers were built for")
    parser.add_argument("--runs", type=int, default=21)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    arguments = parser.parse_args()

    python = os.path.realpath(shutil.which(arguments.python) or arguments.python)
    cases = [baseline(python, arguments.baseline), *functions(arguments.build)]
    if missing := set(LIMITS) - {case.name for case in cases}:
        raise SystemExit(f"not built: {', '.join(sorted(missing))} (in {arguments.build})")
    rows = report(measure(python, cases, arguments.runs))
    show(rows, arguments.runs)
    if arguments.json:
        version = subprocess.check_output([python, "-V"], text=True).split()[1]
        figures = {"python": version, "runs": arguments.runs, "limits": LIMITS, "functions": rows}
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n")
    return int(any(row["within_limit"] is False for row in rows.values()))


if __name__ == "__main__":
    sys.exit(main())
