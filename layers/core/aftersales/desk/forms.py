"""What staff can do about a case, one row a step: the same use cases as behind the API, and a form for each.

A test holds the table to the routes: every step of theirs has its row, with the same model.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, get_args

from aftersales.charges.confirm import report_charge
from aftersales.charges.confirmation import ChargeReport
from aftersales.charges.order import ChargeOrder, order_charge
from aftersales.closing.dispute import DisputeAnswer
from aftersales.closing.dispute import answer as answer_dispute
from aftersales.compensation.approve import Approval, approve
from aftersales.compensation.confirm import report_credit
from aftersales.compensation.confirmation import CreditReport
from aftersales.compensation.give import Compensation, give
from aftersales.desk import choices
from aftersales.desk.fields import Field, Named, Scene
from aftersales.followup import follow_up
from aftersales.identity.principal import Principal
from aftersales.model import Model
from aftersales.repair.diagnose import Diagnosis, diagnose
from aftersales.repair.dispatch import Dispatch, dispatch
from aftersales.repair.finish import RepairResult, finish
from aftersales.repair.parts import parts_arrived, want_parts
from aftersales.repair.visit import VisitPlan, plan_visit
from aftersales.replacement.confirm import report_replacement
from aftersales.replacement.confirmation import ReplacementReport
from aftersales.replacement.order import ReplacementOrder, order_replacement
from aftersales.resolution.confirm import report_refund
from aftersales.resolution.confirmation import OfflineConfirmation
from aftersales.resolution.order import RefundOrder, order_refund
from aftersales.resolution.remedy import RemedyChange, change_remedy
from aftersales.staff import casework, tasks
from aftersales.staff.casework import Inspection, Question, Remark
from aftersales.staff.decision import StaffDecision, decide
from aftersales.staff.pass_on import Handover, Transfer, hand_over, take_over, transfer
from aftersales.staff.tasks import TaskWanted


class Form(NamedTuple):
    """The body of a step, what it does, and what is asked for."""

    model: type[Model]
    use_case: Callable[[str, Principal, Any], object]
    fields: tuple[Field, ...] = ()


def _choice(model: type[Model], name: str) -> Field:
    """Among what the model takes."""
    codes: tuple[str, ...] = get_args(model.model_fields[name].annotation)
    return Field(name, "choice", required=True, options=lambda _: codes)


class TaskDone(Question):
    """What came of which task."""

    task_id: str


def _finish_task(number: str, who: Principal, told: TaskDone) -> None:
    tasks.finish(number, told.task_id, who, Question(message=told.message))


TASK_DONE = "tasks-completion"
MESSAGE = Field("message", "words", required=True)
REMARK = Field("message", "words")
NOTE = Field("message", "words", required=True, inner=True)
REMARK_TO_STAFF = Field("message", "words", inner=True)
CARRIER, TRACKING = Field("carrier", "line"), Field("tracking_number", "line")
REFERENCE = Field("reference", "line", required=True)


def _chosen(name: str, options: Callable[[Scene], Iterable[str]], named: Named | None = None) -> Field:
    return Field(name, "choice", required=True, options=options, named=named)


def _name(field: str, start: Callable[[Scene], str]) -> Field:
    """Of what is reported on: as it was when the form was made."""
    return Field(field, "line", required=True, start=start, hidden=True)


FORMS: dict[str, Form] = {
    "claim": Form(Model, lambda number, who, _: casework.claim(number, who)),
    "decision": Form(
        StaffDecision,
        decide,
        (
            _chosen("outcome", choices.outcomes),
            Field("accepted_lines", "lines", shown=lambda scene: len(scene.application.lines) > 1),
            MESSAGE,
        ),
    ),
    "information-request": Form(Question, casework.ask, (MESSAGE,)),
    "receipt": Form(Remark, casework.receive, (REMARK,)),
    "inspection": Form(Inspection, casework.inspect, (Field("lines", "units", required=True), REMARK)),
    "refund": Form(
        RefundOrder,
        order_refund,
        (
            Field("quoted", "money", start=choices.quoted, hidden=True),
            Field("amount", "money", shown=choices.may_pay_less),
            Field("return_freight", "money", shown=choices.may_charge_freight),
            REMARK,
        ),
    ),
    "refund-confirmation": Form(
        OfflineConfirmation,
        report_refund,
        (
            _name("refund_id", choices.refund_id),
            _choice(OfflineConfirmation, "outcome"),
            Field("amount", "money", required=True, start=choices.refund_total),
            REFERENCE,
        ),
    ),
    "replacement": Form(ReplacementOrder, order_replacement, (REMARK,)),
    "replacement-confirmation": Form(
        ReplacementReport,
        report_replacement,
        (
            _name("replacement_id", choices.replacement_id),
            _chosen("outcome", choices.news),
            CARRIER,
            TRACKING,
            REFERENCE._replace(required=False),
            REMARK,
        ),
    ),
    "charge": Form(ChargeOrder, order_charge, (REMARK,)),
    "charge-confirmation": Form(
        ChargeReport,
        report_charge,
        (
            _name("charge_id", choices.charge_id),
            _choice(ChargeReport, "outcome"),
            Field("amount", "money", required=True, start=choices.charge_total),
            REFERENCE,
            REMARK_TO_STAFF,
        ),
    ),
    "compensation": Form(
        Compensation, give, (_choice(Compensation, "kind"), Field("amount", "money", required=True), MESSAGE)
    ),
    "compensation-approval": Form(
        Approval,
        approve,
        (
            Field("amount", "money", start=choices.proposed_amount, hidden=True),
            Field("kind", "line", start=choices.proposed_kind, hidden=True),
            Field("approved", "yes_or_no", required=True),
            Field("reason", "words", inner=True),
        ),
    ),
    "credit-confirmation": Form(
        CreditReport,
        report_credit,
        (
            _name("credit_id", choices.credit_id),
            _choice(CreditReport, "outcome"),
            REFERENCE._replace(required=False),
            REMARK_TO_STAFF,
        ),
    ),
    "diagnosis": Form(
        Diagnosis,
        diagnose,
        (
            Field("finding", "words", required=True),
            Field("repairable", "yes_or_no", required=True),
            Field("under_warranty", "yes_or_no", required=True),
            Field("price", "money"),
        ),
    ),
    "visit": Form(
        VisitPlan,
        plan_visit,
        (_choice(VisitPlan, "place"), Field("at", "moment", required=True), Field("who", "line"), REMARK),
    ),
    "parts": Form(Question, want_parts, (MESSAGE,)),
    "parts-arrival": Form(Remark, parts_arrived, (REMARK,)),
    "repair-result": Form(RepairResult, finish, (_choice(RepairResult, "outcome"), MESSAGE)),
    "dispatch": Form(Dispatch, dispatch, (CARRIER._replace(required=True), TRACKING._replace(required=True), REMARK)),
    "remedy": Form(RemedyChange, change_remedy, (_chosen("type", choices.remedies), MESSAGE)),
    "dispute-answer": Form(DisputeAnswer, answer_dispute, (_choice(DisputeAnswer, "outcome"), MESSAGE)),
    "completion": Form(Question, casework.complete, (MESSAGE,)),
    "message": Form(Question, casework.write, (MESSAGE,)),
    "follow-up": Form(Question, follow_up.done, (NOTE,)),
    TASK_DONE: Form(
        TaskDone,
        _finish_task,
        (_chosen("task_id", choices.their_tasks, choices.task_name), NOTE),
    ),
    "tasks": Form(
        TaskWanted,
        tasks.open_task,
        (
            _choice(TaskWanted, "department"),
            Field("member_id", "choice", options=choices.everyone, named=choices.member_name),
            Field("due_at", "moment", required=True),
            NOTE,
        ),
    ),
    "transfer": Form(
        Transfer,
        transfer,
        (_chosen("member_id", choices.colleagues, choices.member_name), REMARK_TO_STAFF),
    ),
    "handover": Form(
        Handover,
        hand_over,
        (_chosen("team", choices.other_teams, choices.team_name), NOTE),
    ),
    "takeover": Form(Model, lambda number, who, _: take_over(number, who)),
    "notes": Form(Question, casework.note, (NOTE,)),
}
"""In the order in which they stand on the page."""
