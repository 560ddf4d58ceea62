"""Golden cases: some facts beside the usual ones, and what a policy must answer to them by itself, without a floor.

What follows from other facts is worked out as for an application: who says `days_since_delivery` need not say the
month, and `category` says whether the goods are made to order, perishable, digital or a periodical. A case that says
one of these itself is taken at its word.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from pydantic import ValidationError

from aftersales.policy.answer import Fired, Verdict
from aftersales.policy.document import Case, Policy
from aftersales.policy.engine import Engine, NoAnswer
from aftersales.policy.facts import OF_A_CATEGORY, Facts
from aftersales.policy.gather import since_delivery
from aftersales.policy.verdict import verdict

FILED_ON = date(2026, 10, 14)
"""A Wednesday after two working days, so that days off count for nothing unless a case says so."""

USUAL: dict[str, Any] = {
    "type": "return_refund",
    "channel": "web",
    "reason": "changed_mind",
    "country": "CN",
    "currency": "CNY",
    "delivered": True,
    "days_since_delivery": 3,
    "category": "general",
    "quantity": 1,
    "price_paid": 19900,
    "order_total": 39800,
    "order_channel": "web",
    "payment_instrument": "alipay",
    "application_rate_90": 0,
    "application_rate_365": 0,
}
"""A customer in China who changed their mind three days after the parcel came; in a statute's own country otherwise."""

DAYS_FROM_ORDER = 2
"""From the order to its delivery, or until now if it has not come."""


class BadCase(ValueError):
    """The case names a fact that there is not, or gives one a value that it cannot have."""


class Ran(NamedTuple):
    """`differences` say what is answered otherwise than the case says: none when it holds. `fired` are all rules."""

    differences: tuple[str, ...]
    fired: tuple[Fired, ...] = ()


def run(engine: Engine, policy: Policy, case: Case) -> Ran:
    try:
        found = answered(engine, policy, case)
    except (BadCase, NoAnswer) as error:
        return Ran((str(error),))
    return Ran(tuple(_differences(case, found)), found.fired)


def answered(engine: Engine, policy: Policy, case: Case) -> Verdict:
    """Raises `BadCase` and `NoAnswer`."""
    facts = facts_of(policy, case)
    return verdict(engine.ask(policy, facts), facts, delivered_on(facts))


def delivered_on(facts: Facts) -> date | None:
    """Every case is filed on the same day, so that the end of a window can be told."""
    return None if facts.days_since_delivery is None else _days_ago(facts.days_since_delivery)


def facts_of(policy: Policy, case: Case) -> Facts:
    """Raises `BadCase`."""
    if unknown := sorted(case.facts.keys() - Facts.model_fields.keys()):
        raise BadCase(f"there is no fact {', '.join(unknown)}")
    usual = USUAL | ({"country": policy.countries[0]} if policy.countries else {})
    stated = _valid(usual | case.facts)
    return _valid(usual | _following(stated) | case.facts)


def _valid(known: Mapping[str, Any]) -> Facts:
    """Strictly: the text "15" is no number of days."""
    try:
        return Facts.model_validate_json(json.dumps(known), strict=True)
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False)[0]
        raise BadCase(f"fact {'.'.join(map(str, wrong['loc']))}: {wrong['msg']}") from None


def _following(stated: Facts) -> dict[str, Any]:
    """What is so because of what is stated. What was not delivered, or no day says when, has no days since delivery."""
    kinds = {kind: stated.category == kind for kind in OF_A_CATEGORY}
    days = stated.days_since_delivery
    if days is None or not stated.delivered:
        return {**kinds, "delivered": False, "days_since_delivery": None, "days_since_order": DAYS_FROM_ORDER}
    since = since_delivery(_days_ago(days), FILED_ON, stated.country)
    return {**kinds, **since, "days_since_order": days + DAYS_FROM_ORDER}


def _days_ago(days: int) -> date:
    try:
        return FILED_ON - timedelta(days=days)
    except OverflowError:
        raise BadCase(f"{days} days ago is before all calendars") from None


def _differences(case: Case, found: Verdict) -> Iterator[str]:
    if found.outcome != case.outcome:
        because = f", for want of {', '.join(found.missing)}" if found.missing else ""
        yield f"outcome: {found.outcome}{because}, not {case.outcome}"
    fired = {each.rule for each in found.fired}
    if lacking := [rule for rule in case.rules if rule not in fired]:
        yield f"rules: {', '.join(sorted(fired))} fired, not {', '.join(lacking)}"
    answers = found.model_dump(mode="json")
    for field, expected in case.expect.items():
        if field not in answers:
            yield f"an answer has no field {field}"
        elif answers[field] != expected:
            yield f"{field}: {answers[field]!r}, not {expected!r}"
