"""After a case the customer is asked, once, and answers, once."""

from typing import Any

import pytest

from tests.integration import cloud
from tests.integration.desk import Desk
from tests.integration.gateway import Answer, call, customer, invoke

GOOD = {"satisfaction": 5, "effort": 4, "comment": "很快，谢谢！"}


def invite(desk: Desk, number: str) -> dict[str, Any]:
    told: dict[str, Any] = invoke("survey_invitation", desk.standing(number))
    return told


def answer(number: str, body: dict[str, Any] | None = None, key: str | None = None) -> Answer:
    return call(customer(number), "POST", f"/applications/{number}/survey", body or GOOD, key=key)


def questions(number: str) -> Answer:
    return call(customer(number), "GET", f"/applications/{number}/survey")


@pytest.fixture
def invited(desk: Desk) -> str:
    number = desk.resolved()
    invite(desk, number)
    return number


def test_a_resolved_case_is_asked_once(desk: Desk, invited: str) -> None:
    invite(desk, invited)
    assert desk.steps(invited).count("survey_sent") == 1


def test_a_case_that_ended_otherwise_is_not_asked(desk: Desk) -> None:
    number = desk.filed()
    desk.customer(number, "cancellation")
    assert invite(desk, number)["status"] == "cancelled"
    assert "survey_sent" not in desk.steps(number)


@pytest.mark.parametrize(
    ("language", "words"), [("zh-CN", "您对本次售后服务满意吗？"), ("en", "How satisfied are you")]
)
def test_the_questions_are_in_the_customers_language(desk: Desk, language: str, words: str) -> None:
    number = desk.in_progress(language=language, type="complaint", lines=[])
    assert words in questions(number).body["questions"]["satisfaction"]


def test_the_answer_is_kept(desk: Desk, invited: str) -> None:
    answered = answer(invited)
    assert answered.status == 201
    assert answered.body["answered_at"] == questions(invited).body["answered_at"] == "2026-03-09T02:30:00.000Z"
    assert desk.steps(invited)[-1] == "survey_answered"


def test_the_words_of_an_answer_stay_off_the_bus(desk: Desk, invited: str) -> None:
    answer(invited)
    desk.relay(invited)
    assert "谢谢" not in str(cloud.heard())


def test_a_second_answer_is_refused(desk: Desk, invited: str) -> None:
    answer(invited)
    again = answer(invited, GOOD | {"satisfaction": 1})
    assert (again.status, again.problem) == (409, "already-answered")
    assert desk.steps(invited).count("survey_answered") == 1


def test_the_same_answer_under_the_same_key_is_no_second_one(desk: Desk, invited: str) -> None:
    assert answer(invited, key="k-1").status == 201
    assert answer(invited, key="k-1").status == 201
    assert desk.steps(invited).count("survey_answered") == 1


def test_of_two_answers_at_once_one_counts(desk: Desk, invited: str) -> None:
    with cloud.meanwhile("TransactWriteItems", lambda: answer(invited)):
        assert answer(invited, GOOD | {"satisfaction": 1}).status == 409
    assert desk.steps(invited).count("survey_answered") == 1


def test_before_it_was_asked_nobody_can_answer(desk: Desk) -> None:
    assert answer(desk.resolved()).problem == "step-not-possible"


@pytest.mark.parametrize(
    "body",
    [
        *(GOOD | {"satisfaction": score} for score in (0, 6, 4.5, "5", None)),
        {"satisfaction": 5},
        GOOD | {"name": "李娜"},
    ],
)
def test_scores_are_whole_numbers_from_one_to_five(invited: str, body: dict[str, Any]) -> None:
    assert answer(invited, body).problem == "invalid-request"


@pytest.mark.parametrize("number", ["7K3M-9QXT-2VWH-5NRR", "nonsense"])
def test_another_customers_survey_is_not_found(desk: Desk, invited: str, number: str) -> None:
    mine = customer(desk.filed())
    for theirs in (invited, number):
        assert call(mine, "GET", f"/applications/{theirs}/survey").status == 404
        assert call(mine, "POST", f"/applications/{theirs}/survey", GOOD).status == 404
