"""A case changes hands: to a colleague, to a lead, to another team, and back from who lets it lie."""

from typing import Any

import pytest

from aftersales.applications.model import Application
from aftersales.errors import Outdated
from aftersales.identity.principal import Principal
from aftersales.staff.pass_on import take_back
from aftersales.staff.pull import pull
from tests.integration import cloud
from tests.integration.decisions import appealed, under_review
from tests.integration.desk import HUA, MEI, TOM, Desk
from tests.integration.gateway import Answer, staff

BO = staff("bo")
NOTE = {"message": "顾客要求开具质检报告，请技术组跟进。"}


@pytest.fixture(autouse=True)
def _colleagues(desk: Desk) -> None:
    desk.hire("bo", languages=["zh-CN"], skills=[])
    desk.hire("hua", languages=["zh-CN"], skills=[], leads=True)
    desk.make_team("technical", {"zh-CN": "技术组", "en": "Technical team"}, "hua")


def to(desk: Desk, number: str, member_id: str, who: Principal = MEI) -> Answer:
    return desk.staff(who, number, "transfer", {"member_id": member_id})


# --- to a person ---


def test_a_case_goes_to_a_colleague_with_its_weight(desk: Desk) -> None:
    number = desk.in_progress()
    assert to(desk, number, "bo").status == 200
    assert desk.application(number).assignee == "bo"
    assert (desk.open_cases("mei"), desk.open_cases("bo")) == (0, 1)
    assert desk.timeline(number)[-1].actor.id == "mei"


def test_a_lead_gives_anybody_what_waits_in_the_backlog(desk: Desk) -> None:
    number = desk.accepted(language="en")
    assert to(desk, number, "bo", HUA).status == 200
    assert (desk.application(number).assignee, desk.application(number).status) == ("bo", "awaiting_goods")


def test_to_give_it_to_who_has_it_changes_nothing(desk: Desk) -> None:
    number = desk.in_progress()
    before = desk.application(number)
    assert to(desk, number, "mei").status == 200
    assert desk.application(number) == before


def test_what_a_colleague_has_is_not_mine_to_give(desk: Desk) -> None:
    answer = to(desk, desk.in_progress(), "tom", TOM)
    assert (answer.status, answer.problem) == (409, "not-yours")


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"presence": "away"}, "member-not-available"),
        ({"presence": "busy"}, "member-not-available"),
        ({"leave": [{"first": "2026-03-01", "last": "2026-03-31"}]}, "member-not-available"),
        ({"capacity": 0}, "member-not-available"),
    ],
)
def test_who_is_not_there_or_has_no_room_is_given_nothing(desk: Desk, more: dict[str, Any], problem: str) -> None:
    desk.hire("bo", languages=["zh-CN"], **more)
    number = desk.in_progress()
    answer = to(desk, number, "bo")
    assert (answer.status, answer.problem) == (409, problem)
    assert (desk.application(number).assignee, desk.open_cases("bo")) == ("mei", 0)


def test_a_colleague_who_has_just_left_is_given_nothing(desk: Desk) -> None:
    number = desk.in_progress()
    with cloud.meanwhile("TransactWriteItems", lambda: desk.is_now(BO, "away")):
        assert to(desk, number, "bo").problem == "member-not-available"
    assert (desk.application(number).assignee, desk.open_cases("mei")) == ("mei", 1)


def test_who_is_not_on_the_roster_is_given_nothing(desk: Desk) -> None:
    answer = to(desk, desk.in_progress(), "stranger")
    assert (answer.status, answer.problem) == (422, "unknown-member")


def test_what_a_lead_decides_is_given_to_leads_only(desk: Desk) -> None:
    number = desk.disputed()
    answer = to(desk, number, "bo", HUA)
    assert (answer.status, answer.problem) == (409, "member-not-available")
    assert to(desk, number, "hua", HUA).status == 200


def test_what_somebody_rejected_is_not_given_back_to_them_on_appeal(desk: Desk) -> None:
    answer = to(desk, appealed(desk), "mei", HUA)
    assert (answer.status, answer.problem) == (409, "another-person-decides")


