"""The page that shows where an application stands, and what its customer may do."""

from datetime import datetime

from aftersales import clock
from aftersales.applications import track
from aftersales.applications.lifecycle import FINAL, Status, Step
from aftersales.applications.model import Application
from aftersales.applications.track import CustomerView
from aftersales.money import decimal_text, signed_text
from aftersales.pages.forms import Failed
from aftersales.pages.moments import LocalTime, local
from aftersales.pages.names import REASON, TYPE
from aftersales.pages.render import page, saying
from aftersales.pages.visit import Visit

YOURS: dict[Status, str] = {
    Status.INFORMATION_WANTED: "due_yours",
    Status.AWAITING_GOODS: "due_yours",
    Status.QUOTE_OFFERED: "due_yours",
    Status.AWAITING_PAYMENT: "due_yours",
    Status.AWAITING_CONFIRMATION: "due_confirm",
}
"""Statuses that wait for the customer, and what stands before the time that they have."""


def tracking_page(visit: Visit, failed: Failed | None = None) -> str:
    """`failed` is the form that was just sent; its address is one step deeper than the page's."""
    application = visit.application
    language = application.language
    view = track.view(application)
    question = _question(view)
    root = "../.." if failed else ".."

    def here(moment: datetime) -> LocalTime:
        return local(moment, visit.store.time_zone, language)

    return page(
        "track.html",
        language=language,
        say=saying(language),
        store=visit.store_name,
        page=f"{root}/track/{visit.token}",
        survey=f"{root}/survey/{visit.token}" if _survey_is_open(view) else None,
        failed=failed,
        view=view,
        tone=_tone(application.status),
        due=_due(application),
        offset=here(clock.now()).offset,
        zone=visit.store.time_zone,
        local=here,
        question=question,
        reasons=view.reasons if view.reasons != question else (),
        type=TYPE[language][view.type],
        reason_names=REASON[language],
        refund=decimal_text(view.refund) if view.refund else None,
        refund_items=_refund_items(view),
        money=decimal_text,
        appeal_answered=view.status is Status.REJECTED and application.appealed_at is not None,
    )


def _survey_is_open(view: CustomerView) -> bool:
    steps = {entry.step for entry in view.timeline}
    return Step.SURVEY_SENT in steps and Step.SURVEY_ANSWERED not in steps


def _tone(status: Status) -> str:
    """Whose turn it is, or how it ended."""
    if status in FINAL:
        return "done" if status is Status.RESOLVED else "closed"
    return "yours" if status in YOURS else "ours"


def _due(application: Application) -> str | None:
    """What stands before the due time: whose it is, and whether we have missed it. A visit has a time of its own."""
    if application.due_at is None:
        return None
    if application.status is Status.DELIVERING:
        return "due_delivery"
    if application.status in YOURS:
        return YOURS[application.status]
    if application.due_at < clock.now():
        return "due_late"
    return None if application.status is Status.VISIT_PLANNED else "due_ours"


def _question(view: CustomerView) -> tuple[str, ...]:
    """What was asked last: by a person in their words, by the policy in those of its decision."""
    asked = [entry for entry in view.timeline if entry.step is Step.INFORMATION_REQUESTED]
    if not asked or view.status is not Status.INFORMATION_WANTED:
        return ()
    return view.reasons if asked[-1].by == "system" else (asked[-1].message or "",)


def _refund_items(view: CustomerView) -> list[tuple[str, str]]:
    """How the refund comes to what it is: what of which goods, and how much; nothing where that is one thing."""
    if view.refund is None or len(view.refund_items) < 2:
        return []
    titles = {line.line_id: line.title or line.line_id for line in view.lines}
    named = [(titles.get(item.line_id or ""), item) for item in view.refund_items]
    return [
        (f"{title} · {item.name}" if title else item.name, signed_text(item.amount, view.refund.currency))
        for title, item in named
    ]
