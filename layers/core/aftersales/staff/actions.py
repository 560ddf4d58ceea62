"""What can be done about a case now: by the lifecycle, and by what the case is about.

What an action does refuses by itself as well. A test holds the two together, for every status.
"""

from collections.abc import Callable

from aftersales.applications.charge import paid_for
from aftersales.applications.lifecycle import (
    AT_WORK,
    DONE,
    FOR_A_PERSON,
    OPEN,
    REFUNDING,
    REPLACING,
    TALKING,
    Status,
    Step,
    Type,
    targets,
)
from aftersales.applications.model import Application
from aftersales.applications.plan import coming_back, remedy_is_due
from aftersales.applications.repair import Repair
from aftersales.charges.kept import owed
from aftersales.replacement.again import may_be_sent_again
from aftersales.resolution.claim import claim_of
from aftersales.resolution.late import may_be_corrected

Rule = Callable[[Application], bool]


def leads_on(application: Application, *steps: Step) -> bool:
    return any(targets(step, application.status) for step in steps)


def may_claim(application: Application) -> bool:
    """Where it waits for somebody, and nobody has it."""
    return application.assignee is None and application.status in FOR_A_PERSON


def may_transfer(application: Application) -> bool:
    """From one person to another: whatever it waits for, if somebody has it."""
    waits_for_all = application.assignee is None and application.status not in FOR_A_PERSON
    return may_hand_over(application) and not waits_for_all


def _may_take_over(application: Application) -> bool:
    return application.assignee is not None and may_transfer(application)


def may_hand_over(application: Application) -> bool:
    """To another team: whatever it waits for, once the policy has said whose it is."""
    return application.status not in DONE | {Status.SUBMITTED}


def may_open_task(application: Application) -> bool:
    return application.status in OPEN


def may_ask(application: Application) -> bool:
    """While it is new, the policy asks, and nobody else."""
    return application.status is not Status.SUBMITTED and leads_on(application, Step.INFORMATION_REQUESTED)


def may_decide(application: Application) -> bool:
    """Not on what was settled: it was paid, or replaced."""
    return not application.settled and leads_on(application, Step.REJECTED)


def may_receive(application: Application) -> bool:
    """Once, also while money or a replacement is on its way already."""
    awaited = coming_back(application) and not application.received_at and not application.inspection
    return bool(awaited) and leads_on(application, Step.GOODS_RECEIVED)


def may_complete(application: Application) -> bool:
    """What is answered, and what was settled before and opened again."""
    return (application.type in TALKING or application.settled) and leads_on(application, Step.COMPLETED)


def may_refund(application: Application) -> bool:
    """Of an exchange, a difference."""
    return application.type in REFUNDING | {Type.EXCHANGE} and _may_remedy(application, Step.REFUND_ORDERED)


def may_replace(application: Application) -> bool:
    if application.settled and not may_be_sent_again(application):
        return False
    return application.type in REPLACING and _remedy_leads_on(application, Step.REPLACEMENT_ORDERED)


def _may_remedy(application: Application, step: Step) -> bool:
    return not application.settled and _remedy_leads_on(application, step)


def _remedy_leads_on(application: Application, step: Step) -> bool:
    stands = leads_on(application, step) and application.status is not Status.APPROVAL_WANTED
    return stands and remedy_is_due(application) and bool(claim_of(application).units)


def _may_charge(application: Application) -> bool:
    """For goods that are not here though the remedy went out; before it, the difference of an exchange."""
    if application.settled:
        return application.status in AT_WORK and owed(application).amount > 0
    return application.type is Type.EXCHANGE and _may_remedy(application, Step.CHARGE_ORDERED)


def _may_change_remedy(application: Application) -> bool:
    about_goods = bool(application.lines) and not application.settled
    return about_goods and leads_on(application, Step.REMEDY_CHANGED)


def _may_tell_of_refund(application: Application) -> bool:
    return application.status is Status.REFUND_ORDERED or may_be_corrected(application)


def _may_tell_of_replacement(application: Application) -> bool:
    """Set aside, sent, arrived, or that there is none."""
    match application.replacement.state if application.replacement else None:
        case "wanted":
            return application.status in OPEN
        case "reserved":
            return leads_on(application, Step.REPLACEMENT_FAILED)
        case "ordered":
            return leads_on(application, Step.REPLACEMENT_SHIPPED)
        case "shipped":
            return leads_on(application, Step.DELIVERED)
    return False


def _may_diagnose(application: Application) -> bool:
    repair = application.repair or Repair()
    under_way = repair.outcome is None and paid_for(application.charges, "repair")
    here = application.delivery is None and bool(claim_of(application).units)
    return application.type is Type.REPAIR and here and not under_way and leads_on(application, Step.DIAGNOSED)


def _may_visit(application: Application) -> bool:
    """Where the customer keeps the goods."""
    stays = application.type is Type.REPAIR and not coming_back(application)
    return stays and leads_on(application, Step.VISIT_PLANNED)


def _may_finish(application: Application) -> bool:
    """Once it is known what is wrong, and what it costs was paid."""
    repair = application.repair or Repair()
    paid = not repair.costs or paid_for(application.charges, "repair")
    known = repair.finding is not None and repair.outcome is None and paid
    return known and leads_on(application, Step.REPAIRED, Step.NOT_REPAIRABLE)


def _may_dispatch(application: Application) -> bool:
    """The customer's own goods, which are here."""
    known = application.status is Status.REPAIRED or bool(application.repair and application.repair.finding)
    here = application.type is Type.REPAIR and application.delivery is None
    return here and known and leads_on(application, Step.GOODS_DISPATCHED)


def _by(step: Step) -> Rule:
    return lambda application: leads_on(application, step)


ACTIONS: dict[str, Rule] = {
    "claim": may_claim,
    "information-request": may_ask,
    "message": _by(Step.MESSAGE_SENT),
    "decision": may_decide,
    "receipt": may_receive,
    "inspection": _by(Step.GOODS_INSPECTED),
    "remedy": _may_change_remedy,
    "refund": may_refund,
    "refund-confirmation": _may_tell_of_refund,
    "replacement": may_replace,
    "replacement-confirmation": _may_tell_of_replacement,
    "charge": _may_charge,
    "charge-confirmation": _by(Step.CHARGED),
    "compensation": _by(Step.COMPENSATION_PROPOSED),
    "compensation-approval": _by(Step.COMPENSATION_REFUSED),
    "credit-confirmation": _by(Step.CREDIT_GIVEN),
    "diagnosis": _may_diagnose,
    "visit": _may_visit,
    "parts": _by(Step.PARTS_WANTED),
    "parts-arrival": _by(Step.PARTS_ARRIVED),
    "repair-result": _may_finish,
    "dispatch": _may_dispatch,
    "dispute-answer": _by(Step.DISPUTE_ANSWERED),
    "completion": may_complete,
    "transfer": may_transfer,
    "takeover": _may_take_over,
    "handover": may_hand_over,
    "tasks": may_open_task,
}
"""By the end of the action's path."""
