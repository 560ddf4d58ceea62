"""Where a case stands by its clocks follows its events; and the lead hears of what is escalated."""

import pytest

from aftersales.aws import client
from aftersales.items import document_of
from aftersales.settings import Setting
from aftersales.sla.escalation import escalate
from aftersales.sla.refresh import refresh
from tests.integration import cloud
from tests.integration.clock_works import for_a_person, hears, indexed, leads_heard, leads_listen, sweep
from tests.integration.decisions import policy_says
from tests.integration.desk import MEI, TOM, Desk
from tests.integration.gateway import announced, deliver, invoke
from tests.unit.sla.calendars import shanghai


@pytest.fixture(autouse=True)
def _leads(desk: Desk) -> None:
    leads_listen()


def test_a_new_case_has_its_due_times_in_the_index(desk: Desk) -> None:
    number = desk.filed()
    hears(desk, number)
    case = indexed()[number]
    assert (case.version, case.status, case.team, case.priority) == (1, "submitted", "desk", "normal")
    assert case.due_at == {"first_response": shanghai("2026-03-10 10:30"), "resolution": shanghai("2026-03-12 10:30")}
    assert case.due_next == shanghai("2026-03-09 17:30")  # a warning, at three quarters of a day


def test_it_follows_what_happens(desk: Desk) -> None:
    number = desk.in_progress()
    hears(desk, number)
    case = indexed()[number]
    assert (case.status, case.assignee) == ("in_progress", "mei")
    assert case.due_at.keys() == {"resolution", "idle"}


def test_while_nothing_runs_it_stays_in_the_index_with_nothing_due(desk: Desk) -> None:
    number = desk.paid_back()
    hears(desk, number)
    case = indexed()[number]
    assert (case.status, case.due_at, case.due_next) == ("awaiting_confirmation", {}, None)


def test_what_has_ended_leaves_the_index_and_comes_back_with_an_appeal(desk: Desk) -> None:
    number = desk.filed()
    hears(desk, number)
    desk.customer(number, "cancellation")
    hears(desk, number)
    assert indexed() == {}
    disputed = desk.disputed()
    hears(desk, disputed)
    assert indexed()[disputed].due_at.keys() == {"pickup", "next_response", "resolution"}


def test_a_call_back_brings_it_back_until_it_was_made(desk: Desk) -> None:
    number = desk.resolved()
    hears(desk, number)
    assert indexed() == {}
    invoke("followup", {"number": number})
    invoke("followup", {"number": number, "due": True})
    hears(desk, number)
    assert indexed()[number].due_at == {"follow_up": shanghai("2026-03-10 10:30")}
    desk.staff(MEI, number, "follow-up", {"message": "客户满意。"})
    hears(desk, number)
    assert indexed() == {}


def test_an_event_that_comes_late_or_twice_takes_nothing_back(desk: Desk) -> None:
    number = desk.in_progress()
    hears(desk, number)
    before = indexed()
    hears(desk, number, sequence=1)
    hears(desk, number, sequence=1)
    assert indexed() == before


def test_what_was_folded_before_a_later_change_does_not_take_its_place(desk: Desk) -> None:
    number = desk.filed()

    def meanwhile() -> None:
        desk.customer(number, "cancellation")
        refresh(number)

    with cloud.meanwhile("PutItem", meanwhile):
        refresh(number)
    [kept] = [document_of(row) for row in cloud.rows(Setting.APPLICATIONS_TABLE) if row["item"]["S"] == "sla"]
    assert (kept["version"], kept["status"]) == (2, "cancelled")
    assert indexed() == {}


def test_cases_are_spread_over_the_shards_and_all_are_found(desk: Desk) -> None:
    numbers = [desk.filed(type="complaint", lines=[]) for _ in range(25)]
    for number in numbers:
        hears(desk, number)
    assert indexed().keys() == set(numbers)
    assert len({case.shard for case in indexed().values()}) > 4


def escalated(desk: Desk) -> str:
    number = desk.filed()
    desk.review(number)
    escalate(desk.application(number), "pickup")
    return number


