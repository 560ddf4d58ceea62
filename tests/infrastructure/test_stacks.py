"""The root and its nested stacks fit together: no tool looks from one template into the other."""

import json
import re

import pytest

from tests.infrastructure.templates import ROOT, STACKS, properties, template

NESTED = properties("root", "AWS::Serverless::Application")


def used_outputs() -> set[tuple[str, str]]:
    """Every `Stack.Outputs.Name` that the root names, in whichever form."""
    text = json.dumps(template("root"))
    forms = (r'\["(\w+)", "Outputs\.(\w+)"\]', r"\$\{(\w+)\.Outputs\.(\w+)\}")
    return {match for form in forms for match in re.findall(form, text)}


def test_every_template_is_nested_and_known_to_these_tests() -> None:
    templates = [path for path in (ROOT / "infra").glob("*.yaml") if "\nResources:" in path.read_text(encoding="utf-8")]
    nested = sorted(stack["Location"] for stack in NESTED.values())
    assert nested == sorted(str(path.relative_to(ROOT)) for path in templates)
    assert nested == sorted(set(STACKS.values()) - {STACKS["root"]})


@pytest.mark.parametrize("stack", NESTED)
def test_stack_is_given_its_parameters(stack: str) -> None:
    """No defaults: what a stack needs, the root says."""
    assert NESTED[stack]["Parameters"].keys() == template(stack.lower())["Parameters"].keys()


@pytest.mark.parametrize("stack", NESTED)
def test_outputs_are_used_and_there(stack: str) -> None:
    used = {name for owner, name in used_outputs() if owner == stack}
    assert used == template(stack.lower()).get("Outputs", {}).keys()
