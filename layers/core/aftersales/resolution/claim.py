"""What a refund is asked for, and on which terms: from the application, its decision and its inspection."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from aftersales.applications.holding import CONDITIONS
from aftersales.applications.model import Application, LineDecision, Reason, WantedLine
from aftersales.applications.plan import coming_back

STORES_FAULT = frozenset(
    {
        Reason.NOT_AS_DESCRIBED,
        Reason.DEFECTIVE,
        Reason.DAMAGED_IN_TRANSIT,
        Reason.WRONG_ITEM,
        Reason.MISSING,
        Reason.LATE,
    }
)
"""Reasons for which the customer is to lose nothing: neither shipping nor a discount."""


@dataclass(frozen=True)
class Claimed:
    """Units of one line that are to be paid back. `fee` is in percent of what they cost."""

    line_id: str
    quantity: int
    stores_fault: bool = False
    fee: int = 0


@dataclass(frozen=True)
class Claim:
    """Of an exchange also, in minor units: what was paid back, by line, and what was charged, for the difference."""

    units: tuple[Claimed, ...]
    not_returned: dict[str, int] = field(default_factory=dict)
    customer_pays_return: bool = False
    paid_back: dict[str, int] = field(default_factory=dict)
    charged: int = 0

    @property
    def stores_fault(self) -> bool:
        return all(unit.stores_fault for unit in self.units)


def plain(lines: Iterable[WantedLine]) -> Claim:
    """Before anything was decided: no fee, and everything comes back as described."""
    return Claim(tuple(_claimed(line, line.quantity, None) for line in lines))


def claim_of(application: Application) -> Claim:
    """By the decision and, once there is one, the inspection: what did not come back is not paid for."""
    terms = {line.line_id: line for line in application.decision.lines} if application.decision else {}
    absent = _not_returned(application)
    left = [(line, line.quantity - absent[line.line_id]) for line in application.lines]
    return Claim(
        units=tuple(_claimed(line, quantity, terms.get(line.line_id)) for line, quantity in left if quantity),
        not_returned=dict(absent),
        customer_pays_return=_customer_pays_return(application, terms),
        paid_back=dict(_paid_back(application)),
        charged=_charged(application),
    )


def _claimed(line: WantedLine, quantity: int, terms: LineDecision | None) -> Claimed:
    fee = terms.restocking_fee if terms else 0
    return Claimed(line.line_id, quantity, stores_fault=line.reason in STORES_FAULT, fee=fee)


def _not_returned(application: Application) -> Counter[str]:
    absent: Counter[str] = Counter()
    for line in application.inspection:
        if line.condition not in CONDITIONS:
            absent[line.line_id] += line.quantity
    return absent


def _paid_back(application: Application) -> Counter[str]:
    paid: Counter[str] = Counter()
    for refund in application.refunds:
        if refund.purpose == "difference" and refund.outcome != "failed":
            paid.update({line.line_id: line.amount for line in refund.lines})
    return paid


def _charged(application: Application) -> int:
    held = (charge for charge in application.charges if charge.purpose == "price_difference" and charge.holds)
    return sum(charge.amount.amount for charge in held)


def _customer_pays_return(application: Application, terms: dict[str, LineDecision]) -> bool:
    """One parcel has one payer: as soon as a line in it goes on the store's account, all of it does."""
    lines = [terms.get(line.line_id) for line in coming_back(application)]
    return bool(lines) and all(line is None or line.return_freight == "customer" for line in lines)
