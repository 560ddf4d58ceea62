"""What a customer owes for goods that were to come back after money or a replacement had gone out, and did not."""

from collections import Counter
from dataclasses import dataclass, field

from aftersales.applications.charge import paid_for
from aftersales.applications.holding import CONDITIONS
from aftersales.applications.lifecycle import Type
from aftersales.applications.model import Application
from aftersales.applications.plan import coming_back
from aftersales.applications.refund import Quote, Refund, RefundLine, TenderPart
from aftersales.applications.replacement import Replacement
from aftersales.money import Money, share, spread
from aftersales.orders import ledger
from aftersales.orders.ledger import Move

Units = dict[str, int]
"""By line id."""


@dataclass(frozen=True)
class Owed:
    """`amount`, in minor units, for `units`. Paid, `move` makes the books as if nothing had been given for them."""

    units: Units = field(default_factory=dict)
    amount: int = 0
    move: Move = field(default_factory=dict)


NOTHING = Owed()


def owed(application: Application) -> Owed:
    """Once: what was paid for is not owed again."""
    if paid_for(application.charges, "goods_kept") or not application.settled:
        return NOTHING
    if application.type is Type.EXCHANGE:
        return _for_replacement(application, application.replacement) if application.replacement else NOTHING
    refund = paid_refund(application)
    return _for_refund(application, refund) if refund else NOTHING


def paid_refund(application: Application) -> Refund | None:
    """What was paid back for the goods."""
    paid = (refund for refund in application.refunds if refund.purpose == "return" and refund.outcome == "paid")
    return next(paid, None)


def _for_refund(application: Application, refund: Refund) -> Owed:
    kept = _kept(application, {line.line_id: line.quantity for line in refund.lines})
    if not kept:
        return NOTHING
    part = _part(refund.model_copy(update={"withheld": _still_withheld(application, refund)}), kept)
    return Owed(kept, part.total.amount, ledger.reclaim(part))


def _for_replacement(application: Application, replacement: Replacement) -> Owed:
    """The new goods cost what of the old ones' price became theirs: what was paid on top was paid."""
    kept = _kept(application, {line.line_id: line.quantity for line in replacement.lines})
    money = {
        line.line_id: _falling(line.exchanged, line.quantity, kept[line.line_id])
        for line in replacement.lines
        if line.line_id in kept
    }
    return Owed(kept, sum(money.values()), ledger.end_exchange(kept, money))


def _kept(application: Application, given: Units) -> Units:
    """Of the units that were paid for or replaced, those that were to come back and are not here."""
    here: Counter[str] = Counter()
    for line in application.inspection:
        if line.condition in CONDITIONS:
            here[line.line_id] += line.quantity
    waited_for = {line.line_id for line in coming_back(application)}
    left = {line_id: units - here[line_id] for line_id, units in given.items() if line_id in waited_for}
    return {line_id: units for line_id, units in left.items() if units > 0}


def _part(paid: Quote, kept: Units) -> Quote:
    """All of it, with the shipping, when nothing of it came back; else what falls to the units that did not."""
    whole = all(kept.get(line.line_id, 0) == line.quantity for line in paid.lines)
    lines = paid.lines if whole else tuple(_line(line, kept) for line in paid.lines if line.line_id in kept)
    shipping = paid.shipping if whole else 0
    total = sum(line.amount for line in lines) + shipping
    return Quote(
        total=Money(amount=total, currency=paid.total.currency),
        lines=lines,
        shipping=shipping,
        tenders=_tenders(paid, total),
        withheld=paid.withheld if whole else _withheld(paid, kept),
    )


def _line(line: RefundLine, kept: Units) -> RefundLine:
    units = kept[line.line_id]
    return RefundLine(line_id=line.line_id, quantity=units, amount=_falling(line.amount, line.quantity, units))


def _withheld(paid: Quote, kept: Units) -> dict[str, int]:
    return {
        line.line_id: _falling(paid.withheld[line.line_id], line.quantity, kept[line.line_id])
        for line in paid.lines
        if line.line_id in kept and line.line_id in paid.withheld
    }


def _tenders(paid: Quote, total: int) -> tuple[TenderPart, ...]:
    amounts = [tender.amount for tender in paid.tenders]  # less than was paid, where some of it was charged later
    parts = spread(min(total, sum(amounts)), amounts)
    return tuple(
        TenderPart(kind=tender.kind, amount=part) for tender, part in zip(paid.tenders, parts, strict=True) if part
    )


def _falling(amount: int, quantity: int, units: int) -> int:
    """The part of `amount` that falls to the last `units` of `quantity`."""
    return share(amount, quantity, quantity - units, units)


def _still_withheld(application: Application, refund: Refund) -> dict[str, int]:
    """What no compensation has released since."""
    released: Counter[str] = Counter()
    for later in application.refunds:
        if later.outcome != "failed":
            released.update(later.released)
    return {name: max(0, amount - released[name]) for name, amount in refund.withheld.items()}
