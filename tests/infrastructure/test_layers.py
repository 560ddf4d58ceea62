"""The layers hold what the functions import, and a start loads nothing that it does not need."""

import os
import re
import runpy
import subprocess
import sys
from functools import cache
from importlib.metadata import packages_distributions

import pytest

from tests.infrastructure.source import clients_of, imports, modules, path_of, reachable
from tests.infrastructure.templates import ROOT, folder, functions, template

HOT = ("Storefront", "Submission", "Tracking", "Review")
SLOW = {
    "asyncio",
    "boto3",
    "cryptography",
    "jinja2",
    "jwt",
    "requests",
    "aws_lambda_powertools.event_handler",
    "aws_lambda_powertools.utilities.batch",
    "aws_lambda_powertools.utilities.data_classes",
    "aws_lambda_powertools.utilities.idempotency",
    "aws_lambda_powertools.utilities.parameters",
    "aws_lambda_powertools.utilities.parser",
    "pydantic.networks",
}
"""14 to 60 ms each, at every start of a function that somebody waits for."""

UNSEEN = {
    "aws-xray-sdk": "Powertools' tracer imports it",
    "wrapt": "the X-Ray SDK imports it; the line keeps it below 2, which imports asyncio",
}
"""Packages that are asked for by name although no line of ours imports them."""


def locked(layer: str) -> set[str]:
    """The packages of a layer's lock file."""
    text = (ROOT / "layers" / layer / "requirements.txt").read_text(encoding="utf-8")
    return set(re.findall(r"^([\w-]+)==", text, re.MULTILINE))


def asked_for(layer: str) -> set[str]:
    text = (ROOT / "layers" / layer / "requirements.in").read_text(encoding="utf-8")
    return set(re.findall(r"^([\w-]+)", text, re.MULTILINE))


@cache
def packages() -> dict[str, str]:
    """The package that an import comes from."""
    return {name: found[0].lower().replace("_", "-") for name, found in packages_distributions().items()}


def imported(found: frozenset[str]) -> set[str]:
    """The third-party packages that these modules of ours import."""
    tops = {name.partition(".")[0] for module in found for name in imports(module) if not path_of(name)}
    return {packages()[top] for top in tops - set(sys.stdlib_module_names) - {"aftersales", "functions"}}


# --- what is in them ---


@pytest.mark.parametrize("function", functions())
def test_layers_hold_what_the_function_imports(function: str) -> None:
    held = locked("runtime") | (locked("identity") if function == "Authorizer" else set())
    assert imported(reachable(function)) <= held


def test_layers_hold_nothing_that_nobody_imports() -> None:
    used = imported(modules()) | UNSEEN.keys()
    assert {"runtime": asked_for("runtime") - used, "identity": asked_for("identity") - used} == {
        "runtime": set(),
        "identity": set(),
    }


def test_layers_do_not_hold_the_same_twice() -> None:
    assert not locked("runtime") & locked("identity")


def test_boto3_is_nowhere() -> None:
    assert "boto3" not in imported(modules()) | locked("runtime") | locked("identity")


def test_layer_knows_every_service_that_is_called() -> None:
    """botocore's data is pruned: a service that is missing is an `UnknownServiceError` on AWS only."""
    kept = runpy.run_path(str(ROOT / "layers" / "runtime" / "prune.py"))["SERVICES"]
    assert {service for module in modules() for service in clients_of(module)} <= kept.keys()


# --- what a start loads ---

SHOW = "import functions.{0}.app, sys; print('\\n'.join(sys.modules))"


def loaded(function: str) -> set[str]:
    """The modules in memory when a function is ready, in a process like Lambda's."""
    environment = {
        **{name: str(value) for name, value in common().items() if name.startswith(("POWERTOOLS_", "PYDANTIC_"))},
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "layers" / "core")]),
        "LAMBDA_TASK_ROOT": "/var/task",
        "AWS_LAMBDA_FUNCTION_NAME": function,
        "POWERTOOLS_SERVICE_NAME": function,
    }
    command = [sys.executable, "-c", SHOW.format(folder(function))]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def common() -> dict[str, object]:
    found: dict[str, object] = template("root")["Globals"]["Function"]["Environment"]["Variables"]
    return found


@pytest.mark.parametrize("function", HOT)
def test_start_loads_nothing_slow(function: str) -> None:
    assert not SLOW & loaded(function)
