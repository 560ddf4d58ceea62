"""What this person can do about a case now: of what its status allows, what is theirs."""

from aftersales.applications.lifecycle import LEADING
from aftersales.applications.model import Application
from aftersales.desk.fields import Scene
from aftersales.desk.forms import FORMS, TASK_DONE, Form
from aftersales.desk.session import may_take
from aftersales.identity.principal import Principal
from aftersales.staff.routing import decided_before


def possible(actions: tuple[str, ...], scene: Scene) -> tuple[str, ...]:
    """Of `actions`, and of what is open to who has a task. The use cases refuse by themselves as well."""
    steps = {*actions, TASK_DONE}
    return tuple(step for step, form in FORMS.items() if step in steps and _is_theirs(step, form, scene))


def _is_theirs(step: str, form: Form, scene: Scene) -> bool:
    application, who = scene.application, scene.who
    if not may_take(who, step) or not (form.for_all or who.leads or application.assignee == who.id):
        return False
    if step in REFUSED_TO and REFUSED_TO[step](application, who):
        return False
    chosen = (field for field in form.fields if field.kind == "choice" and field.required)
    return all(any(field.options(scene)) for field in chosen)


def _may_not_claim(application: Application, who: Principal) -> bool:
    leads_only = application.status in LEADING and not who.leads
    return leads_only or decided_before(application, who.id)


def _has_it(application: Application, who: Principal) -> bool:
    return application.assignee == who.id or decided_before(application, who.id)


def _rejected_it(application: Application, who: Principal) -> bool:
    return application.rejected_by == who.id


def _proposed_it(application: Application, who: Principal) -> bool:
    return application.proposal is not None and application.proposal.proposed_by == who.id


REFUSED_TO = {
    "claim": _may_not_claim,
    "takeover": _has_it,
    "decision": _rejected_it,
    "compensation-approval": _proposed_it,
}
"""Where another person decides, or it is theirs already."""
