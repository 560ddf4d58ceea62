"""What changes who has a case, and who is on the roster: brings the desk to where it begins, and gives what is done."""

from contextlib import suppress

from aftersales.errors import Outdated
from aftersales.staff.assign import assign
from aftersales.staff.pass_on import take_back as taken_back
from tests.integration.decisions import under_review
from tests.integration.desk import HUA, MEI, Desk
from tests.integration.gateway import call
from tests.integration.works import Run, Work

RETURNS = {"zh-CN": "退货组", "en": "Returns"}


def transfer(desk: Desk) -> Run:
    desk.hire("bo", languages=["zh-CN"], skills=[])
    number = desk.in_progress()
    return lambda: desk.staff(MEI, number, "transfer", {"member_id": "bo"}, key="k-1")


def take_over(desk: Desk) -> Run:
    desk.hire("hua", languages=["zh-CN"], skills=[], leads=True)
    number = desk.in_progress()
    return lambda: desk.staff(HUA, number, "takeover", key="k-1")


def hand_over(desk: Desk) -> Run:
    """To a team of which nobody is there."""
    desk.make_team("returns", RETURNS)
    desk.hire("bo", languages=["zh-CN"], teams=["returns"], presence="away")
    number = desk.in_progress()
    note = {"team": "returns", "message": "请退货组跟进。"}
    return lambda: desk.staff(HUA, number, "handover", note, key="k-1")


def take_back(desk: Desk) -> Run:
    """As the sweep does it; and the state machine asks for somebody, too."""
    case = desk.application(under_review(desk))
    desk.is_now(MEI, "away")

    def run() -> None:
        with suppress(Outdated):
            taken_back(case)
        assign(case.number)

    return run


def finish_task(desk: Desk) -> Run:
    number = desk.in_progress()
    wanted = {"department": "quality", "message": "请复检。", "due_at": "2026-03-10T09:00:00Z"}
    [task] = desk.staff(MEI, number, "tasks", wanted).body["tasks"]
    path = f"tasks/{task['task_id']}/completion"
    return lambda: desk.staff(MEI, number, path, {"message": "壶身完好。"}, key="k-1")


def come_back(desk: Desk) -> Run:
    """Somebody's case waits for them."""
    desk.is_now(MEI, "away")
    under_review(desk)
    return lambda: call(MEI, "PUT", "/staff/presence", {"presence": "available"})


def leave(desk: Desk) -> Run:
    """With a case and a task, and nobody else who is there."""
    desk.hire("bo", languages=["zh-CN"], presence="away")
    number = under_review(desk)
    task = {"department": "quality", "member_id": "mei", "message": "请复检。", "due_at": "2026-03-10T09:00:00Z"}
    desk.staff(MEI, number, "tasks", task)
    return lambda: call(HUA, "DELETE", "/staff/members/mei")


PEOPLE_WORKS: list[Work] = [transfer, take_over, hand_over, take_back, finish_task, come_back, leave]
