"""What the policy knew is read in words."""

from typing import Any, get_args

import pytest

from aftersales.applications.model import Channel
from aftersales.desk.facts import AMOUNTS, FACT, PERCENT, VALUE, fact_name, told_facts
from aftersales.orders.names import Category
from aftersales.policy.facts import Facts


def test_every_fact_has_a_name() -> None:
    assert FACT.keys() == Facts.model_fields.keys()
    assert FACT.keys() > AMOUNTS | PERCENT


def test_every_code_has_words() -> None:
    risks = get_args(Facts.model_fields["risk"].annotation)
    assert VALUE["channel"].keys() == set(get_args(Channel))
    assert VALUE["category"].keys() == set(get_args(Category))
    assert VALUE["risk"].keys() == set(risks)


KNOWN: list[tuple[str, Any, str, str]] = [
    ("type", "return_refund", "退货退款", "Return and refund"),
    ("reason", "damaged_in_transit", "运输途中损坏", "damaged in transit"),
    ("channel", "phone", "电话", "phone"),
    ("delivered", True, "是", "Yes"),
    ("opened", False, "否", "No"),
    ("days_since_delivery", 3, "3", "3"),
    ("category", "intimate", "贴身用品", "worn on the skin"),
    ("tags", ["易碎", "礼盒"], "易碎, 礼盒", "易碎, 礼盒"),
    ("price_paid", 123456, "1,234.56 CNY", "1,234.56 CNY"),
    ("application_rate_90", 40, "40 %", "40 %"),
    ("warranty_days_left", -12, "-12", "-12"),
    ("season", "double11", "double11", "double11"),
]


@pytest.mark.parametrize(("name", "value", "chinese", "english"), KNOWN, ids=[name for name, *_ in KNOWN])
def test_a_fact_is_told_in_words(name: str, value: Any, chinese: str, english: str) -> None:
    facts = {"currency": "CNY", name: value}
    assert dict(told_facts(facts, "zh-CN"))[fact_name(name, "zh-CN")] == chinese
    assert dict(told_facts(facts, "en"))[fact_name(name, "en")] == english


def test_facts_of_another_time_go_by_their_codes() -> None:
    told = dict(told_facts({"currency": "JPY", "order_total": 1200, "moon": "full", "type": "barter"}, "en"))
    assert told == {"Currency": "JPY", "Total of the order": "1,200 JPY", "moon": "full", "Applied for": "barter"}
