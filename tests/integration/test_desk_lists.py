"""What the lists of the desk's page say of each case, how they are cut down, and what leads see of their people."""

from typing import Any

import pytest

from aftersales.settings import Setting
from aftersales.sla.refresh import refresh
from tests.integration import cloud
from tests.integration.desk import MEI, Desk
from tests.integration.desk_visitor import Visitor, database_asked, numbers, token

pytestmark = pytest.mark.usefixtures("staff_pool")

TALK: dict[str, Any] = {"type": "complaint", "lines": []}
CUPS = {"line_id": "cup", "quantity": 2, "reason": "damaged_in_transit"}
TEAPOT = {"line_id": "teapot", "quantity": 1, "reason": "defective"}


@pytest.fixture
def mei(desk: Desk) -> Visitor:
    return Visitor(access_token=token("mei", "agent"))


@pytest.fixture
def hua(desk: Desk) -> Visitor:
    """Who leads."""
    desk.hire("hua", languages=["zh-CN"], skills=[], leads=True)
    return Visitor("en", token("hua", "lead"))


# --- what a case is about


def test_under_its_number_stands_what_a_case_is_about(desk: Desk, mei: Visitor) -> None:
    told = "壶嘴有裂纹，\n\n倒水时渗漏。" + "很长。" * 40
    desk.in_progress(lines=[TEAPOT, CUPS], description=told)
    desk.later(hours=5)
    text = mei.sees("/desk/work").text
    assert "李娜 · LT-1001 · 紫砂壶 Zisha teapot +1 · 5 小时前提交 壶嘴有裂纹， 倒水时渗漏。很长。" in text
    assert ("很长。" * 16 not in text, "…" in text) == (True, True)


def test_who_gave_no_name_and_names_no_goods_is_known_by_the_order(desk: Desk, mei: Visitor) -> None:
    number = desk.in_progress(**TALK, contact={"email": "li.na@mail.example"}, description="快递一直没到。")
    assert f"{number} LT-1001 · 0 分钟前提交 快递一直没到。" in mei.sees("/desk/work").text


def test_what_customers_write_stays_in_its_place(desk: Desk, mei: Visitor) -> None:
    """A name that runs from right to left does not turn around what stands beside it."""
    desk.in_progress(description="<b>سلام</b>", contact={"name": "محمد <i>", "email": "m@mail.example"})
    html = mei.sees("/desk/work").html
    assert '<bdi class="who">محمد &lt;i&gt;</bdi>' in html
    assert '<bdi class="says">&lt;b&gt;سلام&lt;/b&gt;</bdi>' in html


def test_a_case_and_a_task_about_it_are_two_rows_that_say_the_same(desk: Desk, mei: Visitor) -> None:
    number = desk.in_progress()
    task = {"department": "logistics", "member_id": "mei", "message": "请核实。", "due_at": "2026-03-10T04:00:00Z"}
    desk.staff(MEI, number, "tasks", task)
    page = mei.sees("/desk/work")
    assert (numbers(page), page.text.count("李娜 · LT-1001")) == ([number, number], 2)


def test_a_row_whose_case_cannot_be_read_yet_is_there_without_words(desk: Desk, mei: Visitor) -> None:
    """What is new is in the index before every copy of the table has it."""
    number = desk.in_progress()
    nothing: dict[str, Any] = {"Responses": {Setting.APPLICATIONS_TABLE.read(): []}, "UnprocessedKeys": {}}
    with cloud.answering("BatchGetItem", nothing):
        page = mei.sees("/desk/work")
    assert (numbers(page), "李娜" in page.text) == ([number], False)


# --- what is due, and for whom


def test_the_clock_that_is_due_has_a_name(desk: Desk, mei: Visitor) -> None:
    refresh(desk.in_progress())
    assert "还剩 5 小时 0 分钟 处理间隔期限" in mei.sees("/desk/work").text


def test_who_has_answered_us_waits_for_an_answer(desk: Desk, mei: Visitor) -> None:
    number = desk.wanted_information()
    refresh(number)
    assert "客户在等回复" not in mei.sees("/desk/work").text
    desk.customer(number, "information", {"message": "照片已补。"})
    refresh(number)
    assert "回复期限" in (text := mei.sees("/desk/work").text)
    assert "处理中 客户在等回复" in text


# --- filters


