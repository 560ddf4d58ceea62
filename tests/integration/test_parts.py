"""Some lines of an application are accepted and others are not: what is refused is free, the rest goes on."""

from typing import Any

import pytest

from tests.integration import cloud
from tests.integration.decisions import TEAPOT_AND_CUPS, TEAPOT_ONLY, policy_says, under_review
from tests.integration.desk import HUA, MEI, Desk

BOTH_FINE = ({"line_id": "teapot", "outcome": "accept"}, {"line_id": "cup", "outcome": "accept"})
PARTLY = {"outcome": "partly_accept", "accepted_lines": ["teapot"], "message": "壶有裂纹，同意；杯子属于个人喜好。"}


def under_review_with_cups(desk: Desk, **changes: Any) -> str:
    return under_review(desk, **{"lines": TEAPOT_AND_CUPS} | changes)


def test_a_person_accepts_the_teapot_and_the_cups_are_free(desk: Desk) -> None:
    number = under_review_with_cups(desk)
    case = desk.staff(MEI, number, "decision", PARTLY).body["application"]
    assert case["status"] == "accepted"
    assert [line["line_id"] for line in case["lines"]] == ["teapot"]
    assert [line["line_id"] for line in case["refused_lines"]] == ["cup"]
    assert (desk.ledger("teapot").reserved, desk.ledger("cup").reserved) == (1, 0)
    assert desk.ledger("cup").available == 6


def test_so_does_the_policy(desk: Desk) -> None:
    number = desk.filed(lines=TEAPOT_AND_CUPS)
    case = policy_says(number, "partly_accept", *TEAPOT_ONLY)
    assert ([line.line_id for line in case.lines], case.status) == (["teapot"], "accepted")
    assert (desk.ledger("teapot").reserved, desk.ledger("cup").available) == (1, 6)
    assert desk.timeline(number)[-1].data == {"outcome": "partly_accept", "policy": "lantern@3"}


def test_what_was_refused_can_be_filed_for_again(desk: Desk) -> None:
    desk.staff(MEI, under_review_with_cups(desk), "decision", PARTLY)
    assert desk.file(lines=[{"line_id": "cup", "quantity": 6, "reason": "damaged_in_transit"}]).status == 202


def test_only_what_was_accepted_is_paid_back(desk: Desk) -> None:
    number = under_review_with_cups(desk)
    desk.staff(MEI, number, "decision", PARTLY)
    desk.assign(number)
    desk.staff(MEI, number, "refund", {})
    assert desk.confirm(desk.refund_id(number)).body["status"] == "awaiting_confirmation"
    assert (desk.ledger("teapot").refunded, desk.ledger("cup").refunded) == (9966, 0)
    assert (desk.ledger("teapot").settled, desk.ledger("cup").available) == (1, 6)


def test_only_what_was_accepted_is_waited_for_and_inspected(desk: Desk) -> None:
    number = desk.filed(lines=TEAPOT_AND_CUPS)
    policy_says(number, "partly_accept", *TEAPOT_ONLY)
    desk.assign(number)
    desk.staff(MEI, number, "receipt", {})
    teapot = {"line_id": "teapot", "quantity": 1, "condition": "damaged"}
    both = [teapot, {"line_id": "cup", "quantity": 2, "condition": "used"}]
    assert desk.staff(MEI, number, "inspection", {"lines": both}).problem == "invalid-request"
    assert desk.staff(MEI, number, "inspection", {"lines": [teapot]}).status == 200


@pytest.mark.parametrize("end", ["cancelled", "rejected", "expired"])
def test_at_the_end_only_what_is_left_is_freed(desk: Desk, end: str) -> None:
    """The cups are in another application by then: they stay there."""
    number = desk.filed(lines=TEAPOT_AND_CUPS, type="return_refund" if end == "expired" else "refund_only")
    policy_says(number, "partly_accept", *TEAPOT_ONLY)
    desk.assign(number)
    desk.filed(lines=[{"line_id": "cup", "quantity": 6, "reason": "damaged_in_transit"}])
    if end == "cancelled":
        desk.customer(number, "cancellation")
    elif end == "rejected":
        desk.staff(MEI, number, "decision", {"outcome": "reject", "message": "经查为人为损坏。"})
    else:
        desk.time_out(number)
    assert desk.application(number).status == end
    assert (desk.ledger("teapot").available, desk.ledger("cup").reserved) == (3, 6)


