"""What a refund comes to: one pure function, the same for a look beforehand and for paying.

What is due for a line is what its units given back so far are worth, less what earlier refunds dealt with. So the order
in which units come back does not matter, nor does a refund that failed: all of them come to exactly what was paid.
"""

from collections import Counter

from aftersales.applications.refund import ItemKind, Quote, QuoteItem, RefundLine, TenderPart
from aftersales.money import Money, spread
from aftersales.orders.model import Order
from aftersales.orders.names import SHIPPING, account_of
from aftersales.resolution.claim import Claim, Claimed
from aftersales.resolution.coupon import held_back
from aftersales.resolution.items import price_items


def quote(
    order: Order, claim: Claim, *, claw_back: bool = False, return_freight: int = 0, amount: int | None = None
) -> Quote:
    """`amount`, in total, when staff pay less than is due. `claw_back`: a discount goes with its minimum.

    `return_freight` is what the store paid for the way back in the customer's place. Amounts are in minor units. Raises
    `ValueError` when `amount` is above what is due.
    """
    due = {unit.line_id: order.ledger[unit.line_id].due(unit.quantity) for unit in claim.units}
    cost = {unit.line_id: order.ledger[unit.line_id].cost(unit.quantity) for unit in claim.units}
    sheet = _Sheet()
    for unit in claim.units:
        sheet.items += price_items(order, unit, due[unit.line_id])
    sheet.amounts = Counter(held_back(order, claim, due, claw_back=claw_back))
    sheet.note("coupon", sheet.total - sum(due.values()))
    for unit in claim.units:
        sheet.withhold("restocking_fee", cost[unit.line_id] * unit.fee // 100, unit)
    sheet.withhold("return_freight", return_freight)
    sheet.amounts[SHIPPING] = _shipping(order, claim, cost)
    sheet.note("shipping", sheet.amounts[SHIPPING])
    if amount is not None:
        sheet.come_to(amount)
    return _quote(order, claim, sheet)


class _Sheet:
    """A refund while it is worked out: what is paid and what withheld, by line or account."""

    def __init__(self) -> None:
        self.items: list[QuoteItem] = []
        self.amounts: Counter[str] = Counter()
        self.withheld: Counter[str] = Counter()

    @property
    def total(self) -> int:
        return sum(self.amounts.values())

    def note(self, kind: ItemKind, amount: int, unit: Claimed | None = None) -> None:
        if amount:
            line_id, quantity = (unit.line_id, unit.quantity) if unit else (None, None)
            self.items.append(QuoteItem(kind=kind, line_id=line_id, quantity=quantity, amount=amount))

    def withhold(self, kind: ItemKind, amount: int, unit: Claimed | None = None) -> None:
        """Take `amount` off, of `unit` or of all; never more than is there."""
        names = [unit.line_id] if unit else list(self.amounts)
        there = [self.amounts[name] for name in names]
        taken = min(amount, sum(there))
        for name, part in zip(names, spread(taken, there), strict=True):
            self.amounts[name] -= part
            self.withheld[name] += part
        self.note(kind, -taken, unit)

    def come_to(self, amount: int) -> None:
        if amount > self.total:
            raise ValueError(f"{self.total} is due")
        self.withhold("adjustment", self.total - amount)


def _shipping(order: Order, claim: Claim, cost: dict[str, int]) -> int:
    """All that is left of it when everything is back that was paid for; else the share of units with a fault.

    Where no goods were paid for, everything has to be back. Exchanged goods are back when their replacement is.
    """
    if SHIPPING not in order.accounts:
        return 0
    account = order.accounts[SHIPPING]
    going = {unit.line_id: unit.quantity for unit in claim.units}
    goods = sum(books.paid - books.exchanged for books in order.ledger.values())
    if all(b.settled + going.get(name, 0) >= b.bought for name, b in order.ledger.items() if b.paid or not goods):
        return account.refundable
    faulty = sum(cost[unit.line_id] for unit in claim.units if unit.stores_fault)
    return min(account.refundable, account.paid * faulty // goods) if goods else 0


def _quote(order: Order, claim: Claim, sheet: _Sheet) -> Quote:
    units = {unit.line_id: unit.quantity for unit in claim.units}
    amounts = {name: amount for name, amount in sheet.amounts.items() if name != SHIPPING}
    return Quote(
        total=Money(amount=sheet.total, currency=order.currency),
        items=tuple(sheet.items),
        lines=tuple(
            RefundLine(line_id=name, quantity=units.get(name, 0), amount=part) for name, part in amounts.items()
        ),
        shipping=sheet.amounts[SHIPPING],
        tenders=tenders(order, sheet.total),
        withheld={name: part for name, part in sheet.withheld.items() if part},
        not_returned=claim.not_returned,
    )


def tenders(order: Order, total: int) -> tuple[TenderPart, ...]:
    """In proportion to what each has not given back yet. What was charged later came by a means that nobody told."""
    left = [order.accounts[account_of(tender.kind)].refundable for tender in order.tenders]
    parts = spread(min(total, sum(left)), left)
    kinds = [tender.kind for tender in order.tenders]
    return tuple(TenderPart(kind=kind, amount=part) for kind, part in zip(kinds, parts, strict=True) if part)
