"""A step's form as the page shows it: with what was typed, where it was not taken."""

from collections.abc import Iterator
from typing import NamedTuple

from aftersales.applications.lifecycle import Type
from aftersales.applications.model import ApplicationLine, Language
from aftersales.applications.plan import coming_back
from aftersales.desk.fields import CONDITIONS, Field, Kind, Scene, unit_field
from aftersales.desk.forms import FORMS
from aftersales.desk.labels import field_label, form_name
from aftersales.desk.names import code_name
from aftersales.desk.refusals import refusal, refusal_of, wrong_field
from aftersales.desk.replies import replies_for
from aftersales.desk.text import LANGUAGES
from aftersales.desk.typed import NOTHING, Failed, Typed
from aftersales.errors import Problem
from aftersales.pages.names import TYPE


class Option(NamedTuple):
    """`text` is what a ready sentence inserts."""

    value: str
    name: str
    chosen: bool = False
    text: str = ""


class Count(NamedTuple):
    """How many units of a line are in one condition."""

    name: str
    label: str
    value: str


class ShownField(NamedTuple):
    """`rows` are of units: each line with its counts. `wrong` says what does not fit; empty when nothing is."""

    name: str
    kind: Kind
    label: str
    value: str
    required: bool
    hidden: bool
    inner: bool
    wrong: str
    options: tuple[Option, ...]
    rows: tuple[tuple[str, tuple[Count, ...]], ...]


class ShownForm(NamedTuple):
    """`refusal` says why it was not taken, `detail` more of it in English where we have no words of our own for it."""

    step: str
    title: str
    fields: tuple[ShownField, ...]
    replies: dict[str, tuple[Option, ...]]
    failed: Failed | None
    refusal: str = ""
    detail: str = ""


def shown_form(step: str, scene: Scene, language: Language, failed: Failed | None) -> ShownForm:
    """`replies` are by language, the customer's first."""
    mine = failed if failed and failed.step == step else None
    fields = tuple(_field(step, field, scene, language, mine) for field in FORMS[step].fields if field.shown(scene))
    form = ShownForm(step, form_name(step, language), fields, _replies(step, scene), mine)
    return _refused(form, mine.problem, language) if mine and mine.problem else form


def _refused(form: ShownForm, problem: Problem, language: Language) -> ShownForm:
    if any(field.wrong for field in form.fields):
        return form._replace(refusal=refusal(problem.slug, language))
    if own := refusal_of(form.step, problem.slug, language):
        return form._replace(refusal=own)
    return form._replace(refusal=refusal(problem.slug, language), detail=problem.detail)


def _field(step: str, field: Field, scene: Scene, language: Language, failed: Failed | None) -> ShownField:
    typed = failed.typed if failed else NOTHING
    begins = field.hidden or not failed
    return ShownField(
        name=field.name,
        kind=field.kind,
        label="" if field.hidden else field_label(step, field.name, language),
        value=field.start(scene) if begins else typed.one(field.name),
        required=field.required,
        hidden=field.hidden,
        inner=field.inner,
        wrong=_wrong(field, failed, language) if failed else "",
        options=tuple(_options(field, scene, language, typed)),
        rows=tuple(_rows(field.name, scene, language, typed)) if field.kind == "units" else (),
    )


def _wrong(field: Field, failed: Failed, language: Language) -> str:
    if field.name not in failed.wrong:
        return ""
    counted = field.kind == "units"
    return wrong_field(field.kind if counted or failed.typed.one(field.name) else "blank", language)


def _options(field: Field, scene: Scene, language: Language, typed: Typed) -> Iterator[Option]:
    """The only one is chosen already, where one has to be."""
    chosen = typed.all(field.name)
    match field.kind:
        case "choice":
            codes = tuple(field.options(scene))
            for code in codes:
                is_chosen = code in chosen or (field.required and len(codes) == 1)
                yield Option(code, _name(field, code, scene, language), is_chosen)
        case "yes_or_no":
            for code in ("true", "false"):
                yield Option(code, code_name(code, language), code in chosen)
        case "lines":
            for line in scene.application.lines:
                yield Option(line.line_id, _title(line), line.line_id in chosen)


def _name(field: Field, code: str, scene: Scene, language: Language) -> str:
    if field.named:
        return field.named(scene, code, language)
    return TYPE[language][code] if isinstance(code, Type) else code_name(code, language)


def _rows(name: str, scene: Scene, language: Language, typed: Typed) -> Iterator[tuple[str, tuple[Count, ...]]]:
    """At first all is as described."""
    for line in coming_back(scene.application):
        usual = {} if typed.fields else {CONDITIONS[0]: str(line.quantity)}
        names = {condition: unit_field(name, line.line_id, condition) for condition in CONDITIONS}
        yield (
            f"{_title(line)} × {line.quantity}",
            tuple(
                Count(field, code_name(condition, language), typed.one(field) or usual.get(condition, "0"))
                for condition, field in names.items()
            ),
        )


def _title(line: ApplicationLine) -> str:
    return line.title or line.line_id


def _replies(step: str, scene: Scene) -> dict[str, tuple[Option, ...]]:
    """Only those that go with an outcome that can be chosen."""
    first = scene.application.language
    outcomes = {"", *(code for field in FORMS[step].fields if field.name == "outcome" for code in field.options(scene))}
    known = {key: reply for key, reply in replies_for(step).items() if reply.outcome in outcomes}
    if not known:
        return {}
    return {
        language: tuple(
            Option(f"{key}:{language}", reply.title.in_(language), text=reply.text.in_(language))
            for key, reply in known.items()
        )
        for language in sorted(LANGUAGES, key=lambda each: each != first)
    }
