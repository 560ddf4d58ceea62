"""What the desk says is complete, and each word is used."""

import re
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import pytest

from aftersales import desk
from aftersales.applications.lifecycle import Status, Step
from aftersales.applications.model import Language, LineOutcome, Outcome, Payer, Priority, RefundDue
from aftersales.applications.refund import ItemKind
from aftersales.carriers.gateway import RefusalReason
from aftersales.desk import countdown
from aftersales.desk.fields import Kind as FieldKind
from aftersales.desk.forms import FORMS
from aftersales.desk.labels import FORM, field_label
from aftersales.desk.names import CODE, code_name, item_name, status_name, step_name
from aftersales.desk.refusals import FIELD, OF_STEP, REFUSAL
from aftersales.desk.replies import REPLIES, inserted, replies_for, text_of
from aftersales.desk.sign_in import Reason
from aftersales.desk.text import LANGUAGES
from aftersales.desk.words import DESK
from aftersales.sla.clock import ClockKind
from aftersales.sla.clock import Reason as EscalationReason
from aftersales.staff.model import Presence
from aftersales.staff.tasks import Department
from infra.contract.operations import OPERATIONS

SOURCES = [path for path in Path(next(iter(desk.__path__))).rglob("*.*") if path.suffix in (".py", ".html")]
BUILT = {
    *(f"refused_{reason}" for reason in get_args(Reason)),
    *("notice_400", "notice_403", "notice_404", "notice_500", "ended", "late", "left"),
    *("teams", "departments", "colleagues", "kind"),
    *("quote_now", "quote_later", "quote_exchange"),
    *("bought", "available", "reserved", "settled", "here", "paid", "refunded"),
}
"""Keys that are put together, or handed on, where they are used."""


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_say_the_same() -> None:
    assert not [key for key, text in DESK.items() if placeholders(text.zh) != placeholders(text.en)]


def test_every_word_is_used_and_every_used_word_is_there() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES if path.name != "words.py")
    said = set(re.findall(r'say\(\s*(?:language, )?"(\w+)"[,)]', source))
    assert DESK.keys() - said == BUILT - said
    assert said <= DESK.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_customers_read_too_speaks_to_staff(language: Language) -> None:
    statuses, steps = [status_name(each, language) for each in Status], [step_name(each, language) for each in Step]
    items = [item_name(each, language) for each in get_args(ItemKind)]
    names = (*statuses, *steps, *items)
    assert not [name for name in names if re.search(r"您|\byou\b|\byour\b", name)]


CODES: dict[str, Any] = {
    "outcomes of decisions": Outcome,
    "outcomes of lines": LineOutcome,
    "priorities": Priority,
    "when a refund is due": RefundDue,
    "who pays the way back": Payer,
    "languages": Language,
    "departments": Department,
    "presences": Presence,
    "clocks": ClockKind,
    "reasons of escalations": EscalationReason,
    "reasons why there is no label": RefusalReason,
}


def codes_of(known: Any) -> set[str]:
    """All that a literal, or a union of several, can be."""
    return {known} if isinstance(known, str) else {code for part in get_args(known) for code in codes_of(part)}


@pytest.mark.parametrize("known", CODES.values(), ids=list(CODES))
def test_codes_have_names(known: Any) -> None:
    codes = codes_of(known)
    assert codes
    assert codes <= CODE.keys()


def test_a_code_that_nobody_has_named_stands_for_itself() -> None:
    assert code_name("drone", "en") == "drone"


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_fields_and_options_are_called_something(language: Language) -> None:
    assert FORM.keys() == FORMS.keys()
    for step, form in FORMS.items():
        assert all(field_label(step, field.name, language) for field in form.fields if not field.hidden)


def test_every_refusal_of_a_step_is_said_in_words() -> None:
    steps = [operation for key, operation in OPERATIONS.items() if key.startswith("POST /staff/applications/")]
    slugs = {problem.slug for operation in steps for problem in operation.errors}
    assert slugs <= REFUSAL.keys()


def test_what_a_step_says_of_its_own_is_of_a_step_and_a_refusal() -> None:
    for step, _, slug in (key.rpartition(".") for key in OF_STEP):
        assert (step in FORMS, slug in REFUSAL) == (True, True)
    assert FIELD.keys() - {"blank"} <= set(get_args(FieldKind))


def test_ready_sentences_are_for_forms() -> None:
    assert {step for reply in REPLIES.values() for step in reply.steps} <= FORMS.keys()


def test_a_ready_sentence_comes_after_what_was_typed() -> None:
    assert "photo" in replies_for("information-request")
    sentence = text_of("arrived:en")
    assert sentence.startswith("Your goods have arrived")
    assert inserted("Hello Emma,\n", sentence) == f"Hello Emma,\n\n{sentence}"
    assert inserted(" ", sentence) == sentence


@pytest.mark.parametrize("choice", ["", "arrived", "arrived:fr", "nothing:en", ":"])
def test_what_is_no_ready_sentence_inserts_nothing(choice: str) -> None:
    assert text_of(choice) == ""


@pytest.mark.parametrize(
    ("seconds", "english", "chinese"),
    [
        (0, "0 min 0 s", "0 分钟 0 秒"),
        (59, "0 min 59 s", "0 分钟 59 秒"),
        (3599, "59 min 59 s", "59 分钟 59 秒"),
        (3600, "1 h 0 min", "1 小时 0 分钟"),
        (86399, "23 h 59 min", "23 小时 59 分钟"),
        (2 * 86400 + 3 * 3600 + 120, "2 d 3 h", "2 天 3 小时"),
        (-95, "1 min 35 s", "1 分钟 35 秒"),
    ],
)
def test_time_is_told_in_its_two_largest_units(seconds: int, english: str, chinese: str) -> None:
    assert (countdown.span(seconds, "en"), countdown.span(seconds, "zh-CN")) == (english, chinese)


@pytest.mark.parametrize(
    ("seconds", "english", "chinese"),
    [(0, "0 min", "0 分钟"), (59, "0 min", "0 分钟"), (7199, "1 h", "1 小时"), (30 * 86400, "30 d", "30 天")],
)
def test_an_age_is_told_in_its_largest_unit(seconds: int, english: str, chinese: str) -> None:
    assert (countdown.age(seconds, "en"), countdown.age(seconds, "zh-CN")) == (english, chinese)


@pytest.mark.parametrize(("seconds", "urgency"), [(-1, "late"), (0, "soon"), (4 * 3600 - 1, "soon"), (4 * 3600, "")])
def test_what_is_nearly_due_catches_the_eye(seconds: int, urgency: str) -> None:
    assert countdown.urgency(seconds) == urgency
