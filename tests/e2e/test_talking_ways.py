"""Ways that end with words, and with something for the trouble."""

from infra.local.waiting import until
from tests.e2e.own_store import OwnStore
from tests.e2e.people import Case

COUPON = {"kind": "coupon", "amount": {"amount": 2000, "currency": "CNY"}, "message": "送您 20 元券，抱歉久等了。"}
POINTS = {"kind": "points", "amount": {"amount": 8000, "currency": "CNY"}, "message": "赠您 80 元积分，向您致歉。"}


def test_a_complaint_ends_with_a_coupon(riverside: OwnStore) -> None:
    customer = riverside.written("complaint", "送货晚了三天，也没有通知。")
    case = riverside.assigned(customer)
    case.does("compensation", **COUPON)
    assert customer.sees("awaiting_confirmation")["compensation"]["reference"].startswith("SORRY-")
    customer.confirms()
    [coupon] = riverside.has_heard(customer, "credit.ordered")
    assert (coupon["kind"], coupon["amount"]) == ("coupon", COUPON["amount"])
    assert riverside.books(coupon["order_number"]).credit == 2000


def test_above_the_limit_a_lead_approves(riverside: OwnStore) -> None:
    customer = riverside.written("complaint", "安装师傅两次爽约，请了两天假。")
    agent = riverside.assigned(customer)
    assert agent.does("compensation", **POINTS)["application"]["status"] == "approval_wanted"
    refused = agent.tries("compensation-approval", approved=True)
    assert refused.status == 403
    lead = Case(riverside.staff("lead"), customer.number)
    leads = riverside.standing.members["lead"]
    until(lambda: lead.view()["application"].get("assignee") == leads, "the proposal to be a lead's work")
    lead.does("compensation-approval", approved=True)
    customer.confirms()
    [points] = riverside.has_heard(customer, "credit.ordered")
    assert riverside.books(points["order_number"]).credit == 8000
    assert "compensation_proposed" not in customer.steps()


def test_a_question_is_answered(riverside: OwnStore) -> None:
    customer = riverside.written("consultation", "灯泡是什么规格？")
    assert customer.view()["lines"] == []
    riverside.assigned(customer).does("completion", message="E27，最大 40 瓦。")
    told = {entry["step"]: entry.get("message") for entry in customer.sees("awaiting_confirmation")["timeline"]}
    assert told["completed"] == "E27，最大 40 瓦。"
    customer.confirms()
    riverside.has_heard(customer)
