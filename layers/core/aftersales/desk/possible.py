"""The forms that this person finds about a case now."""

from aftersales.desk.fields import Scene
from aftersales.desk.forms import FORMS, TASK_DONE, Form


def possible(actions: tuple[str, ...], scene: Scene) -> tuple[str, ...]:
    """Of what they can do, in the order of the page; also to end a task that is theirs."""
    steps = {*actions, TASK_DONE}
    return tuple(step for step, form in FORMS.items() if step in steps and _can_be_filled(form, scene))


def _can_be_filled(form: Form, scene: Scene) -> bool:
    """What has to be chosen has something to choose from."""
    chosen = (field for field in form.fields if field.kind == "choice" and field.required)
    return all(any(field.options(scene)) for field in chosen)
