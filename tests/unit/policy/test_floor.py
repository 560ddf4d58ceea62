"""Whatever a store writes, its customers have no less than the law gives; and nothing unknown is held for known."""

from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aftersales.policy.answer import Verdict
from aftersales.policy.cases import facts_of
from aftersales.policy.document import Case, Policy
from aftersales.policy.engine import TABLE, Engine
from aftersales.policy.facts import Facts, Line
from aftersales.policy.packs import STATUTES, pack
from aftersales.policy.rules import Rules
from aftersales.policy.verdict import FREIGHT, OUTCOMES, REFUND_DUE, verdict, widen
from tests.unit.policy.drawn import DOMAINS, UNSURE, facts, store_policies, verdicts

DELIVERED_ON = date(2026, 3, 4)


@cache
def floor_engine(name: str) -> Engine:
    return Engine([pack(name)])


def of_the_floor(name: str, line: Line) -> Verdict:
    return verdict(floor_engine(name).ask(pack(name), line.facts), line.facts, line.delivered_on)


def assert_no_less(found: Verdict, floor: Verdict) -> None:
    """In every respect. What a floor refuses has no terms; how urgent it is, is no right."""
    assert set(found.resolutions) >= set(floor.resolutions)
    if floor.outcome == "reject":
        return
    assert OUTCOMES.index(found.outcome) >= OUTCOMES.index(floor.outcome)
    assert floor.send_back or not found.send_back
    assert REFUND_DUE.index(found.refund_due) >= REFUND_DUE.index(floor.refund_due)
    assert FREIGHT.index(found.return_freight) >= FREIGHT.index(floor.return_freight)
    assert found.restocking_fee <= floor.restocking_fee
    if floor.window_ends_on:
        assert found.window_ends_on is not None
        assert found.window_ends_on >= floor.window_ends_on
    if found.outcome == floor.outcome == "information_wanted":
        assert len(found.evidence) <= len(floor.evidence)


def ranked(found: Verdict) -> dict[str, Any]:
    """Everything that a customer has of it, in whatever order it is listed."""
    return found.model_dump(exclude={"priority"}) | {
        "reasons": set(found.reasons),
        "resolutions": set(found.resolutions),
        "missing": set(found.missing),
        "fired": set(found.fired),
        "evidence": len(found.evidence),
    }


@given(floor=verdicts(), own=verdicts())
def test_nobody_has_less_than_the_floor(floor: Verdict, own: Verdict) -> None:
    assert_no_less(widen(floor, own), floor)


@given(floor=verdicts(), own=verdicts())
def test_a_store_may_give_more_unless_the_floor_is_unsure(floor: Verdict, own: Verdict) -> None:
    assume(not floor.missing)
    assert_no_less(widen(floor, own), own)


@given(floor=verdicts(), own=verdicts())
def test_a_floor_that_is_unsure_leaves_it_to_a_person(floor: Verdict, own: Verdict) -> None:
    unsure = floor.model_copy(update={"outcome": "manual_review", "evidence": (), "missing": ("opened",)})
    assert widen(unsure, own).outcome == "manual_review"
    assert "opened" in widen(unsure, own).missing


@given(one=verdicts(), other=verdicts())
def test_which_of_two_that_give_comes_first_does_not_matter(one: Verdict, other: Verdict) -> None:
    assume(not one.missing and not other.missing)
    assume((one.outcome, other.outcome) != ("reject", "reject"))
    assert ranked(widen(one, other)) == ranked(widen(other, one))


@given(one=verdicts(), other=verdicts(), own=verdicts())
def test_the_order_of_two_floors_does_not_matter(one: Verdict, other: Verdict, own: Verdict) -> None:
    assume(not one.missing and not other.missing)
    assert ranked(widen(one, widen(other, own))) == ranked(widen(other, widen(one, own)))


@given(own=verdicts())
def test_the_same_again_changes_nothing(own: Verdict) -> None:
    assert ranked(widen(own, own)) == ranked(own)


@given(own=verdicts())
def test_a_floor_that_gives_nothing_leaves_the_terms_as_they_are(own: Verdict) -> None:
    found = widen(Verdict(outcome="reject"), own)
    assert ranked(found) == ranked(own)
    assert found.priority == own.priority


@pytest.mark.parametrize("name", STATUTES)
@given(data=st.data())
def test_no_table_of_a_store_takes_away_what_the_law_gives(name: str, data: st.DataObject) -> None:
    own = data.draw(store_policies())
    line = Line(data.draw(facts(country=pack(name).countries[0])), DELIVERED_ON)
    assert_no_less(Rules(own, (pack(name),)).decide(line), of_the_floor(name, line))


@given(own=store_policies(UNSURE, of_null=False), known=facts(), data=st.data())
def test_what_is_decided_without_a_fact_is_decided_so_with_any_value_of_it(
    own: Policy, known: Facts, data: st.DataObject
) -> None:
    """Kleene's logic: unknown is neither true nor false, and what depends on it is unknown."""
    hidden = data.draw(st.sets(st.sampled_from(asked_by(own)), min_size=1))
    engine = Engine([own])
    unsure = engine.ask(own, known.model_copy(update=dict.fromkeys(hidden)))
    sure = engine.ask(own, known)
    assert unsure.missing or unsure.fired == sure.fired
    assert set(unsure.missing) <= hidden | {name for name in asked_by(own) if getattr(known, name) is None}


