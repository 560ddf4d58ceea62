"""What staff see: their list by due time, page by page, and one case whole."""

import json
from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any

import pytest

from aftersales.applications.lifecycle import Status
from aftersales.applications.limits import LIMITS
from aftersales.clock import rfc3339
from tests.integration.clock_works import hears, indexed
from tests.integration.decisions import policy_says, under_review
from tests.integration.desk import HUA, MEI, TOM, Desk
from tests.integration.gateway import call


def page(cursor: str | None = None, **query: str) -> dict[str, Any]:
    wanted = query | ({"cursor": cursor} if cursor else {})
    return call(HUA, "GET", "/staff/work", query=wanted or None).body


def test_the_most_urgent_comes_first(desk: Desk) -> None:
    goods = desk.awaiting_goods()
    desk.later(minutes=5)
    money = desk.in_progress()
    assert desk.work(MEI) == [money, goods]


def test_what_was_promised_first_comes_first(desk: Desk) -> None:
    """The one whose goods are on their way has time, and the other may stand for two days where it does; but its
    customer is to have heard from us by tomorrow at half past ten.
    """
    goods = desk.awaiting_goods()
    desk.later(minutes=5)
    answer = under_review(desk, type="refund_only")
    hears(desk, goods)
    hears(desk, answer)
    [first, second] = call(MEI, "GET", "/staff/work").body["items"]
    assert (first["number"], first["clock"]) == (answer, "first_response")
    assert first["due_at"] == rfc3339(indexed()[answer].due_at["first_response"])
    assert (second["number"], "clock" in second) == (goods, False)


def test_a_customer_who_waits_for_an_answer_is_seen_whatever_is_due_first(desk: Desk) -> None:
    number = desk.in_progress()
    hears(desk, number)
    desk.clock.moment = indexed()[number].due_at["resolution"] - timedelta(minutes=10)
    desk.staff(MEI, number, "information-request", {"message": "请拍一张壶嘴的照片。"})
    desk.customer(number, "information", {"message": "照片已发。"})
    hears(desk, number)
    [row] = call(MEI, "GET", "/staff/work").body["items"]
    assert (row["number"], row["clock"], row["customer_waits"]) == (number, "resolution", True)


def test_each_sees_their_own_work_and_all_see_the_backlog(desk: Desk) -> None:
    mine = desk.in_progress()
    nobodys = desk.accepted(language="en")
    assert (desk.work(MEI), desk.work(TOM)) == ([mine], [])
    assert desk.work(TOM, backlog=True) == desk.work(MEI, backlog=True) == [nobodys]


def test_what_is_over_is_no_work(desk: Desk) -> None:
    desk.resolved()
    desk.customer(desk.filed(), "cancellation")
    assert desk.work(MEI) == []
    assert desk.work(MEI, backlog=True) == []


def test_a_list_says_what_kind_of_work_it_is(desk: Desk) -> None:
    number = desk.in_progress()
    [item] = call(MEI, "GET", "/staff/work").body["items"]
    assert item == {
        "number": number,
        "kind": "application",
        "type": "refund_only",
        "status": "in_progress",
        "priority": "high",
        "language": "zh-CN",
        "due_at": rfc3339(desk.clock.now() + LIMITS[Status.IN_PROGRESS]),
    }


def test_a_long_list_comes_in_pages_that_hold_everything_once(desk: Desk) -> None:
    filed = [desk.filed(type="complaint", lines=[]) for _ in range(52)]
    first = page(backlog="true")
    second = page(first["cursor"], backlog="true")
    assert (len(first["items"]), len(second["items"]), "cursor" in second) == (50, 2, False)
    assert sorted(item["number"] for item in first["items"] + second["items"]) == sorted(filed)


def cursor(content: object) -> str:
    return urlsafe_b64encode(json.dumps(content).encode()).decode()


POSITION = {"number": "n", "item": "application", "work_owner": "hua", "work_due": "2026-03-09"}


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "游标",
        cursor(5),
        cursor([]),
        cursor(list(POSITION)),
        cursor({}),
        cursor(POSITION | {"more": 1}),
        cursor(POSITION | {"number": 1.5}),
        cursor(POSITION | {"number": {"a": 1}}),
        cursor(POSITION | {"number": ""}),
        cursor(POSITION | {"work_owner": "mei"}),
    ],
)
def test_a_cursor_that_is_none_of_ours_is_refused(desk: Desk, text: str) -> None:
    answer = call(HUA, "GET", "/staff/work", query={"cursor": text})
    assert (answer.status, answer.problem) == (400, "invalid-request")


def test_a_case_is_shown_whole(desk: Desk) -> None:
    number = desk.wanted_information()
    desk.staff(TOM, number, "notes", {"message": "老顾客"})
    case = desk.case(number)
    assert case["application"]["contact"]["email"] == "li.na@mail.example"
    assert [event["step"] for event in case["timeline"]] == desk.steps(number)
    assert case["timeline"][-1]["message"] == "老顾客"


def test_what_pays_nothing_back_is_completed_instead(desk: Desk) -> None:
    actions = desk.case(desk.in_progress(type="complaint", lines=[]))["actions"]
    assert "completion" in actions
    assert "refund" not in actions


def test_what_is_done_is_no_work_and_what_is_disputed_is(desk: Desk) -> None:
    number = desk.paid_back()
    assert desk.work(MEI) == desk.work(MEI, backlog=True) == []
    desk.customer(number, "dispute", {"message": "少退了 9.66 元。"})
    assert (desk.work(MEI), desk.work(HUA, backlog=True)) == ([], [number])


def test_a_lead_sees_the_work_of_each_and_the_backlog_of_every_team(desk: Desk) -> None:
    number, waiting = desk.in_progress(), desk.accepted(language="en")
    assert desk.work(HUA, owner="mei") == [number]
    assert desk.work(HUA, team="desk") == [waiting]
    assert desk.work(HUA, team="returns") == []


@pytest.mark.parametrize("query", [{"owner": "mei"}, {"team": "returns"}])
def test_an_agent_sees_their_own_work_and_that_of_their_teams(desk: Desk, query: dict[str, str]) -> None:
    answer = call(TOM, "GET", "/staff/work", query=query)
    assert (answer.status, answer.problem) == (403, "forbidden")
    assert call(TOM, "GET", "/staff/work", query={"team": "desk"}).status == 200
    assert call(TOM, "GET", "/staff/work", query={"owner": "tom"}).status == 200


def test_the_backlog_is_that_of_ones_own_team(desk: Desk) -> None:
    desk.hire("tom", languages=["en"], teams=["returns"])
    number = desk.filed(language="en", type="refund_only")
    policy_says(number, "manual_review", team="returns")
    assert (desk.work(TOM, backlog=True), desk.work(MEI, backlog=True)) == ([number], [])


def test_a_number_may_be_typed_as_it_was_heard(desk: Desk) -> None:
    number = desk.filed()
    assert desk.case(number.lower())["application"]["number"] == number