def test_an_appeal_is_about_what_was_left(desk: Desk) -> None:
    number = under_review_with_cups(desk)
    desk.staff(MEI, number, "decision", PARTLY)
    desk.assign(number)
    desk.staff(MEI, number, "decision", {"outcome": "reject", "message": "经查为人为损坏。"})
    desk.customer(number, "appeal", {"message": "收到时就有裂纹。"})
    assert (desk.ledger("teapot").reserved, desk.ledger("cup").reserved) == (1, 0)


def test_what_is_refused_later_joins_what_was_refused_before(desk: Desk) -> None:
    towel = {"line_id": "gift", "quantity": 1, "reason": "defective"}
    number = desk.filed(lines=[*TEAPOT_AND_CUPS, towel], type="refund_only")
    policy_says(number, "partly_accept", {"line_id": "gift", "outcome": "reject"}, *BOTH_FINE)
    desk.assign(number)
    desk.staff(HUA, number, "decision", {"outcome": "reject", "message": "经查为人为损坏。"})
    desk.customer(number, "appeal", {"message": "收到时就有裂纹。"})
    desk.assign(number)
    case = desk.staff(MEI, number, "decision", PARTLY).body["application"]
    assert [line["line_id"] for line in case["lines"]] == ["teapot"]
    assert [line["line_id"] for line in case["refused_lines"]] == ["gift", "cup"]
    assert [desk.ledger(line).reserved for line in ("teapot", "cup", "gift")] == [1, 0, 0]


def test_a_complaint_is_accepted_in_part_without_any_unit(desk: Desk) -> None:
    number = under_review_with_cups(desk, type="complaint")
    books = desk.ledger("teapot"), desk.ledger("cup")
    assert desk.staff(MEI, number, "decision", PARTLY).status == 200
    assert (desk.ledger("teapot"), desk.ledger("cup")) == books


@pytest.mark.parametrize("key", ["k-1", None])
def test_sent_twice_the_cups_are_freed_once(desk: Desk, key: str | None) -> None:
    number = under_review_with_cups(desk)
    desk.filed(lines=[{"line_id": "cup", "quantity": 2, "reason": "defective"}])
    desk.staff(MEI, number, "decision", PARTLY, key=key)
    assert desk.staff(MEI, number, "decision", PARTLY, key=key).status == (200 if key else 409)
    assert (desk.ledger("cup").reserved, desk.ledger("cup").available) == (2, 4)


def test_who_cancels_at_the_same_moment_wins_and_all_is_freed_once(desk: Desk) -> None:
    number = under_review_with_cups(desk)
    with cloud.meanwhile("TransactWriteItems", lambda: desk.customer(number, "cancellation")):
        assert desk.staff(MEI, number, "decision", PARTLY).problem == "outdated"
    assert (desk.ledger("teapot").available, desk.ledger("cup").available) == (3, 6)


@pytest.mark.parametrize(
    "decision",
    [
        PARTLY | {"accepted_lines": []},
        {name: value for name, value in PARTLY.items() if name != "accepted_lines"},
        PARTLY | {"accepted_lines": ["teapot", "cup"]},
        PARTLY | {"accepted_lines": ["gift"]},
        PARTLY | {"accepted_lines": ["teapot", "gift"]},
        PARTLY | {"outcome": "accept"},
        PARTLY | {"outcome": "reject"},
    ],
    ids=["no line", "not said", "all lines", "another line", "another line too", "with accept", "with reject"],
)
def test_a_part_is_some_of_the_lines_and_not_all(desk: Desk, decision: dict[str, Any]) -> None:
    number = under_review_with_cups(desk)
    before = desk.application(number)
    answer = desk.staff(MEI, number, "decision", decision)
    assert (answer.status, answer.problem) == (400, "invalid-request")
    assert desk.application(number) == before


def test_what_is_about_one_line_or_none_has_no_part(desk: Desk) -> None:
    one, none = under_review(desk), under_review(desk, type="complaint", lines=[])
    for number in (one, none):
        assert desk.staff(MEI, number, "decision", PARTLY).problem == "invalid-request"


@pytest.mark.parametrize(("language", "name"), [("zh-CN", "部分通过"), ("en", "Accepted in part")])
def test_the_customer_sees_what_was_accepted_and_what_was_not(desk: Desk, language: str, name: str) -> None:
    number = desk.filed(lines=TEAPOT_AND_CUPS, language=language)
    policy_says(number, "partly_accept", *TEAPOT_ONLY)
    view = desk.look(number).body
    assert view["timeline"][-1]["name"] == name
    assert [line["line_id"] for line in view["lines"]] == ["teapot"]
    assert [line["line_id"] for line in view["refused_lines"]] == ["cup"]
