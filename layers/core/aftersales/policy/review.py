"""Review an application: gather the facts, ask the policy, write what it said."""

from datetime import datetime
from zoneinfo import ZoneInfo

from aftersales.applications import commit
from aftersales.applications import store as applications
from aftersales.applications.lifecycle import Status, Step
from aftersales.applications.model import SYSTEM, Application, Decision, PolicyReason
from aftersales.orders import store as orders
from aftersales.orders.model import Order
from aftersales.policy.model import Facts, LineFacts, Verdict
from aftersales.policy.rules import TEXTS, decide
from aftersales.stores import store as stores
from aftersales.stores.model import Store

STEPS = {"accept": Step.ACCEPTED, "reject": Step.REJECTED, "manual_review": Step.REFERRED}


def review(number: str) -> Application:
    """Decide on a submitted application; one that was decided or cancelled meanwhile is left as it is."""
    return commit.until_written(lambda: _review(applications.load(number)))


def _review(application: Application) -> Application:
    if application.status is not Status.SUBMITTED:
        return application
    store = stores.load(application.store_id)
    facts = gather(application, orders.load(application.store_id, application.order_number), store)
    verdict = decide(facts, store.terms)
    return commit.step(
        application,
        STEPS[verdict.outcome],
        SYSTEM,
        decision=_decision(verdict, facts),
        data={"policy": verdict.policy, "reasons": list(verdict.reasons)},
    )


def gather(application: Application, order: Order | None, store: Store) -> Facts:
    """The facts at the moment of filing: a queue that was slow costs no customer their right."""
    zone = ZoneInfo(store.time_zone)

    def day(moment: datetime) -> str:
        return moment.astimezone(zone).date().isoformat()

    found = {line.line_id: line for line in order.lines} if order else {}
    return Facts.model_validate(
        {
            "type": application.type,
            "filed_on": day(application.filed_at),
            "delivered_on": day(order.delivered_at) if order and order.delivered_at else None,
            "lines": tuple(
                LineFacts(
                    line_id=line.line_id,
                    category=found[line.line_id].category,
                    reason=line.reason,
                    quantity=line.quantity,
                )
                for line in application.lines
            ),
        }
    )


def _decision(verdict: Verdict, facts: Facts) -> Decision:
    reasons = tuple(PolicyReason.model_validate({"code": code, "text": TEXTS[code]}) for code in verdict.reasons)
    return Decision(outcome=verdict.outcome, reasons=reasons, policy=verdict.policy, facts=facts.document())
