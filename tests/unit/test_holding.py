"""What an application holds of its order's units, and where the goods are, by where it stands."""

from collections.abc import Mapping
from typing import Any

import pytest

from aftersales.applications.holding import held
from aftersales.applications.lifecycle import Status
from aftersales.applications.plan import remedy_is_due
from tests.unit.builders import FILED_AT, application

TEAPOT = {"line_id": "teapot", "quantity": 2, "reason": "defective"}
CUP = {"line_id": "cup", "quantity": 1, "reason": "changed_mind"}
PARCEL = {"carrier": "顺丰速运", "tracking_number": "SF1390276645120"}
SEEN = [{"line_id": "teapot", "quantity": 1, "condition": state} for state in ("damaged", "missing")]
CLAIMED = {"reserved": 2, "available": -2}
HERE = {"received_at": FILED_AT}
SENT_HOME = {"delivery": {"carrier": "顺丰速运", "tracking_number": "SF1390276645121", "sent_at": FILED_AT}}


@pytest.mark.parametrize(
    ("status", "more", "holds"),
    [
        ("submitted", {}, CLAIMED),
        ("awaiting_goods", {}, CLAIMED),
        ("awaiting_goods", {"parcel": PARCEL}, CLAIMED | {"in_return": 2}),
        ("in_transit", {"parcel": PARCEL}, CLAIMED | {"in_return": 2}),
        ("received", {"parcel": PARCEL} | HERE, CLAIMED | {"received": 2}),
        ("received", HERE, CLAIMED | {"received": 2}),
        ("inspected", {"inspection": SEEN}, CLAIMED | {"received_damaged": 1}),
        ("resolved", {"inspection": SEEN}, {"received_damaged": 1}),
        ("awaiting_goods", {"settled": True}, {}),
        ("in_transit", {"settled": True, "parcel": PARCEL}, {"in_return": 2}),
        ("delivering", {"settled": True, "inspection": SEEN, "type": "exchange"}, {"received_damaged": 1}),
        ("disputed", {"settled": True, "inspection": SEEN}, {"received_damaged": 1}),
        ("delivering", {"settled": True, "inspection": SEEN, "type": "repair"} | SENT_HOME, {}),
        ("rejected", {"inspection": SEEN}, {"refused": 2}),
        ("appealed", {"inspection": SEEN}, CLAIMED | {"received_damaged": 1}),
        ("expired", {"parcel": PARCEL}, {}),
        ("cancelled", {"parcel": PARCEL}, {}),
        ("in_progress", {"type": "refund_only"}, CLAIMED),
        ("in_progress", {"type": "complaint"}, {}),
    ],
)
def test_units_and_goods_follow_from_where_it_stands(status: str, more: dict[str, Any], holds: dict[str, int]) -> None:
    found: Mapping[str, int] = held(application(status, lines=[TEAPOT], **more)).get("teapot", {})
    assert {counter: count for counter, count in found.items() if count} == holds


def test_lines_that_were_refused_are_not_held_and_are_remembered() -> None:
    assert held(application(Status.IN_PROGRESS, type="refund_only", lines=[TEAPOT], refused_lines=[CUP])) == {
        "teapot": CLAIMED,
        "cup": {"refused": 1},
    }


@pytest.mark.parametrize(
    ("status", "more", "refund_due", "ready"),
    [
        ("received", HERE, "after_inspection", False),
        ("received", HERE, "at_receipt", True),
        ("received", HERE, "at_once", True),
        ("in_transit", {"parcel": PARCEL | {"moved": "in_transit"}}, "at_receipt", False),
        ("in_transit", {"parcel": PARCEL | {"moved": "in_transit"}}, "at_handover", True),
        ("in_transit", {"parcel": PARCEL | {"moved": "announced"}}, "at_handover", False),
        ("in_transit", {"parcel": PARCEL | {"moved": "returned"}}, "at_handover", False),
        ("in_transit", {"parcel": PARCEL}, "at_handover", True),
        ("awaiting_goods", {}, "at_handover", False),
        ("awaiting_goods", {}, "at_once", True),
        ("accepted", {}, "at_once", True),
    ],
)
def test_terms_say_what_is_waited_for(status: str, more: dict[str, Any], refund_due: str, ready: bool) -> None:
    terms = [{"line_id": "teapot", "outcome": "accept", "refund_due": refund_due}]
    decision = {"outcome": "accept", "reasons": [], "policy": "china@1", "lines": terms}
    assert remedy_is_due(application(status, lines=[TEAPOT], decision=decision, **more)) is ready


def test_one_line_that_must_be_inspected_makes_all_wait() -> None:
    terms = [{"line_id": "teapot", "outcome": "accept", "refund_due": "at_receipt"}]
    decision = {"outcome": "accept", "reasons": [], "policy": "china@1", "lines": terms}
    assert not remedy_is_due(application(Status.RECEIVED, lines=[TEAPOT, CUP], decision=decision))
