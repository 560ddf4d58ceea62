"""The templates as `sam build` expands them pass cfn-lint, the serverless rules and checkov, but for what is named.

Each exception is still needed: when the finding is gone, so must be its line.
"""

import json
import re
import subprocess
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.infrastructure.templates import ROOT, STACKS, template

CHECKOV = ROOT / "infra" / "checkov.yaml"

CFN_LINT = {
    "WS1004": ("root", r"\w+Function", "their log groups stand in infra/observability.yaml"),
    "W3005": (
        "root",
        "ClocksFunction",
        "that a function comes after its log group is said at each, whatever else it names",
    ),
    "WS2002": ("root", r"Api\w*", "its traces hold whole addresses, and a customer's token is part of one"),
    "ES1001": ("root", r"\w+FunctionQueue", "what fails goes to the dead letters of its queue, not of its mapping"),
    "ES6000": ("messaging", r"\w+DeadLetters", "the dead letters themselves have none"),
    "ES7000": ("observability", r"\w+Mail", "a mail that cannot be sent; alarm and case stay visible"),
}
"""By rule: the stack and the resources that may break it, and why. W1100 never shows: merge keys are expanded."""

Findings = dict[str, set[str]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The templates with merge keys expanded, as `sam build` writes them."""
    folder = tmp_path_factory.mktemp("built")
    for stack in STACKS:
        (folder / f"{stack}.json").write_text(json.dumps(template(stack), indent=1), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def findings(built: Path) -> tuple[Findings, Findings]:
    """Of cfn-lint and of checkov, which take their seconds side by side."""
    with ThreadPoolExecutor() as pool:
        return tuple(pool.map(lambda lint: lint(built), (cfn_lint, checkov)))


def cfn_lint(built: Path) -> Findings:
    """By rule: `stack.Resource`."""
    files = sorted(map(str, built.glob("*.json")))
    found: Findings = defaultdict(set)
    for match in run("cfn-lint", "--append-rules", "cfn_lint_serverless.rules", "--format", "json", "--", *files):
        stack, path = Path(match["Filename"]).stem, match["Location"]["Path"]
        found[match["Rule"]["Id"]].add(f"{stack}.{path[1]}" if len(path) > 1 else f"{stack}: {match['Message']}")
    return found


def checkov(built: Path) -> Findings:
    """By check: `/stack.json`, with no exception taken."""
    options = ("--skip-download", "--quiet", "--framework", "cloudformation", "--output", "json")
    report = run("checkov", *options, "--directory", str(built))
    assert not report["summary"]["parsing_errors"]
    found: Findings = defaultdict(set)
    for failed in report["results"]["failed_checks"]:
        found[failed["check_id"]].add(failed["file_path"].strip("/").removesuffix(".json"))
    return found


def run(program: str, *arguments: str) -> Any:
    """Both tools exit with more than 0 when they find something; what they say decides."""
    command = [str(Path(sys.executable).parent / program), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def test_cfn_lint_finds_only_what_is_explained(findings: tuple[Findings, Findings]) -> None:
    assert set(findings[0]) == set(CFN_LINT)
    for rule, (stack, resource, _why) in CFN_LINT.items():
        assert all(re.fullmatch(rf"{stack}\.{resource}", place) for place in findings[0][rule]), findings[0][rule]


def test_checkov_finds_only_what_is_explained(findings: tuple[Findings, Findings]) -> None:
    assert set(findings[1]) == set(skipped())


def test_every_checkov_exception_has_its_reason() -> None:
    lines = [line for line in CHECKOV.read_text(encoding="utf-8").splitlines() if "- CKV" in line]
    assert len(lines) == len(skipped())
    for line in lines:
        assert re.search(r"- CKV2?_AWS_\d+ +# \S+ \S+", line), line


def skipped() -> list[str]:
    found: list[str] = yaml.safe_load(CHECKOV.read_text(encoding="utf-8"))["skip-check"]
    return found
