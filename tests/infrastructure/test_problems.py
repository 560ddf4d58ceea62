"""Every error has its place: in the contract, among the gateway's answers, and in `docs/problems.md`."""

import inspect
import json
import re

from aftersales import errors
from aftersales.errors import Problem
from aftersales.routes import ROUTES
from infra.contract.__main__ import text
from infra.contract.refusals import GATEWAY_ONLY
from tests.infrastructure.spec import SPEC, operation
from tests.infrastructure.templates import ROOT


def problems() -> dict[str, tuple[str, str]]:
    """Status and title of every problem by its slug."""
    named = [each for _, each in inspect.getmembers(errors, inspect.isclass) if issubclass(each, Problem)]
    found = {each.slug: (str(each.status), each.title) for each in named}
    assert len(found) == len(named), "two errors have the same slug"
    gateway = {each.slug: (str(each.status or "–"), each.title) for each in GATEWAY_ONLY}
    assert not found.keys() & gateway.keys(), "the gateway's table names what errors.py has"
    return found | gateway


def test_every_problem_is_documented() -> None:
    listed = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `urn:aftersales:problem:([a-z-]+)` \| (\S+) \| ([^|]+) \|", listed, re.MULTILINE)
    assert len(rows) == len({slug for slug, _, _ in rows})
    assert {slug: (status, title) for slug, status, title in rows} == problems()


def test_contract_names_only_known_problems() -> None:
    named = re.findall(r"urn:aftersales:problem:([a-z-]+)", text())
    failures = [
        answer
        for route in ROUTES
        for status, answer in operation(route)["responses"].items()
        if status != str(route.status)
    ]
    named += [slug for answer in failures for slug in re.findall(r"`([a-z-]+)`: ", answer["description"])]
    assert set(named) <= problems().keys()


def test_gateway_answers_problem_documents() -> None:
    for kind, answer in SPEC["x-amazon-apigateway-gateway-responses"].items():
        body = json.loads(answer["responseTemplates"]["application/json"])
        assert body["type"].startswith("urn:aftersales:problem:")
        assert body.get("status") == (int(answer["statusCode"]) if "statusCode" in answer else None), kind
        assert answer["responseParameters"]["gatewayresponse.header.Content-Type"] == "'application/problem+json'"


def test_fallbacks_keep_the_status_of_what_they_stand_for() -> None:
    answers = SPEC["x-amazon-apigateway-gateway-responses"]
    assert "statusCode" not in answers["DEFAULT_4XX"]
    assert "statusCode" not in answers["DEFAULT_5XX"]