@pytest.mark.parametrize("place", ["wanted_information", "awaiting_goods"])
def test_what_waits_for_the_customer_goes_on_waiting_with_somebody_else(desk: Desk, place: str) -> None:
    """Whoever has it is ill for a week."""
    number = getattr(desk, place)()
    before = desk.application(number)
    assert to(desk, number, "bo", HUA).status == 200
    after = desk.application(number)
    assert (after.assignee, after.status, after.due_at) == ("bo", before.status, before.due_at)
    assert (desk.open_cases("mei"), desk.open_cases("bo")) == (0, 1)


def test_what_is_done_changes_no_hands(desk: Desk) -> None:
    assert to(desk, desk.paid_back(), "bo", HUA).problem == "step-not-possible"


# --- to a lead ---


def test_a_lead_takes_over_what_somebody_has(desk: Desk) -> None:
    number = desk.in_progress()
    for _ in range(2):
        assert desk.staff(HUA, number, "takeover").status == 200
        assert desk.application(number).assignee == "hua"
    assert (desk.open_cases("mei"), desk.open_cases("hua")) == (0, 1)


def test_what_nobody_has_is_claimed_instead(desk: Desk) -> None:
    number = desk.accepted(language="en")
    assert desk.staff(HUA, number, "takeover").problem == "step-not-possible"
    assert desk.staff(HUA, number, "claim").status == 200


def test_a_lead_who_is_busy_takes_over_and_one_who_is_full_does_not(desk: Desk) -> None:
    desk.hire("hua", languages=["zh-CN"], skills=[], leads=True, capacity=1, presence="busy")
    first, second = desk.in_progress(), desk.in_progress()
    assert desk.staff(HUA, first, "takeover").status == 200
    answer = desk.staff(HUA, second, "takeover")
    assert (answer.status, answer.problem) == (409, "no-capacity")
    assert desk.open_cases("hua") == 1


# --- to a team ---


def test_another_team_gets_it_with_a_note_that_customers_do_not_see(desk: Desk) -> None:
    desk.hire("yan", languages=["zh-CN"], teams=["technical"])
    number = desk.in_progress()
    answer = desk.staff(MEI, number, "handover", {"team": "technical"} | NOTE)
    assert answer.status == 200
    now = desk.application(number)
    assert (now.team, now.assignee, desk.open_cases("mei"), desk.open_cases("yan")) == ("technical", "yan", 0, 1)
    [handed] = [event for event in desk.timeline(number) if event.step == "handed_over"]
    assert (handed.message, handed.data["team"], handed.data["from"]) == (NOTE["message"], "technical", "desk")
    assert NOTE["message"] not in str(desk.look(number).body)


def test_where_nobody_is_there_it_waits_in_the_backlog_of_that_team(desk: Desk) -> None:
    desk.hire("yan", languages=["zh-CN"], teams=["technical"], presence="away")
    number = desk.in_progress()
    desk.staff(MEI, number, "handover", {"team": "technical"} | NOTE)
    assert (desk.work(HUA, team="technical"), desk.work(HUA, team="desk")) == ([number], [])


def test_who_handed_it_over_does_not_get_it_back_by_itself(desk: Desk) -> None:
    desk.hire("mei", languages=["zh-CN"], teams=["desk", "technical"])
    number = desk.in_progress()
    desk.staff(MEI, number, "handover", {"team": "technical"} | NOTE)
    assert (pull("technical"), desk.application(number).assignee) == (0, None)


def test_what_waits_for_the_customer_is_handed_over_too(desk: Desk) -> None:
    number = desk.wanted_information()
    assert desk.staff(MEI, number, "handover", {"team": "technical"} | NOTE).status == 200
    assert (desk.application(number).status, desk.open_cases("mei")) == ("information_wanted", 0)