def test_a_list_is_cut_down_by_priority_kind_and_lateness(desk: Desk, mei: Visitor) -> None:
    urgent, talk = desk.in_progress(), desk.in_progress(**TALK)
    task = {"department": "logistics", "member_id": "mei", "message": "请核实。", "due_at": "2026-03-09T04:00:00Z"}
    desk.staff(MEI, talk, "tasks", task)
    desk.later(hours=3)
    page = mei.sees("/desk/work")
    counts = ("高（1）", "普通（2）", "申请（2）", "部门任务（1）", "只看超时（1）")
    assert [count for count in counts if count not in page.text] == []
    assert numbers(mei.sees("/desk/work?priority=high")) == [urgent]
    assert numbers(mei.sees("/desk/work?kind=task")) == numbers(mei.sees("/desk/work?late=true")) == [talk]
    assert numbers(mei.sees("/desk/work?kind=task&priority=high")) == []


def test_filters_stay_when_the_language_changes(desk: Desk, mei: Visitor) -> None:
    desk.in_progress()
    address = "/desk/work?priority=high&kind=application&late=true"
    assert mei.fills(mei.sees(address), "language", language="en").goes_on_to == address


def test_what_cannot_be_chosen_is_not_asked(desk: Desk, mei: Visitor) -> None:
    desk.in_progress()
    assert "<select" not in mei.sees("/desk/work").html.partition('action="./presence"')[0]


def test_tasks_of_a_department_say_whose_they_are(desk: Desk, mei: Visitor) -> None:
    assert "还没有指定给个人的任务" in mei.sees("/desk/work?department=logistics").text
    assert "还没有指定给个人的任务" not in mei.sees("/desk/work").text


# --- what comes next


def test_who_has_done_their_part_is_led_to_what_is_due_next(desk: Desk, mei: Visitor) -> None:
    first, watched, second = desk.in_progress(), desk.awaiting_goods(), desk.in_progress(**TALK)
    page = mei.sees(f"/desk/cases/{first}")
    done = mei.fills(page, "information-request", message="请补一张照片。").goes_on_to
    assert f"下一件：{second}" in mei.sees(done).text
    assert f"/desk/cases/{second}" in mei.sees(done).links
    desk.staff(MEI, second, "completion", {"message": "已处理。"})
    assert "下一件" not in mei.sees(done).text, f"{watched} is the customer's to send"


def test_who_left_a_note_is_not_led_away(desk: Desk, mei: Visitor) -> None:
    number = desk.in_progress()
    desk.in_progress(**TALK)
    done = mei.fills(mei.sees(f"/desk/cases/{number}"), "notes", message="老顾客").goes_on_to
    assert "下一件" not in mei.sees(done).text


# --- people


def test_leads_see_who_is_there_and_how_much_they_have(desk: Desk, hua: Visitor) -> None:
    desk.hire("lin", languages=["zh-CN"], skills=[], leave=[{"first": "2026-03-09", "last": "2026-03-12"}])
    afternoon = {"monday": [{"opens": "13:00", "closes": "18:00"}]}
    desk.hire("max", languages=["en"], skills=[], hours={"time_zone": "Asia/Shanghai", "week": afternoon})
    desk.is_now(MEI, "busy")
    text = hua.sees("/desk/people").text
    for row in ("Mei Busy 0/5 0 0", "Tom Available 0/5 0 0", "Lin On leave 0/5 0 0", "Max Off hours 0/5 0 0"):
        assert row in text, row
    assert text.index("Tom Available") < text.index("Lin On leave")


def test_leads_see_what_is_late_with_whom_and_in_which_team(desk: Desk, hua: Visitor) -> None:
    mine, waiting = desk.in_progress(), desk.accepted(language="en")
    for number in (mine, waiting):
        refresh(number)
    desk.later(days=3)
    page = hua.sees("/desk/people")
    assert "Mei Available 1/5 1 1" in page.text
    assert "After-sales 1 1" in page.text
    assert numbers(hua.sees("/desk/work?owner=mei&late=true")) == [mine]
    assert {"/desk/work?owner=mei&late=true", "/desk/work?team=desk&late=true"} <= {
        link.replace("&amp;", "&") for link in page.links
    }


def test_the_board_is_one_reading_of_the_index(desk: Desk, hua: Visitor) -> None:
    """In its eight parts; the others are the roster and its teams."""
    refresh(desk.in_progress())
    with database_asked() as asked:
        hua.sees("/desk/people")
    assert asked == {"Query": 10}


def test_the_board_is_for_leads(desk: Desk, mei: Visitor, hua: Visitor) -> None:
    assert mei.sees("/desk/people").status == 403
    assert "/desk/people" in hua.sees("/desk/work").links
    assert "/desk/people" not in mei.sees("/desk/work").links
    assert "同事的工作" not in mei.sees("/desk/work").text
    assert "Mei (0/5) · Available" in hua.sees("/desk/work").text
