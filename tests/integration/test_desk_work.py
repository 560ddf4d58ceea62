"""Lists of work on the desk's page: by due time, filtered, page by page, and whose they are."""

from datetime import timedelta
from typing import Any

import pytest

from aftersales.aws import client
from aftersales.clock import rfc3339
from aftersales.items import item
from aftersales.settings import Setting
from tests.integration import cloud
from tests.integration.desk import Desk
from tests.integration.desk_visitor import Visitor, database_asked, numbers, token

pytestmark = pytest.mark.usefixtures("staff_pool")

TALK: dict[str, Any] = {"type": "complaint", "lines": []}


@pytest.fixture
def mei(desk: Desk) -> Visitor:
    return Visitor(access_token=token("mei", "agent"))


@pytest.fixture
def hua(desk: Desk) -> Visitor:
    """Who leads."""
    desk.hire("hua", languages=["zh-CN"], skills=[], leads=True)
    return Visitor("en", token("hua", "lead"))


def test_what_is_due_first_stands_first(desk: Desk, mei: Visitor) -> None:
    goods = desk.awaiting_goods()
    desk.later(minutes=5)
    money = desk.in_progress()
    page = mei.sees("/desk/work")
    assert numbers(page) == [money, goods]
    assert f"还剩 2 天 0 小时 本环节期限 {money} 李娜 · LT-1001" in page.text
    assert "仅退款 处理中 高 中文" in page.text


def test_what_is_late_says_so(desk: Desk, mei: Visitor) -> None:
    desk.in_progress()
    desk.later(days=2, minutes=95)
    assert "超时 1 小时 35 分钟" in mei.sees("/desk/work").text


def test_an_empty_list_says_so(mei: Visitor) -> None:
    assert "没有待办。" in mei.sees("/desk/work").text
    assert "没有符合条件的申请。" in mei.sees("/desk/work?type=repair").text


def test_filters_say_what_they_would_show(desk: Desk, mei: Visitor) -> None:
    goods = desk.awaiting_goods()
    words = [desk.in_progress(**TALK) for _ in range(2)]
    page = mei.sees("/desk/work")
    counts = ("待客户寄回（1）", "处理中（2）", "退货退款（1）", "投诉（2）", "只看超时（0）")
    assert [count for count in counts if count not in page.text] == []
    assert numbers(mei.sees("/desk/work?status=awaiting_goods")) == [goods]
    assert sorted(numbers(mei.sees("/desk/work?type=complaint&status=in_progress"))) == sorted(words)
    assert 'value="complaint" selected' in mei.sees("/desk/work?type=complaint").html


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=99",
        "page=x",
        "page=-1",
        "page=²",
        "page=٣",
        f"page={'9' * 5000}",
        "status=x&type=x",
        "priority=&kind=x&late=x",
        "done=x",
    ],
    ids=lambda query: query[:20],
)
def test_odd_addresses_are_no_fault_of_ours(desk: Desk, mei: Visitor, query: str) -> None:
    desk.in_progress()
    assert mei.sees(f"/desk/work?{query}").status == 200


def test_a_backlog_is_the_teams(desk: Desk, mei: Visitor) -> None:
    waiting = desk.accepted(language="en")
    desk.leaves("tom")
    page = mei.sees("/desk/work?backlog=true")
    assert numbers(page) == [waiting]
    assert "<h1>待领取</h1>" in page.html
    assert numbers(mei.sees("/desk/work?team=desk")) == [waiting]
    assert mei.sees("/desk/work?team=workshop").status == 403


def test_leads_see_what_others_have(desk: Desk, mei: Visitor, hua: Visitor) -> None:
    number = desk.in_progress()
    assert "/desk/work?owner=mei" in hua.sees("/desk/work").links
    page = hua.sees("/desk/work?owner=mei")
    assert (numbers(page), "<h1>Mei (1/5) · Available</h1>" in page.html) == ([number], True)
    assert not [link for link in mei.sees("/desk/work").links if "owner=" in link]
    assert mei.sees("/desk/work?owner=hua").status == 403


def test_tasks_of_a_department_are_a_list(desk: Desk, mei: Visitor) -> None:
    number = desk.in_progress()
    page = mei.fills(
        mei.sees(f"/desk/cases/{number}"),
        "tasks",
        department="logistics",
        due_at="2026-03-10T12:00",
        message="请核实 SF139 的派送记录。",
    )
    assert page.status == 303
    listed = mei.sees("/desk/work?department=logistics")
    assert numbers(listed) == [number]
    assert "<h1>物流</h1>" in listed.html


def test_who_goes_to_lunch_says_so(desk: Desk, mei: Visitor) -> None:
    assert mei.fills(mei.sees("/desk/work"), "presence", presence="away").goes_on_to == "/desk/work?done=presence"
    page = mei.sees("/desk/work?done=presence")
    assert ('value="away" selected' in page.html, "我的状态：离开" in page.text) == (True, True)
    number = desk.accepted()
    desk.assign(number)
    assert desk.application(number).assignee is None
    assert mei.sends("/desk/presence", presence="available").status == 403


def open_cases(desk: Desk, count: int) -> None:
    """Mei has so many, each due a minute after the other: written as one that was filed is written."""
    number = desk.in_progress()
    [row] = [row for row in cloud.rows(Setting.APPLICATIONS_TABLE) if row["item"]["S"] == "application"]
    for i in range(count - 1):
        due = item({"work_due": rfc3339(desk.clock.now() + timedelta(days=3, minutes=i))})
        new = row | due | item({"number": f"{number[:-4]}{i:04d}"})
        client("dynamodb").put_item(TableName=Setting.APPLICATIONS_TABLE.read(), Item=new)


def test_a_long_list_comes_in_pages_that_hold_everything_once(desk: Desk, mei: Visitor) -> None:
    open_cases(desk, 102)
    pages = [mei.sees(address) for address in ("/desk/work", "/desk/work?page=2", "/desk/work?page=3")]
    assert [len(numbers(page)) for page in pages] == [50, 50, 2]
    assert len({number for page in pages for number in numbers(page)}) == 102
    assert [link for link in pages[1].links if "work" in link and "page" in link] == ["/desk/work?page=3"]


def test_500_open_cases_are_listed_by_one_query_and_50_are_shown(desk: Desk, mei: Visitor) -> None:
    """The others are the roster and its teams; what was promised comes for a hundred cases at once, and what the shown
    ones are about in one more.
    """
    open_cases(desk, 500)
    with database_asked() as asked:
        page = mei.sees("/desk/work")
    assert asked == {"Query": 3, "BatchGetItem": 6}
    assert ("共 500 件" in page.text, len(numbers(page))) == (True, 50)
    assert len(page.html.encode()) < 60_000