@given(own=store_policies(UNSURE, of_null=False), known=facts(), data=st.data())
def test_without_a_fact_nothing_is_accepted_that_some_value_of_it_would_refuse(
    own: Policy, known: Facts, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(asked_by(own)))
    rules = Rules(own)
    without = rules.decide(Line(known.model_copy(update={name: None}), DELIVERED_ON))
    values = [known.model_copy(update={name: value}) for value in DOMAINS[name]]
    outcomes = {rules.decide(Line(each, DELIVERED_ON)).outcome for each in values}
    assert without.outcome != "accept" or outcomes == {"accept"}
    assert without.outcome == "manual_review" or not {"accept", "reject"} <= outcomes


def asked_by(policy: Policy) -> list[str]:
    (table,) = (node.table() for node in policy.drawn().nodes if node.type == TABLE)
    return [column.field for column in table.inputs]


STORIES = [
    ("a fashion store's final sale", "fashion", "CN", {"final_sale": True, "days_since_delivery": 7}, "accept", 0),
    ("the same a day later", "fashion", "CN", {"final_sale": True, "days_since_delivery": 8}, "reject", 0),
    ("the same where no floor holds", "fashion", "US", {"final_sale": True, "days_since_delivery": 7}, "reject", 0),
    ("15 % for an opened phone", "electronics", "US", {"opened": True, "days_since_delivery": 7}, "accept", 15),
    ("no 15 % in China", "electronics", "CN", {"opened": True, "days_since_delivery": 7}, "accept", 0),
    ("15 % in China on the eighth day", "electronics", "CN", {"opened": True, "days_since_delivery": 8}, "accept", 15),
    ("no 15 % in Germany", "electronics", "DE", {"opened": True, "days_since_delivery": 14}, "accept", 0),
    (
        "15 % in Germany on the fifteenth day",
        "electronics",
        "DE",
        {"opened": True, "days_since_delivery": 15},
        "accept",
        15,
    ),
    ("a store gives 15 days where the law gives 7", "fashion", "CN", {"days_since_delivery": 15}, "accept", 0),
    ("a blocked customer in China", "default", "CN", {"risk": "blocked"}, "accept", 0),
    ("a blocked customer elsewhere", "default", "US", {"risk": "blocked"}, "manual_review", 0),
    ("a film that may have been unsealed", "default", "CN", {"digital": True}, "manual_review", 0),
    ("an application about no line", "default", "US", {"category": None, "reason": None}, "manual_review", 0),
    ("a gift card that has not come", "default", "CN", {"category": "digital", "delivered": False}, "reject", 0),
]


@cache
def above_the_floors(name: str) -> Rules:
    return Rules(pack(name), [pack(statute) for statute in STATUTES])


def decided(name: str, country: str, known: dict[str, Any]) -> Verdict:
    told = facts_of(pack(name), Case(name="a story", facts={"country": country} | known, outcome="accept"))
    return above_the_floors(name).decide(Line(told, DELIVERED_ON))


@pytest.mark.parametrize(
    ("name", "country", "known", "outcome", "fee"), [row[1:] for row in STORIES], ids=[row[0] for row in STORIES]
)
def test_a_store_above_the_floors(name: str, country: str, known: dict[str, Any], outcome: str, fee: int) -> None:
    found = decided(name, country, known)
    assert (found.outcome, found.restocking_fee) == (outcome, fee)


def test_who_is_refused_by_both_is_told_why_by_both_and_what_is_left() -> None:
    found = decided("default", "CN", {"days_since_delivery": 10, "reason": "defective"})
    assert found.outcome == "reject"
    assert found.reasons == ("quality_exchange_or_repair", "window_over")
    assert found.resolutions == ("exchange", "repair")


def test_who_is_refused_by_the_terms_alone_is_told_so_alone() -> None:
    found = decided("default", "CN", {"days_since_delivery": 10})
    assert (found.outcome, found.reasons, found.resolutions) == ("reject", ("window_over",), ())


def test_the_rules_of_both_are_kept() -> None:
    found = decided("default", "DE", {"days_since_delivery": 14})
    assert [(each.policy, each.rule) for each in found.fired] == [
        ("eu", "withdrawal"),
        ("default", "window_over"),
        ("default", "usual"),
    ]
    assert (found.reasons, found.refund_due) == (("withdrawal",), "at_handover")


def test_what_would_content_the_law_is_enough() -> None:
    photo = Verdict(outcome="information_wanted", evidence=("photo",))
    both = Verdict(outcome="information_wanted", evidence=("serial_number", "photo"))
    assert widen(photo, both).evidence == ("photo",)
    assert widen(both, photo).evidence == ("photo",)


def test_no_law_makes_a_case_more_urgent_than_the_store_does() -> None:
    assert widen(Verdict(outcome="accept"), Verdict(outcome="reject", priority="low")).priority == "low"


WITHOUT_OPENED = [
    ("too late, whether opened or not", {"days_since_delivery": 15, "category": "intimate"}, "reject", ()),
    ("no matter for a shirt", {"category": "clothing"}, "accept", ()),
    ("it matters for earplugs", {"category": "intimate"}, "manual_review", ("opened",)),
    ("not when they are made to order", {"category": "intimate", "custom_made": True}, "reject", ()),
]


@pytest.mark.parametrize(
    ("known", "outcome", "missing"), [row[1:] for row in WITHOUT_OPENED], ids=[row[0] for row in WITHOUT_OPENED]
)
def test_a_fact_is_missed_only_where_it_matters(known: dict[str, Any], outcome: str, missing: tuple[str, ...]) -> None:
    told = facts_of(pack("eu"), Case(name="earplugs", facts=known, outcome="reject"))
    found = of_the_floor("eu", Line(told, DELIVERED_ON))
    assert (found.outcome, found.missing) == (outcome, missing)