def test_the_lead_hears_of_an_escalation_and_where_to_read_on(desk: Desk) -> None:
    number = escalated(desk)
    hears(desk, number)
    [heard] = leads_heard()
    assert number in heard["Subject"]
    assert "nobody has taken it in time" in heard["Message"]
    assert "无人及时接手" in heard["Message"]
    assert f"/desk/cases/{number}" in heard["Message"]
    assert f"{Setting.RUNBOOK_URL.read()}/sla.md" in heard["Message"]
    attributes = {name: told["Value"] for name, told in heard["MessageAttributes"].items()}
    assert attributes == {"team": "desk", "priority": "high", "reason": "pickup", "store_id": "lantern"}
    assert indexed()[number].escalated


@pytest.mark.parametrize(
    ("named", "told"),
    [([], ["hua", "lin"]), (["lin"], ["lin"]), (["gone"], ["hua", "lin"])],
    ids=["all leads of the team", "whom the team names", "all, where who was named has left"],
)
def test_the_leads_of_the_team_are_mailed(desk: Desk, named: list[str], told: list[str]) -> None:
    desk.hire("hua", languages=["zh-CN"], leads=True)
    desk.hire("lin", languages=["en"], leads=True)
    desk.hire("ann", languages=["en"], leads=True, teams=["returns"])
    desk.make_team("desk", {"zh-CN": "客服组", "en": "Desk"}, *named)
    number = escalated(desk)
    hears(desk, number)
    [mail] = cloud.mails()
    assert sorted(mail.destinations["ToAddresses"]) == [f"{name}@desk.example" for name in told]
    assert f"{number} 需要主管处理" in str(mail.body)


def test_a_mail_that_ses_refuses_is_counted_and_tells_the_topic_no_second_time(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.hire("hua", languages=["zh-CN"], leads=True)
    client("sesv2").delete_email_identity(EmailIdentity="service@lantern.example")
    number = escalated(desk)
    hears(desk, number)
    told = capsys.readouterr().out
    assert '"LeadNotMailed":[1.0]' in told
    assert len(leads_heard()) == 1


def test_nothing_personal_leaves_the_desk(desk: Desk) -> None:
    hears(desk, escalated(desk))
    [heard] = leads_heard()
    for word in ("李娜", "li.na", "13800138000", "138 0013", "壶嘴"):
        assert word not in str(heard)


def test_of_one_that_somebody_has_taken_meanwhile_the_lead_hears_nothing(desk: Desk) -> None:
    number = escalated(desk)
    desk.staff(MEI, number, "claim")
    hears(desk, number, sequence=-1)
    assert desk.timeline(number)[-2].step == "escalated"
    assert leads_heard() == []


def test_of_all_else_the_lead_hears_nothing(desk: Desk) -> None:
    number = desk.in_progress()
    for sequence in range(1, len(desk.timeline(number)) + 1):
        hears(desk, number, sequence)
    assert leads_heard() == []


def test_how_long_somebody_waited_is_measured_when_the_wait_ends(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """In working time: from half past ten until twelve, and from one until two."""
    number = desk.filed()
    policy_says(number, "manual_review")
    desk.later(hours=3, minutes=30)
    desk.assign(number)
    hears(desk, number)
    assert '"Time_pickup":[9000.0]' in capsys.readouterr().out
    desk.staff(MEI, number, "decision", {"outcome": "reject", "message": "照片里的裂纹是摔出来的。"})
    hears(desk, number)
    told = capsys.readouterr().out
    assert all(f'"{name}":[9000.0]' in told for name in ("Time_first_response", "Time_resolution"))
    hears(desk, number, sequence=1)
    assert "Time_" not in capsys.readouterr().out


def test_of_a_case_that_is_not_there_the_message_comes_back(desk: Desk) -> None:
    event = desk.timeline(desk.filed())[0].published() | {"number": "7K3M-9QXT-2VWH-5NRR"}
    assert deliver("clocks", announced(event)) == ["message-0"]


def test_a_note_of_who_has_nothing_to_do_with_it_ends_no_escalation(desk: Desk) -> None:
    desk.hire("mei", languages=["zh-CN"], capacity=0)
    number = for_a_person(desk, "urgent")
    sweep(desk, "2026-03-09 10:41")
    hears(desk, number)
    looked_at = desk.application(number).look_at
    desk.staff(TOM, number, "notes", {"message": "I have seen this one before."})
    hears(desk, number)
    assert indexed()[number].escalated == "pickup"
    assert desk.application(number).look_at == looked_at is not None
