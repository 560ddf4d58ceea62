"""The table of forms is the table of steps; and what is typed becomes what the API would have been sent."""

from typing import Any

import pytest

from aftersales.applications.lifecycle import Status, Type
from aftersales.applications.model import Application, Language
from aftersales.desk.fields import READ, Scene, body_of
from aftersales.desk.form_view import ShownForm, shown_form
from aftersales.desk.forms import FORMS, TASK_DONE
from aftersales.desk.possible import possible
from aftersales.desk.text import LANGUAGES
from aftersales.desk.typed import Typed, typed
from aftersales.errors import InvalidRequest
from aftersales.identity.principal import Principal, Role
from aftersales.routes import ROUTES
from aftersales.staff.actions import ACTIONS
from aftersales.staff.allowed import step_of, steps_of
from infra.contract.schemas import model_of
from tests.unit.builders import application

STEPS = {step_of(route): route for route in ROUTES if step_of(route)}


def who(role: Role = "agent", member_id: str = "mei") -> Principal:
    return Principal(kind="staff", id=member_id, role=role)


def scene(about: Application | None = None, **more: Any) -> Scene:
    return Scene(about or application(), "Asia/Shanghai", more.pop("who", who()), **more)


def test_every_step_of_staff_has_a_form_and_no_other() -> None:
    assert FORMS.keys() == STEPS.keys()


def test_everything_that_can_be_possible_has_a_form() -> None:
    assert ACTIONS.keys() <= FORMS.keys()


@pytest.mark.parametrize("step", FORMS)
def test_a_form_makes_what_the_api_takes(step: str) -> None:
    """Of a task its id is in the path of the API, and on the desk it is chosen."""
    body = STEPS[step].body
    model = FORMS[step].model
    assert body is None or issubclass(model, model_of(body))
    assert {field.name for field in FORMS[step].fields} == set(model.model_fields)


@pytest.mark.parametrize("step", FORMS)
def test_what_has_to_be_given_is_asked_for(step: str) -> None:
    needed = {name for name, field in FORMS[step].model.model_fields.items() if field.is_required()}
    assert needed <= {field.name for field in FORMS[step].fields if field.required}


@pytest.mark.parametrize("route", STEPS.values(), ids=step_of)
def test_roles_are_those_of_the_api(route: Any) -> None:
    roles: tuple[Role, ...] = ("agent", "policy_owner", "lead", "admin")
    assert [role for role in roles if step_of(route) in steps_of(role)] == [r for r in roles if r in route.callers]


REPLACED = {"replacement_id": "r-1", "state": "ordered", "lines": []}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_chooses_among_codes(language: Language) -> None:
    """Whatever is applied for, and wherever it stands."""
    cases = [application(status, type=type_, replacement=REPLACED) for status in Status for type_ in Type]
    scenes = [scene(case, who=who("lead", "hua")) for case in cases]
    forms = [shown_form(step, each, language, None) for step in FORMS for each in scenes]
    offered = {(option.value, option.name) for form in forms for field in form.fields for option in field.options}
    assert {code for code, _ in offered} >= {"accept", "given", "failed", "stands", "logistics", "exchange", "shipped"}
    assert not [code for code, name in offered if name == code]


def read(kind: str, **fields: str) -> Any:
    return READ[kind]("x", Typed({name: [value] for name, value in fields.items()}), scene())  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12.50", 1250),
        ("12.5", 1250),
        ("1,234", 123400),
        ("1,234,567.89", 123456789),
        (" 0 ", 0),
        ("０．５", 50),
        ("１，２３４", 123400),
        ("-5", -500),
    ],
)
def test_an_amount_is_typed_as_people_write_it(text: str, amount: int) -> None:
    """What is below zero the model refuses."""
    assert read("money", x=text) == {"amount": amount, "currency": "CNY"}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("money", "ten"),
        ("money", "1.2.3"),
        ("money", "12,50"),
        ("money", "1,2345"),
        ("moment", "tomorrow"),
        ("moment", "2026-02-30T10:00"),
        ("moment", "2026-03-12T14:00+09:00"),
        ("moment", "2026-03-12T14:00Z"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_field(kind: str, text: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        read(kind, x=text)
    assert refused.value.more["errors"][0]["field"] == "x"  # type: ignore[index]


def test_a_time_is_that_of_the_store() -> None:
    assert read("moment", x="2026-03-12T14:00") == "2026-03-12T06:00:00.000Z"


def test_units_are_counted_by_line_and_condition() -> None:
    about = application(type=Type.RETURN_REFUND, status=Status.RECEIVED)
    line = about.lines[0].line_id
    counted = Typed({f"lines.{line}.used": ["1"], f"lines.{line}.missing": ["0"], "lines.other.used": ["4"]})
    assert body_of(FORMS["inspection"].fields, counted, scene(about)) == {
        "lines": [{"line_id": line, "quantity": 1, "condition": "used"}]
    }


def test_what_was_left_blank_is_left_out() -> None:
    sent = typed(b"outcome=accept&message=+Ja%0D%0Anein+&accepted_lines=&carrier=")
    assert body_of(FORMS["decision"].fields, sent, scene()) == {"outcome": "accept", "message": " Ja\nnein "}


def test_a_form_is_not_endless() -> None:
    with pytest.raises(InvalidRequest):
        typed(b"&".join(b"x=1" for _ in range(501)))


EVERY = (*ACTIONS, "follow-up", "notes")
MINE = application(status=Status.IN_PROGRESS, assignee="mei")


def test_forms_stand_in_one_order_whatever_the_actions_come_in() -> None:
    assert possible(("notes", "refund", "claim"), scene(MINE)) == ("claim", "refund", "notes")


def test_without_a_colleague_or_another_team_nothing_changes_hands() -> None:
    assert not {"transfer", "handover", TASK_DONE} & set(possible(EVERY, scene(MINE)))


def test_what_is_proposed_can_be_seen_in_the_approval() -> None:
    """The form names it, so that nothing else is approved."""
    proposed = {"kind": "points", "amount": {"amount": 50, "currency": "CNY"}, "message": "抱歉", "proposed_by": "mei"}
    about = application(status=Status.APPROVAL_WANTED, proposal=proposed)
    hidden = {field.name: field.value for field in shown("compensation-approval", about).fields if field.hidden}
    assert hidden == {"amount": "0.50", "kind": "points"}


def shown(step: str, about: Application) -> ShownForm:
    return shown_form(step, scene(about), "zh-CN", None)


def offered(form: ShownForm, name: str) -> list[tuple[str, bool]]:
    [field] = [field for field in form.fields if field.name == name]
    return [(option.value, option.chosen) for option in field.options]


def test_the_only_choice_is_chosen_and_no_sentence_speaks_of_another() -> None:
    """At work it can only be rejected any more."""
    form = shown("decision", application(status=Status.IN_PROGRESS))
    assert offered(form, "outcome") == [("reject", True)]
    assert {reply.value for reply in form.replies["en"]} == {"not_shown:en", "too_late:en"}
    form = shown("decision", application(status=Status.MANUAL_REVIEW))
    assert offered(form, "outcome") == [("accept", False), ("reject", False)]
    assert "accepted:en" in {reply.value for reply in form.replies["en"]}
