"""Above what somebody may give alone, a team lead who did not propose it decides."""

from typing import Any

import pytest

from aftersales.identity.principal import Principal
from tests.integration.desk import HUA, TOM, Desk, yuan
from tests.integration.gateway import Answer, staff
from tests.integration.gifts import COMPLAINT, SORRY, gives, tells, where


@pytest.fixture(autouse=True)
def _limits(desk: Desk) -> None:
    """Mei may give ten yuan alone."""
    desk.hire("mei", languages=["zh-CN"], may_give={"CNY": 1000})


@pytest.fixture
def complaint(desk: Desk) -> str:
    """Mei has it."""
    return desk.in_progress(**COMPLAINT)


@pytest.fixture
def proposed(desk: Desk, complaint: str) -> str:
    """Mei would give twenty yuan; Hua, who leads, has to say."""
    desk.hire("hua", languages=["zh-CN"], leads=True)
    assert gives(desk, complaint, 2000).status == 200
    return complaint


def test_above_the_limit_it_waits_for_a_lead_and_mei_is_free(desk: Desk, proposed: str) -> None:
    assert where(desk, proposed) == ("approval_wanted", None)
    assert desk.open_cases() == 0
    desk.assign(proposed)
    assert where(desk, proposed) == ("approval_wanted", "hua")
    assert desk.work(HUA) == [proposed]


def test_customers_do_not_see_what_is_only_proposed(desk: Desk, complaint: str) -> None:
    before = desk.look(complaint).body["timeline"]
    gives(desk, complaint, 2000)
    assert desk.look(complaint).body["timeline"] == before


@pytest.mark.parametrize("who", ["tom", "a stranger"])
def test_without_a_limit_nothing_is_given_alone(desk: Desk, who: str) -> None:
    number = desk.accepted(**COMPLAINT)
    desk.hire("tom", languages=["zh-CN"], may_give={"USD": 100000})
    desk.staff(TOM, number, "claim")
    if who == "a stranger":
        desk.leaves("tom")
    assert gives(desk, number, 1, who=TOM).body["application"]["status"] == "approval_wanted"


def test_leads_give_anything_that_is_left(desk: Desk, complaint: str) -> None:
    assert gives(desk, complaint, 40900, who=HUA).body["application"]["status"] == "refund_ordered"


def test_what_could_not_be_paid_is_not_proposed(desk: Desk, complaint: str) -> None:
    assert gives(desk, complaint, 40901).problem == "refund-too-high"


def approves(desk: Desk, number: str, who: Principal = HUA, **changes: Any) -> Answer:
    return desk.staff(who, number, "compensation-approval", {"approved": True} | changes)


NO: dict[str, Any] = {"approved": False, "reason": "晚到五天，10 元即可。"}


@pytest.mark.parametrize("said", [{}, NO], ids=["approved", "refused"])
@pytest.mark.parametrize("seen", [{"amount": yuan(200000)}, {"kind": "points"}, {"amount": yuan(2000, "USD")}])
def test_another_proposal_than_the_one_that_was_seen_is_not_decided_on(
    desk: Desk, proposed: str, said: dict[str, Any], seen: dict[str, Any]
) -> None:
    before = desk.application(proposed)
    answer = approves(desk, proposed, **said, **seen)
    assert (answer.status, answer.problem, answer.body["total"]) == (409, "quote-changed", yuan(2000))
    assert desk.application(proposed) == before
    assert approves(desk, proposed, kind="refund", amount=yuan(2000)).status == 200


@pytest.mark.parametrize("has_it", [True, False], ids=["who has it", "another lead"])
def test_approved_it_is_ordered_in_the_proposers_words_and_theirs_again(
    desk: Desk, proposed: str, has_it: bool
) -> None:
    if has_it:
        desk.assign(proposed)
    assert approves(desk, proposed).body["application"]["status"] == "refund_ordered"
    ordered = desk.timeline(proposed)[-1]
    assert (ordered.message, ordered.actor.id, ordered.staff_only) == (SORRY, "hua", False)
    assert where(desk, proposed) == ("refund_ordered", "mei")
    assert (desk.open_cases("hua"), desk.open_cases("mei")) == (0, 1)
    desk.confirm(desk.refund_id(proposed), amount=yuan(2000))
    assert (desk.application(proposed).status, desk.open_cases("mei")) == ("awaiting_confirmation", 0)