@pytest.mark.parametrize(
    ("team", "status", "problem"), [("nobodys", 422, "unknown-team"), ("desk", 409, "step-not-possible")]
)
def test_only_to_another_team_that_there_is(desk: Desk, team: str, status: int, problem: str) -> None:
    number = desk.in_progress()
    answer = desk.staff(MEI, number, "handover", {"team": team} | NOTE)
    assert (answer.status, answer.problem) == (status, problem)
    assert desk.application(number).assignee == "mei"


def test_a_handover_without_a_note_is_none(desk: Desk) -> None:
    answer = desk.staff(MEI, desk.in_progress(), "handover", {"team": "technical"})
    assert (answer.status, answer.problem) == (400, "invalid-request")


def test_what_is_done_is_not_handed_over(desk: Desk) -> None:
    answer = desk.staff(HUA, desk.resolved(), "handover", {"team": "technical"} | NOTE)
    assert answer.problem == "step-not-possible"


# --- back ---


def lies_idle(desk: Desk) -> Application:
    return desk.application(under_review(desk))


def test_what_lies_idle_is_taken_back_and_goes_to_somebody_else(desk: Desk) -> None:
    case = lies_idle(desk)
    desk.hire("bo", languages=["zh-CN"])
    take_back(case)
    assert (desk.application(case.number).assignee, desk.open_cases("mei"), desk.open_cases("bo")) == ("bo", 0, 1)
    assert desk.steps(case.number)[-2:] == ["taken_back", "assigned"]


def test_who_is_away_gets_nothing_back(desk: Desk) -> None:
    case = lies_idle(desk)
    desk.is_now(MEI, "away")
    take_back(case)
    assert (pull("desk"), desk.application(case.number).assignee, desk.open_cases("mei")) == (0, None, 0)
    assert desk.work(HUA, backlog=True) == [case.number]


def test_who_let_it_lie_may_take_it_again(desk: Desk) -> None:
    case = lies_idle(desk)
    desk.is_now(MEI, "away")
    take_back(case)
    assert desk.staff(MEI, case.number, "claim").status == 200
    assert desk.application(case.number).taken_from is None


def test_once_another_has_had_it_they_may_be_given_it_again(desk: Desk) -> None:
    case = lies_idle(desk)
    desk.hire("bo", languages=["zh-CN"])
    take_back(case)
    take_back(desk.application(case.number))
    assert desk.application(case.number).assignee == "mei"


def test_what_was_worked_on_meanwhile_stays(desk: Desk) -> None:
    case = lies_idle(desk)
    desk.staff(MEI, case.number, "notes", {"message": "已致电，明早再联系。"})
    with pytest.raises(Outdated):
        take_back(case)
    assert (desk.application(case.number).assignee, desk.steps(case.number)[-1]) == ("mei", "noted")


def test_customers_see_nothing_of_it(desk: Desk) -> None:
    case = lies_idle(desk)
    take_back(case)
    assert "taken_back" not in [event["step"] for event in desk.look(case.number).body["timeline"]]


# --- the state machine ---


def test_what_is_taken_back_is_asked_for_by_the_state_machine_too(desk: Desk) -> None:
    """Whoever took it back may have died before they found somebody else."""
    case = lies_idle(desk)
    desk.relay(case.number)
    desk.waits(case.number, "t-1")
    desk.is_now(MEI, "away")
    take_back(case)
    desk.relay(case.number)
    told = {"number": case.number, "status": "manual_review", "assigned": False}
    assert desk.tokens.answers[-1] == ("t-1", told)


@pytest.mark.parametrize(
    ("step", "body"),
    [("handover", {"team": "technical"} | NOTE), ("transfer", {"member_id": "bo"})],
)
def test_what_the_customer_is_awaited_for_is_awaited_no_longer_by_changing_hands(
    desk: Desk, step: str, body: dict[str, str]
) -> None:
    """The wait that is there goes on, and ends at its time."""
    number = desk.awaiting_goods()
    desk.relay(number)
    desk.waits(number, "t-1")
    waited = desk.standing(number)
    assert desk.staff(MEI, number, step, body).status == 200
    desk.relay(number)
    assert "t-1" not in desk.tokens.spent
    desk.later(days=14, minutes=1)
    assert desk.waited_too_long(waited)["status"] == "expired"
