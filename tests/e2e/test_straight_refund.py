"""The main job, from an order to the call back, by what each person sees of it."""

import json

import pytest

from infra.local import cloud, samples
from infra.local.desk import upload
from infra.local.stack import Standing
from infra.local.waiting import until
from tests.e2e.people import Customer, Shopkeeper

STEPS = [
    "filed",
    "evidence_attached",
    "accepted",
    "assigned",
    "refund_ordered",
    "refunded",
    "confirmed",
    "survey_sent",
    "follow_up_planned",
    "survey_answered",
]


@pytest.fixture(scope="module")
def refunded(standing: Standing) -> Customer:
    """陈晓's lamp arrived broken; she is refunded, says that all is well and answers the survey."""
    shop = Shopkeeper(standing)
    order = shop.sells()
    picture = samples.photo()
    filing = samples.application(order, photos=[{"media_type": "image/png", "size": len(picture)}])
    filed = shop.storefront.post("/applications", filing)
    upload(filed["uploads"][0], picture).ok()
    customer = Customer(standing, filed["number"], filing["contact"]["email"])
    customer.sees_step("evidence_attached")
    shop.assigned(customer).does("refund")
    customer.confirms()
    customer.sees_step("follow_up_planned")
    customer.desk.post(f"{customer.path}/survey", {"satisfaction": 5, "effort": 4, "comment": "处理很快"})
    return customer


def test_every_step_is_on_the_timeline(refunded: Customer) -> None:
    timeline = refunded.view()["timeline"]
    assert sorted(entry["step"] for entry in timeline) == sorted(STEPS)
    assert [entry["at"] for entry in timeline] == sorted(entry["at"] for entry in timeline)
    moves = [
        (e["by"], e.get("status_from"), e["status_to"]) for e in timeline if e.get("status_from") != e["status_to"]
    ]
    assert moves == [
        ("customer", None, "submitted"),
        ("system", "submitted", "accepted"),
        ("system", "accepted", "in_progress"),
        ("staff", "in_progress", "refund_ordered"),
        ("storefront", "refund_ordered", "awaiting_confirmation"),
        ("customer", "awaiting_confirmation", "resolved"),
    ]


def test_she_reads_what_was_decided_and_what_she_got(refunded: Customer) -> None:
    view = refunded.view()
    assert view["status_name"] == "已完成"
    assert view["reasons"] == ["符合本店售后条款。"]
    assert view["refund"]["currency"] == "CNY"
    assert view["photos"] == 1


def test_what_matters_to_her_was_told_by_one_mail_each(refunded: Customer) -> None:
    subjects = [subject for subject, _ in refunded.gets_mails(5)]
    told = [subject.rpartition("：")[2] for subject in subjects]
    assert sorted(told) == sorted(["已提交", "已受理", "退款中", "退款成功", "请评价我们的服务"])


def test_the_link_in_the_mail_opens_the_application(refunded: Customer) -> None:
    refunded.gets_mails(5)
    by_link = refunded.standing.desk.with_token(refunded.token_in_mail())
    assert by_link.get(refunded.path)["number"] == refunded.number


def test_the_survey_takes_one_answer(refunded: Customer) -> None:
    again = refunded.desk.call("POST", f"{refunded.path}/survey", {"satisfaction": 1, "effort": 1})
    assert (again.status, again.body["type"]) == (409, "urn:aftersales:problem:already-answered")
    assert refunded.desk.get(f"{refunded.path}/survey")["answered_at"]


def test_the_state_machine_took_thirteen_transitions_and_saw_no_contact(refunded: Customer) -> None:
    port = refunded.standing.place.port
    machine = refunded.standing.outputs["StateMachineArn"]
    execution = f"{machine.replace(':stateMachine:', ':execution:')}:{refunded.number}"
    states = cloud.client("stepfunctions", port)
    until(lambda: states.describe_execution(executionArn=execution)["status"] == "SUCCEEDED", "the execution's end")
    history = states.get_execution_history(executionArn=execution, maxResults=1000)["events"]
    entered = [e["stateEnteredEventDetails"]["name"] for e in history if e["type"].endswith("StateEntered")]
    assert entered == [
        *("Route", "Review", "Route", "Assign", "Route", "AwaitStaff", "Route", "AwaitStore", "Route"),
        *("AwaitConfirmation", "Route", "InviteToSurvey", "PlanFollowUp"),
    ]
    written = json.dumps(history, default=str, ensure_ascii=False)
    assert refunded.email not in written
    assert "13800138000" not in written.replace(" ", "")
    assert "灯罩" not in written
