"""The storefront, or staff, say what became of a replacement."""

from typing import Any

from aftersales import clock
from aftersales.applications import commit, store
from aftersales.applications.arrival import arrived
from aftersales.applications.lifecycle import Status, Step, Type, targets
from aftersales.applications.model import Actor, Application
from aftersales.applications.plan import next_status
from aftersales.applications.replacement import Delivery, Replacement, ReplacementState
from aftersales.errors import NotFound, Outdated, StepNotPossible
from aftersales.identity.principal import Principal
from aftersales.orders import ledger
from aftersales.orders.moving import exchanging, moving
from aftersales.replacement.confirmation import Confirmation, Heard, ReplacementOutcome, ReplacementReport
from aftersales.replacement.exchange import exchange
from aftersales.resolution.quoting import order_of
from aftersales.staff.mine import mine
from aftersales.tables import Cancelled, Write

FOLLOWS: dict[ReplacementOutcome, frozenset[ReplacementState]] = {
    "reserved": frozenset({"wanted"}),
    "shipped": frozenset({"ordered"}),
    "delivered": frozenset({"shipped"}),
    "failed": frozenset({"wanted", "reserved", "ordered"}),
}
"""After which states a word says something new."""

SAID_BEFORE: dict[ReplacementOutcome, frozenset[ReplacementState]] = {
    "reserved": frozenset({"reserved", "ordered", "shipped", "delivered"}),
    "shipped": frozenset({"shipped", "delivered"}),
    "delivered": frozenset({"delivered"}),
    "failed": frozenset({"failed"}),
}
"""In which states it changes nothing."""


def confirm_replacement(replacement_id: str, who: Principal, told: Confirmation) -> None:
    """The same word again changes nothing; one that contradicts what was told before is refused.

    Raises `NotFound`, for another store's replacement as well, and `StepNotPossible`.
    """
    replacement_state(replacement_id, who)
    commit.until_written(lambda: _hear(store.load_by_event(replacement_id), replacement_id, who.actor(), told))


def report_replacement(number: str, who: Principal, told: ReplacementReport) -> None:
    """Where no program reports it. Raises `NotYours` as well."""
    application = mine(number, who)
    if store.load_by_event(told.replacement_id).number != application.number:
        raise NotFound
    confirm_replacement(told.replacement_id, who, told)


def replacement_state(replacement_id: str, who: Principal) -> Heard:
    """Raises `NotFound`, for another store's replacement as well."""
    application = store.load_by_event(replacement_id)
    who.must_own(application.number, application.store_id)
    state = _named(application, replacement_id)
    return Heard(replacement_id=replacement_id, number=application.number, state=state, status=application.status)


def _named(application: Application, replacement_id: str) -> ReplacementState:
    """How far it is. One before the last went out, and no more is heard of it, or there was none. Raises `NotFound`."""
    replacement = application.replacement
    if replacement and replacement.replacement_id == replacement_id:
        return replacement.state
    told = (event for event in store.timeline(application.number) if event.data.get("replacement_id") == replacement_id)
    steps = {event.step for event in told}
    if not steps:
        raise NotFound
    return "delivered" if Step.REPLACEMENT_SHIPPED in steps else "failed"


def _hear(application: Application, replacement_id: str, actor: Actor, told: Confirmation) -> None:
    state, replacement = _named(application, replacement_id), application.replacement
    if state in SAID_BEFORE[told.outcome]:
        return
    if replacement is None or state not in FOLLOWS[told.outcome]:
        raise StepNotPossible(f"the replacement is {state}")
    heard = replacement.model_copy(update={"state": told.outcome, "reference": told.reference or replacement.reference})
    match told.outcome:
        case "reserved":
            _step(application, Step.REPLACEMENT_RESERVED, actor, told, replacement=heard)
        case "failed":
            _fail(application, heard, actor, told)
        case "shipped":
            _ship(application, heard, actor, told)
        case "delivered":
            _deliver(application, heard, actor, told)


def _fail(application: Application, heard: Replacement, actor: Actor, told: Confirmation) -> None:
    """A person looks at once, and orders it again or does something else."""
    ordered = application.status is Status.REPLACEMENT_ORDERED
    to = next_status(application.model_copy(update={"settled": False})) if ordered else application.status
    _step(application, Step.REPLACEMENT_FAILED, actor, told, to=to, replacement=heard, look_at=clock.now())


def _ship(application: Application, heard: Replacement, actor: Actor, told: Confirmation) -> None:
    assert told.carrier
    assert told.tracking_number
    delivery = Delivery(carrier=told.carrier, tracking_number=told.tracking_number, sent_at=clock.now())
    writes, sent = _books(application, heard)
    changes: dict[str, Any] = {"replacement": sent, "delivery": delivery, "settled": True}
    to = next_status(application.model_copy(update=changes))
    try:
        _step(application, Step.REPLACEMENT_SHIPPED, actor, told, *writes, to=to, **changes)
    except Cancelled as cancelled:
        raise Outdated from cancelled


def _books(application: Application, heard: Replacement) -> tuple[list[Write], Replacement]:
    """Goods that are sent once more are those that were bought: they can be applied for again."""
    if application.settled:
        return [], heard
    if application.type is Type.EXCHANGE:
        order = order_of(application)
        done = exchange(order, application, heard)
        return [exchanging(order, done.move, done.new)], done.replacement
    move = ledger.difference(ledger.reserve(application.lines), {})
    return [moving(application.store_id, application.order_number, move)], heard


def _deliver(application: Application, heard: Replacement, actor: Actor, told: Confirmation) -> None:
    """Where the case has ended meanwhile, as by the customer's word, it is no news."""
    if not targets(Step.DELIVERED, application.status) or application.delivery is None:
        return
    there = arrived(application, clock.now()) | {"replacement": heard}
    _step(application, Step.DELIVERED, actor, told, **there)


def _step(
    application: Application, step: Step, actor: Actor, told: Confirmation, *writes: Write, **changes: Any
) -> None:
    assert application.replacement
    data = {"replacement_id": application.replacement.replacement_id}
    commit.step(application, step, actor, *writes, message=told.message, data=data, **changes)
