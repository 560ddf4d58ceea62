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
from aftersales.desk.replies import replies_for
from aftersales.desk.text import LANGUAGES
from aftersales.desk.typed import NOTHING, Failed, Typed
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
    """`rows` are of units: each line with its counts."""

    name: str
    kind: Kind
    label: str
    value: str
    required: bool
    hidden: bool
    inner: bool
    wrong: bool
    options: tuple[Option, ...]
    rows: tuple[tuple[str, tuple[Count, ...]], ...]


class ShownForm(NamedTuple):
    step: str
    title: str
    fields: tuple[ShownField, ...]
    replies: dict[str, tuple[Option, ...]]
    failed: Failed | None


def shown_form(step: str, scene: Scene, language: Language, failed: Failed | None) -> ShownForm:
    """`replies` are by language, the customer's first."""
    mine = failed if failed and failed.step == step else None
    fields = tuple(_field(step, field, scene, language, mine) for field in FORMS[step].fields if field.shown(scene))
    return ShownForm(step, form_name(step, language), fields, _replies(step, scene.application.language), mine)


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
        wrong=failed is not None and field.name in failed.wrong,
        options=tuple(_options(field, scene, language, typed)),
        rows=tuple(_rows(field.name, scene, language, typed)) if field.kind == "units" else (),
    )


def _options(field: Field, scene: Scene, language: Language, typed: Typed) -> Iterator[Option]:
    chosen = typed.all(field.name)
    match field.kind:
        case "choice":
            for code in field.options(scene):
                yield Option(code, _name(field, code, scene, language), code in chosen)
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


def _replies(step: str, first: Language) -> dict[str, tuple[Option, ...]]:
    known = replies_for(step)
    if not known:
        return {}
    return {
        language: tuple(
            Option(f"{key}:{language}", reply.title.in_(language), text=reply.text.in_(language))
            for key, reply in known.items()
        )
        for language in sorted(LANGUAGES, key=lambda each: each != first)
    }
