"""Attacks on the desk's page: forms that were forged, cookies of others, and words that try to be more than words."""

from base64 import b64encode
from typing import Any

import pytest

from aftersales.applications.idempotency import Attempt
from aftersales.desk.forms import FORMS
from tests.integration.desk import Desk
from tests.integration.desk_visitor import Visitor, cognito_says, entered, form_of, hidden_fields, token
from tests.integration.gateway import invoke, request
from tests.integration.visitor import FORM, HTML, Page

pytestmark = pytest.mark.usefixtures("staff_pool")

FILLED: dict[str, str] = {
    "message": "已处理。",
    "outcome": "paid",
    "amount": "1",
    "reference": "PAY-1",
    "approved": "true",
    "type": "repair",
    "department": "finance",
    "due_at": "2026-03-20T10:00",
    "member_id": "tom",
    "team": "desk",
    "kind": "coupon",
    "place": "remote",
    "at": "2026-03-20T10:00",
    "finding": "内胆进水。",
    "repairable": "true",
    "under_warranty": "true",
    "carrier": "sf",
    "tracking_number": "SF139",
    "task_id": "1",
    "refund_id": "x",
    "charge_id": "x",
    "replacement_id": "x",
}
"""Enough for every form at once: what a form does not ask for is not read."""


@pytest.fixture
def mei(desk: Desk) -> Visitor:
    return Visitor(access_token=token("mei", "agent"))


@pytest.fixture
def tom(desk: Desk) -> Visitor:
    return Visitor(access_token=token("tom", "agent"))


def hidden(visitor: Visitor, number: str) -> dict[str, str]:
    """What stands in every form that the page has for them: a note can always be left."""
    return hidden_fields(form_of(visitor.sees(f"/desk/cases/{number}"), "notes"))


# --- what is not theirs


@pytest.mark.parametrize("brings", [Desk.inspected, Desk.disputed])
def test_who_does_not_have_a_case_changes_nothing_of_it_by_forged_forms(desk: Desk, tom: Visitor, brings: Any) -> None:
    number = brings(desk)
    before, kept = desk.application(number), hidden(tom, number)
    steps = FORMS.keys() - {"notes"}
    answers = {step: tom.sends(f"/desk/cases/{number}/{step}", kept | FILLED).status for step in steps}
    assert {status for status in answers.values() if not 400 <= status < 500} == set(), answers
    assert desk.application(number) == before


def test_a_form_that_is_not_on_the_page_is_no_fault_of_ours(desk: Desk, mei: Visitor) -> None:
    """Shown with a ready sentence, though the step is not possible now."""
    number = desk.resolved()
    kept = hidden(mei, number)
    for step in FORMS:
        page = mei.sends(f"/desk/cases/{number}/{step}", kept, insert="message", reply="photo:en")
        assert page.status in (200, 403), step


@pytest.mark.parametrize("query", ["owner=tom", "owner=%20", "owner=backlog%23desk", "team=workshop", "team=desk%23"])
def test_nobody_reads_the_list_of_another_by_its_address(desk: Desk, mei: Visitor, query: str) -> None:
    assert mei.sees(f"/desk/work?{query}").status == 403


def test_fields_that_no_form_has_are_passed_over(desk: Desk, mei: Visitor) -> None:
    number = desk.in_progress()
    before = desk.application(number)
    more = {"status": "resolved", "assignee": "tom", "priority": "low", "who": "hua", "__proto__": "x"}
    assert mei.sends(f"/desk/cases/{number}/notes", hidden(mei, number) | more, message="老顾客").status == 303
    now = desk.application(number)
    changes = {"version": before.version + 1, "changed_at": now.changed_at}
    assert now == before.model_copy(update=changes)


# --- whose session it is


@pytest.mark.parametrize(
    "claims",
    [
        {"token_use": "id"},
        {"exp": 1},
        {"nbf": 4102444800},
        {"iss": "https://idp.example"},
        {"client_id": "somebody-elses"},
        {"cognito:groups": []},
    ],
    ids=lambda claims: next(iter(claims)),
)
def test_another_kind_of_token_opens_nothing(desk: Desk, claims: dict[str, Any]) -> None:
    assert Visitor(access_token=token("mei", "agent", **claims)).sees("/desk/work").status == 401


def test_a_token_that_nobody_signed_opens_nothing(desk: Desk) -> None:
    header, payload, _ = token("mei", "agent").split(".")
    unsigned = b64encode(b'{"alg":"none","typ":"JWT"}').decode().rstrip("=")
    for forged in (f"{unsigned}.{payload}.", f"{header}.{payload}.", f"{header}.{payload}.AAAA"):
        assert Visitor(access_token=forged).sees("/desk/work").status == 401


def test_who_signs_in_does_not_keep_the_cookie_that_was_put_there_before(desk: Desk) -> None:
    visitor = Visitor(access_token=token("hua", "lead"))
    mine = token("mei", "agent")
    with cognito_says(**entered(mine)):
        visitor.sends("/desk/sign-in", user_name="mei", password="Teapot-2026-lid")
    assert visitor.cookies["desk_session"] == mine


