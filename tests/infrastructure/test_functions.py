"""Each folder in `functions/` is one function of the template, and gets the settings that its code reads."""

import json

import pytest

from aftersales.settings import Setting
from tests.infrastructure.source import http_functions, reachable, settings_of
from tests.infrastructure.templates import ROOT, STACKS, folder, functions, resources, template, variables, words

FOLDERS = sorted(path.parent.name for path in (ROOT / "functions").glob("*/app.py"))
COMMON = template("root")["Globals"]["Function"]

PLANNING = frozenset(setting for setting in Setting if setting.startswith("FOLLOW_UP_"))
NEVER_READ = {
    "Pages": {Setting.PHOTOS_BUCKET},  # photos are sent from the store's page
    **dict.fromkeys(("Casework", "Desk"), PLANNING),  # they end follow-ups, and plan none
}
"""Settings that a function does not get although a module of its own names them."""


def read_by(function: str) -> set[str]:
    return {setting for module in reachable(function) for setting in settings_of(module)}


def test_every_folder_is_a_function() -> None:
    assert sorted(map(folder, functions())) == FOLDERS


@pytest.mark.parametrize("function", functions())
def test_function_is_named_after_its_folder(function: str) -> None:
    found = functions()[function]
    assert found["Handler"] == f"functions.{folder(function)}.app.handler"
    assert words(found["FunctionName"]) == f"${{AWS::StackName}}-{function}"
    assert variables(function)["POWERTOOLS_SERVICE_NAME"] == function


@pytest.mark.parametrize("function", functions())
def test_function_is_built_by_the_makefile_after_its_log_group(function: str) -> None:
    """A log group that Lambda makes by itself keeps everything for ever."""
    found = resources("root")[f"{function}Function"]
    assert found["Metadata"] == {"BuildMethod": "makefile"}
    assert found["DependsOn"] == "Observability"


def test_all_functions_are_traced_and_have_the_layers() -> None:
    assert COMMON["Tracing"] == "Active"
    assert [words(layer) for layer in COMMON["Layers"]] == ["RuntimeLayer", "CoreLayer"]
    assert {name: list(map(words, f["Layers"])) for name, f in functions().items() if "Layers" in f} == {
        **{name: ["IdentityLayer"] for name in ("Authorizer", "Desk")},
        **{name: ["RulesLayer"] for name in ("Review", "Policy", "Backtest")},
        **{name: ["PaymentsLayer"] for name in ("Resolution", "Payments")},
        **{name: ["CarriersLayer"] for name in ("Parcels", "Carriers")},
    }


@pytest.mark.parametrize("function", [*http_functions(), "Authorizer"])
def test_function_answers_before_the_gateway_gives_up(function: str) -> None:
    assert functions()[function].get("Timeout", COMMON["Timeout"]) < 29


@pytest.mark.parametrize("function", functions())
def test_function_gets_only_settings(function: str) -> None:
    foreign = {name for name in variables(function) if not name.startswith(("POWERTOOLS_", "PYDANTIC_"))}
    assert foreign <= set(Setting)


@pytest.mark.parametrize("function", functions())
def test_function_gets_what_its_code_reads(function: str) -> None:
    missing = read_by(function) - variables(function).keys()
    assert missing == NEVER_READ.get(function, set())


@pytest.mark.parametrize("function", functions())
def test_function_gets_nothing_of_its_own_that_it_does_not_read(function: str) -> None:
    own = functions()[function]["Environment"]["Variables"].keys()
    assert {name for name in own if not name.startswith("POWERTOOLS_")} <= read_by(function)


def test_every_setting_is_read_and_set() -> None:
    assert {setting for function in functions() for setting in read_by(function)} == set(Setting)
    assert {name for function in functions() for name in variables(function)} >= set(Setting)


@pytest.mark.parametrize("stack", STACKS)
def test_no_template_resolves_a_secret(stack: str) -> None:
    """Secrets are read when they are needed: an environment shows in the console."""
    assert "{{resolve:" not in json.dumps(template(stack))
