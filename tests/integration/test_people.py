"""The roster over the API: leads say who works when and on what; everybody says whether they are there."""

from typing import Any

import pytest

from aftersales.routes import allowed
from tests.integration.decisions import under_review
from tests.integration.desk import HUA, MEI, TOM, Desk
from tests.integration.gateway import Answer, call, staff

NINE_TO_SIX = [{"opens": "09:00", "closes": "12:00"}, {"opens": "13:30", "closes": "18:00"}]
FACTS: dict[str, Any] = {
    "name": "林博",
    "email": "bo@desk.example",
    "skills": {"refund_only": 1, "return_refund": 2, "complaint": 3},
    "languages": ["zh-CN", "en"],
    "capacity": 8,
}
HOURS: dict[str, Any] = {
    "time_zone": "Asia/Shanghai",
    "week": dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), NINE_TO_SIX),
    "holidays_of": "CN",
}
EVERYTHING: dict[str, Any] = {
    "hours": HOURS,
    "leave": [{"first": "2026-05-06", "last": "2026-05-08"}],
    "leads": True,
    "may_give": {"CNY": 20000},
}


def save(member_id: str = "bo", **changes: Any) -> Answer:
    return call(HUA, "PUT", f"/staff/members/{member_id}", FACTS | changes)


def names(desk: Desk) -> list[str]:
    return [member["member_id"] for member in call(MEI, "GET", "/staff/members").body["members"]]


def test_a_new_member_works_on_nothing_yet_and_is_there(desk: Desk) -> None:
    answer = save()
    assert answer.status == 200
    member = call(MEI, "GET", "/staff/members/bo").body
    assert (member["open"], member["presence"], member["teams"]) == (0, "available", ["desk"])
    assert names(desk) == ["bo", "mei", "tom"]


def test_all_that_is_said_of_them_is_kept(desk: Desk) -> None:
    save(**EVERYTHING)
    member = call(HUA, "GET", "/staff/members/bo").body
    assert member["hours"]["week"]["monday"][1] == {"opens": "13:30:00", "closes": "18:00:00"}
    assert {name: member[name] for name in ("leave", "leads", "may_give", "skills")} == {
        **{name: EVERYTHING[name] for name in ("leave", "leads", "may_give")},
        "skills": FACTS["skills"],
    }


def test_what_is_said_anew_comes_in_place_of_what_was_said(desk: Desk) -> None:
    save(**EVERYTHING)
    save(skills={"complaint": 1})
    member = call(HUA, "GET", "/staff/members/bo").body
    assert (member["skills"], member["leave"], member["leads"], "hours" in member) == (
        {"complaint": 1},
        [],
        False,
        False,
    )


def test_what_they_work_on_and_whether_they_are_there_is_theirs(desk: Desk) -> None:
    desk.in_progress()
    desk.is_now(MEI, "busy")
    save("mei", capacity=9)
    member = call(HUA, "GET", "/staff/members/mei").body
    assert (member["open"], member["presence"], member["capacity"]) == (1, "busy", 9)


def test_a_roster_from_before_skills_had_levels_is_read(desk: Desk) -> None:
    assert call(HUA, "GET", "/staff/members/mei").body["skills"]["complaint"] == 1


def test_who_learns_something_gets_what_waited_for_it(desk: Desk) -> None:
    desk.is_now(TOM, "away")
    waiting = under_review(desk, language="en")
    assert desk.application(waiting).assignee is None
    save("mei", languages=["zh-CN", "en"])
    assert desk.application(waiting).assignee == "mei"


def test_only_leads_say_who_works_here(desk: Desk) -> None:
    of_agents = {(route.method, route.path) for route in allowed("agent") if route.function == "people"}
    assert {("GET", "/staff/members"), ("PUT", "/staff/presence")} <= of_agents
    assert not {("PUT", "/staff/members/{member_id}"), ("DELETE", "/staff/members/{member_id}")} & of_agents
    assert ("PUT", "/staff/teams/{team_id}") not in of_agents


