"""What is too large, too far away or too much in a policy is said, and breaks nothing."""

from typing import Any

import pytest

from tests.integration.gateway import call
from tests.integration.policies import LANTERN, YUN, publish, save, terms, thirty_days

pytestmark = pytest.mark.usefixtures("desk")


def with_case(**facts: Any) -> dict[str, Any]:
    return terms() | {"cases": [{"name": "a case", "facts": facts, "outcome": "accept"}]}


def test_a_number_that_is_too_large_for_a_rule_is_said() -> None:
    [wrong] = [found for found in save(with_case(order_total=2**64)).body["findings"] if found["severity"] == "error"]
    assert wrong["code"] == "case_fails"


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e400"])
def test_a_number_that_json_does_not_know_is_refused(number: str) -> None:
    text = f'{{"policy": {{"appeal_days": {number}}}}}'
    assert call(YUN, "PUT", f"{LANTERN}/draft", text).problem == "invalid-request"


def test_a_policy_that_would_not_fit_into_the_table_is_refused() -> None:
    """Written out, what was sent short is long."""
    text = '{"policy": {"amounts": [' + ",".join(["1e15"] * 20_000) + "]}}"
    answer = call(YUN, "PUT", f"{LANTERN}/draft", text)
    assert (answer.status, answer.problem) == (413, "too-large")


def test_of_very_many_findings_the_first_errors_are_told() -> None:
    policy = terms()
    table = next(node for node in policy["graph"]["nodes"] if node["id"] == "eligibility")["content"]
    table["rules"] = [rule | {"_id": f"row_{at}", "risk": "blocked"} for at, rule in enumerate(table["rules"] * 100)]
    findings = save(policy).body["findings"]
    assert len(findings) == 500
    assert {finding["severity"] for finding in findings} == {"error"}


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-14:00", "3000-01-01T00:00:00Z"])
def test_a_moment_that_no_calendar_counts_from_is_refused(moment: str) -> None:
    assert publish(thirty_days(), effective_from=moment).problem == "invalid-request"
