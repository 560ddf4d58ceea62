"""A coupon or points: the storefront says once whether they were given, and the order counts what they are worth."""

import pytest

from tests.integration import cloud
from tests.integration.desk import HUA, Desk
from tests.integration.gateway import shop
from tests.integration.gifts import COMPLAINT, credit_id, gives, tells, where


@pytest.fixture(autouse=True)
def _limits(desk: Desk) -> None:
    """Mei may give ten yuan alone."""
    desk.hire("mei", languages=["zh-CN"], may_give={"CNY": 1000})


@pytest.fixture
def complaint(desk: Desk) -> str:
    """Mei has it."""
    return desk.in_progress(**COMPLAINT)


def test_a_coupon_that_failed_counts_no_more_and_comes_back(desk: Desk, complaint: str) -> None:
    gives(desk, complaint, kind="coupon")
    answer = tells(desk, complaint, "failed", message="no such campaign")
    assert answer.body["status"] == "in_progress"
    assert (where(desk, complaint), desk.order().credit) == (("in_progress", "mei"), 0)
    assert "no such campaign" not in str(desk.look(complaint).body)
    assert gives(desk, complaint, kind="points").status == 200


def test_told_again_it_changes_nothing_and_otherwise_it_is_refused(desk: Desk, complaint: str) -> None:
    gives(desk, complaint, kind="coupon")
    first, steps = tells(desk, complaint), desk.steps(complaint)
    assert tells(desk, complaint) == first
    refused = tells(desk, complaint, "failed")
    assert (refused.status, refused.problem) == (409, "step-not-possible")
    assert (desk.steps(complaint), desk.order().credit) == (steps, 1000)


def test_told_twice_at_once_it_is_given_once(desk: Desk, complaint: str) -> None:
    gives(desk, complaint, kind="coupon")
    with cloud.meanwhile("TransactWriteItems", lambda: tells(desk, complaint)):
        assert tells(desk, complaint).status == 200
    assert desk.steps(complaint).count("credit_given") == 1


def test_a_word_about_the_first_does_not_end_the_second(desk: Desk, complaint: str) -> None:
    gives(desk, complaint, kind="coupon")
    first = credit_id(desk, complaint)
    tells(desk, complaint, "failed")
    gives(desk, complaint, kind="points")
    assert tells(desk, complaint, "failed", credit_id=first).status == 200
    assert tells(desk, complaint, credit_id=first).problem == "step-not-possible"
    assert (desk.application(complaint).status, desk.order().credit) == ("credit_ordered", 1000)


def test_a_lead_says_so_where_no_program_does(desk: Desk, complaint: str) -> None:
    gives(desk, complaint, kind="coupon")
    told = {"credit_id": credit_id(desk, complaint), "outcome": "given", "reference": "SORRY-2026"}
    other = desk.in_progress(**COMPLAINT)
    assert desk.staff(HUA, other, "credit-confirmation", told).problem == "not-found"
    answer = desk.staff(HUA, complaint, "credit-confirmation", told)
    assert answer.body["application"]["status"] == "awaiting_confirmation"
    assert tells(desk, complaint).status == 200


@pytest.mark.parametrize("name", ["{number}", "{number}.99", "7K3M-9QXT-2VWH-5NRR.4", "优惠券"])
def test_a_credit_that_was_not_ordered_is_not_there(desk: Desk, complaint: str, name: str) -> None:
    gives(desk, complaint, kind="coupon")
    answer = tells(desk, complaint, credit_id=name.format(number=complaint))
    assert (answer.status, answer.problem) == (404, "not-found")


def test_another_storefront_does_not_learn_that_it_exists(desk: Desk, complaint: str) -> None:
    gives(desk, complaint, kind="coupon")
    assert tells(desk, complaint, who=shop("harbour")).problem == "not-found"
    assert desk.application(complaint).status == "credit_ordered"