@pytest.mark.parametrize(
    "changes",
    [
        {"hours": HOURS | {"week": {"monday": [{"opens": "09:00", "closes": "13:00"}, NINE_TO_SIX[0]]}}},
        {"hours": HOURS | {"week": {"monday": [{"opens": "18:00", "closes": "09:00"}]}}},
        {"hours": HOURS | {"week": {"monday": []}}},
        {"hours": HOURS | {"time_zone": "Asia/Atlantis"}},
        {"leave": [{"first": "2026-05-08", "last": "2026-05-06"}]},
        {"leave": [{"first": "2026-02-30", "last": "2026-03-06"}]},
        {"skills": {"complaint": 4}},
        {"skills": {"Reklamation!": 1}},
        {"skills": "complaint"},
        {"languages": ["de"]},
        {"capacity": -1},
        {"teams": ["Wir alle"]},
        {"presence": "available"},
        {"open": 0},
    ],
    ids=[
        "overlapping shifts",
        "a shift that ends before it begins",
        "hours that never begin",
        "a zone that there is not",
        "a leave that ends before it begins",
        "a day that there is not",
        "a level above the highest",
        "a skill with such a name",
        "skills as a text",
        "a language that the desk does not speak",
        "a capacity below none",
        "a team with such a name",
        "presence, which is theirs to say",
        "what they work on",
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(desk: Desk, changes: dict[str, Any]) -> None:
    answer = save(**changes)
    assert (answer.status, answer.problem) == (400, "invalid-request")
    assert names(desk) == ["mei", "tom"]


def test_a_capacity_of_nothing_gets_nothing_and_a_skill_nobody_needs_is_fine(desk: Desk) -> None:
    assert save(capacity=0, skills=FACTS["skills"] | {"zisha_clay": 3}).status == 200
    save("mei", capacity=0)
    number = under_review(desk)
    assert desk.application(number).assignee is None


def test_a_team_must_be_there_before_its_members(desk: Desk) -> None:
    answer = save(teams=["desk", "valuables"])
    assert (answer.status, answer.problem) == (422, "unknown-team")
    made = call(
        HUA, "PUT", "/staff/teams/valuables", {"name": {"zh-CN": "贵重品组", "en": "Valuables"}, "leads": ["mei"]}
    )
    assert made.status == 200
    assert save(teams=["desk", "valuables"]).status == 200
    assert call(MEI, "GET", "/staff/teams").body["teams"] == [made.body]


def test_who_leads_a_team_is_on_the_roster(desk: Desk) -> None:
    answer = call(HUA, "PUT", "/staff/teams/valuables", {"name": {"en": "Valuables"}, "leads": ["stranger"]})
    assert (answer.status, answer.problem) == (422, "unknown-member")
    assert call(HUA, "GET", "/staff/teams").body["teams"] == []


@pytest.mark.parametrize("told", [{"presence": "asleep"}, {}, {"presence": "away", "member_id": "tom"}])
def test_presence_is_one_of_three_and_ones_own(desk: Desk, told: dict[str, str]) -> None:
    assert call(MEI, "PUT", "/staff/presence", told).problem == "invalid-request"


def test_a_stranger_has_no_presence(desk: Desk) -> None:
    answer = call(staff("stranger"), "PUT", "/staff/presence", {"presence": "away"})
    assert (answer.status, answer.problem) == (404, "not-found")
    assert names(desk) == ["mei", "tom"]


def test_who_is_not_on_the_roster_is_not_found_and_has_nothing_to_take_back(desk: Desk) -> None:
    answer = call(HUA, "GET", "/staff/members/stranger")
    assert (answer.status, answer.problem) == (404, "not-found")
    assert call(HUA, "DELETE", "/staff/members/stranger").body == {"member_id": "stranger", "cases": []}
