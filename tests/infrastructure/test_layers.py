"""The layers hold what the functions import, and a start loads nothing that it does not need."""

import os
import re
import runpy
import shutil
import subprocess
import sys
from functools import cache
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

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
    "tzdata": "zoneinfo falls back on it",
    "aws-xray-sdk": "Powertools' tracer imports it",
    "wrapt": "the X-Ray SDK imports it; the line keeps it below 2, which imports asyncio",
}
"""Packages that are asked for by name although no line of ours imports them."""


def locked(file: str) -> dict[str, str]:
    """The packages of a lock file, with their versions."""
    return dict(
        re.findall(r"^([\w-]+)(?:\[[\w,-]+\])?==(\S+)", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
    )


RUNTIME = locked("layers/runtime/requirements.txt")
IDENTITY = locked("layers/identity/requirements.txt")
RULES = locked("layers/rules/requirements.txt")
PAYMENTS = locked("layers/payments/requirements.txt")
CARRIERS = locked("layers/carriers/requirements.txt")
LAYERS = ("runtime", "identity", "rules", "payments", "carriers")
EXTRA = {
    **dict.fromkeys(("Authorizer", "Desk"), IDENTITY),
    **dict.fromkeys(("Review", "Policy", "Backtest"), RULES),
    **dict.fromkeys(("Resolution", "Payments"), PAYMENTS),
    **dict.fromkeys(("Parcels", "Carriers"), CARRIERS),
}
"""What a function has beside the layers of every function."""


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
    held = RUNTIME | EXTRA.get(function, {})
    assert imported(reachable(function)) <= held.keys()


def test_layers_hold_nothing_that_nobody_imports() -> None:
    used = imported(modules()) | UNSEEN.keys()
    assert {layer: asked_for(layer) - used for layer in LAYERS} == {layer: set() for layer in LAYERS}


def test_layers_do_not_hold_the_same_twice() -> None:
    for held in (IDENTITY, RULES, PAYMENTS, CARRIERS):
        assert not RUNTIME.keys() & held.keys()


def test_tests_run_against_the_versions_that_are_deployed() -> None:
    tested = locked("infra/local/requirements.txt")
    deployed = RUNTIME | IDENTITY | RULES | PAYMENTS | CARRIERS
    assert {name: tested[name] for name in deployed} == deployed


def test_boto3_is_nowhere() -> None:
    held = RUNTIME | IDENTITY | RULES | PAYMENTS | CARRIERS
    assert "boto3" not in imported(modules()) | held.keys()


def test_layer_knows_every_service_that_is_called() -> None:
    """botocore's data is pruned: a service that is missing is an `UnknownServiceError` on AWS only."""
    kept = runpy.run_path(str(ROOT / "layers" / "runtime" / "prune.py"))["SERVICES"]
    assert {service for module in modules() for service in clients_of(module)} <= kept.keys()


# --- what a start loads ---

START = """
import sys

class LayersOnly:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in foreign:
            raise ModuleNotFoundError(name)

foreign = set(sys.argv[1].split(","))
sys.meta_path.insert(0, LayersOnly())
for function in sys.argv[2].split(","):
    __import__(f"functions.{function}.app")
print(*sys.modules)
"""


def loaded(*started: str, held: dict[str, str] = RUNTIME) -> set[str]:
    """The modules in memory when these functions are ready, with no package to import but the layers', as on Lambda."""
    foreign = [name for name, package in packages().items() if package not in held]
    command = [sys.executable, "-c", START, ",".join(foreign), ",".join(map(folder, started))]
    common = template("root")["Globals"]["Function"]["Environment"]["Variables"]
    environment = {name: value for name, value in common.items() if isinstance(value, str)} | {
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "layers" / "core")]),
        "LAMBDA_TASK_ROOT": "/var/task",
        "AWS_LAMBDA_FUNCTION_NAME": "any",
        "POWERTOOLS_SERVICE_NAME": "any",
    }
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


@pytest.mark.parametrize("function", HOT)
def test_start_loads_nothing_slow(function: str) -> None:
    found = loaded(function)
    assert f"functions.{folder(function)}.app" in found
    assert not SLOW & found


def test_functions_start_with_the_runtime_layer_alone() -> None:
    assert loaded(*(function for function in functions() if function not in (*HOT, *EXTRA)))


def test_functions_that_decide_start_with_the_rules_layer() -> None:
    assert loaded(*(function for function, held in EXTRA.items() if held is RULES), held=RUNTIME | RULES)


def test_functions_that_pay_back_start_with_the_payments_layer() -> None:
    assert "stripe" in loaded("Resolution", "Payments", held=RUNTIME | PAYMENTS)


def test_functions_that_speak_to_carriers_start_with_the_carriers_layer() -> None:
    assert "easypost" in loaded("Parcels", "Carriers", held=RUNTIME | CARRIERS)


STRIPE_CALLS = """
import stripe
client = stripe.StripeClient("sk_test_1", base_addresses={"api": "http://127.0.0.1:9"}, max_network_retries=0)
for call in (lambda: client.v1.refunds.list({}), lambda: client.v1.refunds.create({})):
    try:
        call()
    except stripe.APIConnectionError:
        print("tried")
refund = stripe.Refund.construct_from({"id": "re_1", "object": "refund", "metadata": {"refund_id": "1"}}, "sk_test_1")
print(refund.to_dict()["metadata"]["refund_id"], stripe.WebhookSignature.EXPECTED_SCHEME)
"""


def test_pruned_payments_layer_still_makes_refunds(tmp_path: Path) -> None:
    """Most of the SDK is about Stripe's other products."""
    installed = Path(str(distribution("stripe").locate_file("stripe")))
    shutil.copytree(installed, tmp_path / "stripe")
    runpy.run_path(str(ROOT / "layers" / "payments" / "prune.py"))["prune"](tmp_path)
    command = [sys.executable, "-c", STRIPE_CALLS]
    done = subprocess.run(command, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["tried", "tried", "1", "v1"], done.stderr
    assert not (tmp_path / "stripe" / "params").exists()


def test_pruned_carriers_layer_has_the_sdk_and_not_its_manual(tmp_path: Path) -> None:
    """EasyPost's wheel brings a second package, of examples."""
    top = {"easypost", *(name for name, found in packages_distributions().items() if found == ["easypost"])}
    for name in top:
        shutil.copytree(Path(str(distribution("easypost").locate_file(name))), tmp_path / name)
    runpy.run_path(str(ROOT / "layers" / "carriers" / "prune.py"))["prune"](tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"easypost"}


@pytest.mark.parametrize("function", [function for function, held in EXTRA.items() if held is IDENTITY])
def test_who_checks_tokens_starts_with_that_layer_and_only_so(function: str) -> None:
    assert "jwt" in loaded(function, held=RUNTIME | IDENTITY)
    with pytest.raises(AssertionError, match="jwt"):
        loaded(function)
