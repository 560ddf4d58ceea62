"""A clock starts at one priority and follows it to others: what is promised at one is promised at all."""

from typing import Any

import pytest

from aftersales.sla.promised import default
from aftersales.sla.terms import ServiceTerms

Json = dict[str, Any]
HIGHER, LOWER = ["urgent", "high"], ["normal", "low"]


def promise(*kinds: str, **whose: Any) -> Json:
    return {"calendar": "china", "minutes": dict.fromkeys(kinds, 60), **whose}


def terms(*promises: Json) -> ServiceTerms:
    return ServiceTerms.model_validate(default().document() | {"promises": promises})


WITHOUT_HOLES: dict[str, list[Json]] = {
    "the same at all": [promise("resolution")],
    "the rest by the last": [promise("resolution", priorities=["urgent"]), promise("resolution")],
    "one by one": [promise("pickup", priorities=[each]) for each in (*HIGHER, *LOWER)],
    "only of a type": [promise("pickup", types=["repair"], priorities=each) for each in (HIGHER, LOWER)],
    "only of a tier": [promise("pickup", tiers=["gold"], priorities=each) for each in (HIGHER, LOWER)],
    "more for a tier": [promise("pickup", tiers=["gold"], priorities=["urgent"]), promise("pickup")],
    "another kind for a type": [promise("idle", types=["repair"]), promise("pickup", types=["complaint"])],
    "no kind": [promise(priorities=["urgent"])],
}

HOLES: list[tuple[list[Json], str]] = [
    (
        [promise("pickup", priorities=HIGHER), promise("resolution")],
        "pickup is promised for refund_only at some priorities, but not at low, normal",
    ),
    (
        [promise("idle", "pickup", priorities=["urgent"]), promise("pickup", priorities=["high", *LOWER])],
        "idle is promised for refund_only at some priorities, but not at low, normal, high",
    ),
    (
        [
            promise("resolution", priorities=HIGHER),
            promise("resolution", priorities=LOWER, types=["repair", "exchange"]),
        ],
        "resolution is promised for refund_only at some",
    ),
    (
        [promise("pickup", priorities=["low"], types=["complaint"])],
        "pickup is promised for complaint at some priorities, but not at normal, high, urgent",
    ),
    (
        [promise("first_response", priorities=["urgent"], tiers=["gold"])],
        "first_response is promised for refund_only (tier gold) at some priorities, but not at low, normal, high",
    ),
    (
        [promise("pickup", priorities=HIGHER), promise("pickup", priorities=LOWER, tiers=["gold", "silver"])],
        "pickup is promised for refund_only at some priorities, but not at low, normal",
    ),
]


@pytest.mark.parametrize("promises", WITHOUT_HOLES.values(), ids=WITHOUT_HOLES)
def test_what_is_promised_at_every_priority_or_at_none_holds(promises: list[Json]) -> None:
    assert terms(*promises).hole() is None


@pytest.mark.parametrize(("promises", "words"), HOLES)
def test_what_is_promised_at_some_priorities_alone_is_a_hole(promises: list[Json], words: str) -> None:
    assert str(terms(*promises).hole()).startswith(words)


def test_the_desk_s_own_terms_have_no_holes() -> None:
    assert default().hole() is None