def test_a_role_that_was_taken_away_ends_at_once_with_the_next_token(desk: Desk, mei: Visitor) -> None:
    number = desk.in_progress()
    kept = hidden(mei, number)
    mei.cookies["desk_session"] = token("mei", "policy_owner")
    assert mei.sends(f"/desk/cases/{number}/notes", kept, message="老顾客").status == 401
    assert "noted" not in desk.steps(number)


# --- requests of another kind


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "multipart/form-data; boundary=x"])
def test_only_forms_are_read(desk: Desk, content_type: str) -> None:
    """What another site can send without asking the browser is a form, or text."""
    event = request(None, "POST", "/desk/sign-in", '{"user_name": "mei"}', headers={"content-type": content_type})
    assert invoke("desk", event)["statusCode"] == 415


@pytest.mark.parametrize("path", ["/desk/sign-in", "/desk/sign-out", "/desk/presence", "/desk/cases/N/notes"])
def test_an_address_that_does_something_does_nothing_when_it_is_read(desk: Desk, mei: Visitor, path: str) -> None:
    event = request(None, "POST", path, "", headers=FORM | HTML | mei.sent)
    event["httpMethod"] = event["requestContext"]["httpMethod"] = "GET"
    answer = invoke("desk", event)
    assert (answer["statusCode"], "Set-Cookie" in answer["headers"]) == (405, False)


@pytest.mark.parametrize("number", ["..", "%2e%2e%2fwork", "a%2Fb", "7K3M%00", "%F0%9F%8D%B5", "%0d%0aX:y"])
def test_an_address_of_no_case_is_not_found(desk: Desk, mei: Visitor, number: str) -> None:
    page = mei.sees(f"/desk/cases/{number}")
    assert (page.status, "X" in page.headers) == (404, False)


# --- words and numbers

HOSTILE = "\u202e\"'><svg onload=alert(1)>{{99991*7}}</title><!--壶"


def hostile_pages(desk: Desk, mei: Visitor) -> list[Page]:
    """Where a customer, a storefront and a colleague have written the same thing."""
    contact = {"name": HOSTILE, "email": "li.na@mail.example"}
    line = {"line_id": "teapot", "quantity": 1, "reason": "defective", "serial_number": HOSTILE}
    number = desk.in_progress(description=HOSTILE, contact=contact, lines=[line])
    wanted = {"department": "finance", "due_at": "2026-03-20T10:00", "message": HOSTILE}
    page = mei.sees(f"/desk/cases/{number}")
    assert mei.fills(page, "tasks", wanted).status == 303
    failed = mei.fills(page, "tasks", wanted, due_at=HOSTILE, once=HOSTILE)
    sought = mei.sees("/desk/work?status=%22%3E%3Csvg%20onload%3Dalert(1)%3E&type=%3Csvg%3E")
    return [mei.sees(f"/desk/cases/{number}"), failed, sought, Visitor().sends("/desk/sign-in", user_name=HOSTILE)]


def test_words_are_words_in_every_field(desk: Desk, mei: Visitor) -> None:
    for page in hostile_pages(desk, mei):
        assert "<svg" not in page.html
        assert "<!--" not in page.html
        assert "699937" not in page.html, "no template within a template"
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1e999999999", "0x10", "-1", "9" * 5000, "1;2"])
def test_an_amount_that_is_no_amount_pays_nothing(desk: Desk, mei: Visitor, amount: str) -> None:
    number = desk.in_progress()
    page = mei.sees(f"/desk/cases/{number}")
    assert mei.fills(page, "compensation", kind="coupon", amount=amount, message="抱歉。").status == 400
    assert desk.application(number).credit is None


@pytest.mark.parametrize("at", ["0001-01-01T00:00", "9999-12-31T23:59", "2026-02-30T10:00", "2020-01-01T00:00", "now"])
def test_a_time_that_cannot_be_is_refused(desk: Desk, mei: Visitor, at: str) -> None:
    page = mei.sees(f"/desk/cases/{desk.in_progress()}")
    assert mei.fills(page, "tasks", department="finance", due_at=at, message="请核实。").status == 400


def test_a_time_is_that_of_the_store_and_so_is_what_is_shown(desk: Desk, mei: Visitor) -> None:
    number = desk.in_progress()
    page = mei.sees(f"/desk/cases/{number}")
    mei.fills(page, "tasks", department="finance", due_at="2026-03-20T10:00", message="请核实。")
    assert desk.case(number)["tasks"][0]["due_at"] == "2026-03-20T02:00:00.000Z"


# --- twice at once


def test_two_of_the_same_form_at_the_same_moment_do_it_once(
    desk: Desk, mei: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second comes while the first has not written yet: who is slower is told so."""
    number = desk.in_progress()
    page = mei.sees(f"/desk/cases/{number}")
    asked = Attempt.answered
    answers: list[int] = []

    def answered(attempt: Attempt) -> Any:
        found = asked(attempt)
        if not answers:
            answers.append(0)
            answers[0] = mei.fills(page, "compensation", kind="coupon", amount="10", message="抱歉。").status
        return found

    monkeypatch.setattr(Attempt, "answered", answered)
    slower = mei.fills(page, "compensation", kind="coupon", amount="10", message="抱歉。")
    assert (answers, slower.status) == ([303], 409)
    assert desk.steps(number)[-2:] == ["assigned", "compensation_proposed"]