def test_a_coupon_is_approved_too(desk: Desk, complaint: str) -> None:
    gives(desk, complaint, 2000, kind="coupon")
    assert approves(desk, complaint).body["application"]["status"] == "credit_ordered"
    assert tells(desk, complaint).body["status"] == "awaiting_confirmation"


def test_refused_it_is_the_proposers_again_with_the_reason(desk: Desk, proposed: str) -> None:
    desk.assign(proposed)
    before = desk.look(proposed).body["timeline"]
    assert approves(desk, proposed, **NO).status == 200
    assert where(desk, proposed) == ("in_progress", "mei")
    assert desk.application(proposed).proposal is None
    assert desk.timeline(proposed)[-1].message == NO["reason"]
    assert desk.look(proposed).body["timeline"] == before
    assert (desk.open_cases("hua"), desk.open_cases("mei")) == (0, 1)
    assert gives(desk, proposed).status == 200


@pytest.mark.parametrize("gone", ["left", "full"])
@pytest.mark.parametrize("said", [{}, NO], ids=["approved", "refused"])
def test_when_the_proposer_cannot_take_it_back_anybody_may(
    desk: Desk, proposed: str, gone: str, said: dict[str, Any]
) -> None:
    if gone == "left":
        desk.leaves("mei")
    else:
        desk.hire("mei", languages=["zh-CN"], capacity=0)
    assert approves(desk, proposed, **said).status == 200
    assert desk.application(proposed).assignee is None
    if said:
        desk.hire("bo", languages=["zh-CN"])
        desk.assign(proposed)
        assert desk.application(proposed).assignee in {"bo", "hua"}


def test_who_proposed_it_does_not_approve_it(desk: Desk, proposed: str) -> None:
    """Mei has become a lead since."""
    desk.hire("mei", languages=["zh-CN"], leads=True)
    desk.leaves("hua")
    mei = staff("mei", "lead")
    desk.assign(proposed)
    assert desk.application(proposed).assignee is None
    for refused in (approves(desk, proposed, mei), desk.staff(mei, proposed, "claim")):
        assert (refused.status, refused.problem) == (409, "another-person-decides")


@pytest.mark.parametrize(
    "off",
    [
        {"leave": [{"first": "2026-03-09", "last": "2026-03-20"}]},
        {"hours": {"time_zone": "Asia/Shanghai", "week": {"sunday": [{"opens": "09:00", "closes": "12:00"}]}}},
    ],
    ids=["on leave", "off shift"],
)
def test_it_does_not_go_back_to_who_is_not_at_work(desk: Desk, proposed: str, off: dict[str, Any]) -> None:
    desk.hire("mei", languages=["zh-CN"], **off)
    assert approves(desk, proposed, approved=False, reason="金额偏高。").status == 200
    assert desk.application(proposed).assignee is None


def test_only_a_lead_takes_it_from_the_backlog(desk: Desk, proposed: str) -> None:
    refused = desk.staff(TOM, proposed, "claim")
    assert (refused.status, refused.problem) == (403, "forbidden")
    assert desk.staff(HUA, proposed, "claim").body["application"]["assignee"] == "hua"


def test_with_no_lead_who_fits_it_stays_in_the_backlog(desk: Desk, proposed: str) -> None:
    desk.hire("hua", languages=["en"], leads=True)
    desk.assign(proposed)
    assert desk.work(HUA, backlog=True) == [proposed]


@pytest.mark.parametrize("said", [{"approved": False}, {"reason": "好的"}, {"approved": "maybe"}])
def test_a_refusal_has_a_reason_and_an_approval_none(desk: Desk, proposed: str, said: dict[str, Any]) -> None:
    assert approves(desk, proposed, **said).problem == "invalid-request"


def test_nothing_is_approved_twice(desk: Desk, proposed: str) -> None:
    approves(desk, proposed)
    assert approves(desk, proposed).problem == "step-not-possible"
    assert desk.steps(proposed).count("refund_ordered") == 1


def test_money_that_went_elsewhere_meanwhile_is_not_given(desk: Desk, proposed: str) -> None:
    desk.tell_order(
        changed_at="2026-03-08T12:00:00Z",
        lines=[line | {"paid": 300 if line["line_id"] == "teapot" else 0} for line in desk.order_body()["lines"]],
    )
    assert approves(desk, proposed).problem == "refund-too-high"
    assert where(desk, proposed) == ("approval_wanted", None)
