"""Where nobody is free a case waits in the backlog of its team: the most urgent is pulled first."""

from typing import Any

from aftersales.applications.model import Needs
from aftersales.aws import client
from aftersales.items import item
from aftersales.settings import Setting
from aftersales.staff.pull import pull
from tests.integration.decisions import policy_says
from tests.integration.desk import HUA, MEI, Desk


def review(desk: Desk, needs: dict[str, Any] | None = None, **said: Any) -> str:
    """A case that the policy leaves to a person, and what it says of who that is to be."""
    changes = {"contact": said.pop("contact")} if "contact" in said else {}
    number = desk.filed(type="complaint", lines=[], **changes)
    policy_says(number, "manual_review", needs=Needs.model_validate(needs or {}), **said)
    return number


def test_the_most_urgent_is_pulled_first_and_of_those_what_is_due_first(desk: Desk) -> None:
    desk.is_now(MEI, "away")
    normal = review(desk)
    desk.later(minutes=1)
    high = review(desk, priority="high")
    desk.later(minutes=1)
    urgent, later = review(desk, priority="urgent"), review(desk, priority="high")
    desk.hire("mei", languages=["zh-CN"], capacity=2)
    assert pull("desk") == 2
    assert sorted(desk.work(MEI)) == sorted([urgent, high])
    assert sorted(desk.work(HUA, backlog=True)) == sorted([normal, later])


def test_what_nobody_who_is_there_can_do_holds_up_nothing(desk: Desk) -> None:
    desk.hire("bo", languages=["zh-CN"], skills=["complaint", "gems"], presence="away")
    desk.is_now(MEI, "away")
    stuck, possible = review(desk, {"skills": {"gems": 1}}, priority="urgent"), review(desk)
    desk.is_now(MEI, "available")
    assert desk.work(MEI) == [possible]
    assert desk.work(HUA, backlog=True) == [stuck]


def test_who_comes_gets_what_waits_in_their_teams(desk: Desk) -> None:
    desk.hire("mei", languages=["zh-CN"], teams=["desk", "returns"], presence="away")
    numbers = [review(desk), review(desk, team="returns"), review(desk, team="valuables")]
    desk.is_now(MEI, "available")
    assert sorted(desk.work(MEI)) == sorted(numbers[:2])


def test_only_what_waits_for_a_person_is_pulled(desk: Desk) -> None:
    desk.filed()
    assert (pull("desk"), desk.open_cases(), desk.open_cases("tom")) == (0, 0, 0)


def test_what_comes_does_not_go_before_what_waits_and_is_more_urgent(desk: Desk) -> None:
    desk.is_now(MEI, "away")
    urgent = review(desk, priority="urgent")
    desk.hire("mei", languages=["zh-CN"], capacity=1)
    low = review(desk, priority="low")
    desk.assign(low)
    assert (desk.application(urgent).assignee, desk.application(low).assignee) == ("mei", None)


def test_what_cannot_be_read_holds_up_nothing(desk: Desk) -> None:
    desk.is_now(MEI, "away")
    broken, whole = review(desk), review(desk)
    client("dynamodb").update_item(
        TableName=Setting.APPLICATIONS_TABLE.read(),
        Key=item({"number": broken, "item": "application"}),
        UpdateExpression="SET needs = :n",
        ExpressionAttributeValues=item({":n": {"weight": 99}}),
    )
    desk.is_now(MEI, "available")
    assert desk.application(whole).assignee == "mei"
