"""What can be chosen in the form of a step, and what its fields begin with: by where the case stands."""

from collections.abc import Iterable
from typing import get_args

from aftersales import clock
from aftersales.applications.decision import STEPS
from aftersales.applications.lifecycle import REFUNDING, Type, targets
from aftersales.applications.model import DEFAULT_TEAM, Language
from aftersales.desk.fields import Scene, plain_amount
from aftersales.desk.names import code_name
from aftersales.desk.roster import described
from aftersales.replacement.confirm import FOLLOWS
from aftersales.resolution import remedy
from aftersales.resolution.claim import claim_of
from aftersales.staff.decision import StaffDecision
from aftersales.staff.pass_on import why_not
from aftersales.staff.tasks import may_finish

DECIDED: tuple[str, ...] = get_args(StaffDecision.model_fields["outcome"].annotation)
"""What a person can decide."""


def outcomes(scene: Scene) -> Iterable[str]:
    """A part can be accepted of several lines; what is at work can only be rejected any more."""
    application = scene.application
    possible = (outcome for outcome, step in STEPS.items() if outcome in DECIDED and targets(step, application.status))
    return (outcome for outcome in possible if outcome != "partly_accept" or len(application.lines) > 1)


def remedies(scene: Scene) -> Iterable[str]:
    possible = remedy.remedies(scene.application, scene.who)
    return (type_ for type_ in Type if type_ in possible)


def news(scene: Scene) -> Iterable[str]:
    """What can come next of a replacement."""
    replacement = scene.application.replacement
    return (told for told, after in FOLLOWS.items() if replacement and replacement.state in after)


def may_pay_less(scene: Scene) -> bool:
    return scene.application.type in REFUNDING


def may_charge_freight(scene: Scene) -> bool:
    return may_pay_less(scene) and claim_of(scene.application).customer_pays_return


def colleagues(scene: Scene) -> Iterable[str]:
    now = clock.now()
    others = (member for member in scene.roster.people if member.member_id != scene.application.assignee)
    return (member.member_id for member in others if why_not(scene.application, member, now) is None)


def everyone(scene: Scene) -> Iterable[str]:
    return (member.member_id for member in scene.roster.people)


def member_name(scene: Scene, member_id: str, language: Language) -> str:
    member = scene.roster.find(member_id)
    return described(member, language) if member else member_id


def other_teams(scene: Scene) -> Iterable[str]:
    known = dict.fromkeys((DEFAULT_TEAM, *(team.team_id for team in scene.roster.teams)))
    return (team_id for team_id in known if team_id != scene.application.team)


def team_name(scene: Scene, team_id: str, language: Language) -> str:
    return scene.roster.team_name(team_id, language)


def their_tasks(scene: Scene) -> Iterable[str]:
    """Open ones that are for them to end."""
    opened = (task for task in scene.tasks if task.done_at is None)
    return (task.task_id for task in opened if may_finish(task, scene.application, scene.who))


def task_name(scene: Scene, task_id: str, language: Language) -> str:
    found = next(task for task in scene.tasks if task.task_id == task_id)
    return f"{code_name(found.department, language)}: {found.message[:60]}"


def refund_id(scene: Scene) -> str:
    refund = scene.application.refund
    return refund.refund_id if refund else ""


def refund_total(scene: Scene) -> str:
    refund = scene.application.refund
    return plain_amount(refund.total if refund else None)


def charge_id(scene: Scene) -> str:
    charge = scene.application.charge
    return charge.charge_id if charge else ""


def charge_total(scene: Scene) -> str:
    charge = scene.application.charge
    return plain_amount(charge.amount if charge else None)


def replacement_id(scene: Scene) -> str:
    replacement = scene.application.replacement
    return replacement.replacement_id if replacement else ""


def proposed_amount(scene: Scene) -> str:
    proposal = scene.application.proposal
    return plain_amount(proposal.amount if proposal else None)


def proposed_kind(scene: Scene) -> str:
    proposal = scene.application.proposal
    return proposal.kind if proposal else ""


def credit_id(scene: Scene) -> str:
    credit = scene.application.credit
    return credit.credit_id if credit else ""


def quoted(scene: Scene) -> str:
    return plain_amount(scene.quote.total if scene.quote else None)
