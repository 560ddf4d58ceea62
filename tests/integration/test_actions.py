"""A case says what can be done about it: for every status, each action it lists is possible, and no other is."""

import pytest

from aftersales.applications.lifecycle import Status
from aftersales.applications.plan import coming_back
from aftersales.identity.principal import Principal
from aftersales.staff.actions import ACTIONS
from tests.integration.desk import HUA, MEI, TOM, Desk, yuan
from tests.integration.gateway import route_of
from tests.integration.places import FOUND, GIFT, PARCEL, PLACES, WORDS, Body

TYPES = ["refund_only", "return_refund", "exchange", "repair", "resend"]
PAID = {"outcome": "paid", "reference": "ICBC-20260312-9"}


@pytest.fixture(autouse=True)
def _a_lead(desk: Desk) -> None:
    """Who gets no case by herself."""
    desk.hire("hua", languages=["zh-CN"], skills=[], leads=True)
    desk.make_team("returns", {"zh-CN": "退货组", "en": "Returns"})


def bodies(desk: Desk, number: str) -> dict[str, list[Body]]:
    """By action, what fits the case; where several do, one of them is enough."""
    case = desk.application(number)
    refund, charge = case.refund, case.charges[-1] if case.charges else None
    replacement_id = case.replacement.replacement_id if case.replacement else f"{number}.1"
    seen = [{"line_id": line.line_id, "quantity": line.quantity} for line in coming_back(case)]
    asked = {"charge_id": charge.charge_id, "amount": charge.amount.document()} if charge else {}
    ordered = {"refund_id": refund.refund_id, "amount": refund.total.document()} if refund else {}
    return {
        "claim": [{}],
        "information-request": [WORDS],
        "message": [WORDS],
        "decision": [{"outcome": "reject", **WORDS}],
        "receipt": [{}],
        "inspection": [
            {"lines": [line | {"condition": "damaged"} for line in seen or [{"line_id": "x", "quantity": 1}]]}
        ],
        "remedy": [{"type": type_, **WORDS} for type_ in TYPES],
        "refund": [{}],
        "refund-confirmation": [{"refund_id": f"{number}.1", "amount": yuan(1)} | ordered | PAID],
        "replacement": [{}],
        "replacement-confirmation": [
            {"replacement_id": replacement_id, "outcome": outcome, **PARCEL}
            for outcome in ("reserved", "shipped", "delivered", "failed")
        ],
        "charge": [{}],
        "charge-confirmation": [{"charge_id": f"{number}.1", "amount": yuan(1)} | asked | PAID],
        "compensation": [GIFT],
        "compensation-approval": [{"approved": True}],
        "credit-confirmation": [
            {"credit_id": case.credit.credit_id if case.credit else f"{number}.1", "outcome": "given"}
        ],
        "diagnosis": [FOUND | {"under_warranty": True}],
        "visit": [{"place": "on_site", "at": "2026-06-01T02:00:00Z"}],
        "parts": [WORDS],
        "parts-arrival": [{}],
        "repair-result": [{"outcome": outcome, **WORDS} for outcome in ("repaired", "not_repairable")],
        "dispatch": [PARCEL],
        "dispute-answer": [{"outcome": "stands", **WORDS}],
        "completion": [WORDS],
        "transfer": [{"member_id": member_id} for member_id in ("mei", "tom", "hua")],
        "takeover": [{}],
        "handover": [{"team": "returns", **WORDS}],
        "tasks": [{"department": "logistics", "due_at": "2027-03-01T08:00:00Z", **WORDS}],
        "follow-up": [WORDS],
        "notes": [WORDS],
    }


def is_possible(desk: Desk, who: Principal, number: str, action: str, body: Body) -> bool:
    """Whether something happens when they do it; the authorizer lets nobody through to what is not for their role."""
    route, _ = route_of("POST", f"/staff/applications/{number}/{action}")
    if who.role not in route.callers:
        return False
    before = desk.application(number).version
    answer = desk.staff(who, number, action, body)
    assert answer.status in {200, 400, 403, 404, 409}, (action, answer.body)
    return answer.status == 200 and desk.application(number).version > before


@pytest.mark.parametrize("who", [HUA, MEI], ids=["a lead", "an agent"])
@pytest.mark.parametrize("place", PLACES)
def test_each_action_that_a_case_lists_is_possible_and_no_other(desk: Desk, place: str, who: Principal) -> None:
    """Mei has most of the cases, in some places nobody or a lead."""
    number = PLACES[place](desk)
    listed = set(desk.case(number, who)["actions"])
    possible, again = set(), desk.remember()
    for action, wanted in bodies(desk, number).items():
        for body in wanted:
            if is_possible(desk, who, number, action, body):
                possible.add(action)
            again()
    assert listed == possible


@pytest.mark.parametrize("place", ["in_progress", "inspected", "disputed", "approval_wanted", "resolved"])
def test_about_the_case_of_another_an_agent_can_only_leave_a_note(desk: Desk, place: str) -> None:
    assert set(desk.case(PLACES[place](desk), TOM)["actions"]) <= {"notes", "claim"}


def test_no_action_is_left_out(desk: Desk) -> None:
    assert set(bodies(desk, desk.filed())) == {*ACTIONS, "follow-up", "notes"}


def test_no_status_is_left_out(desk: Desk) -> None:
    again = desk.remember()
    stands = set()
    for place in PLACES.values():
        stands.add(desk.application(place(desk)).status)
        again()
    assert stands == set(Status)
