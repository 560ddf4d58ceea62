"""Money that the customer is to pay in the course of an application."""

from typing import Literal

from aftersales.model import Model
from aftersales.money import Money

ChargeOutcome = Literal["paid", "failed"]

ChargePurpose = Literal["price_difference", "repair", "goods_kept"]
"""For a dearer replacement; for a repair that no warranty covers; for goods that were to come back and never came."""


class Charge(Model):
    """`charge_id` names it to the storefront, which takes the money: told again, it is the same charge.

    `void`: it was paid, and what it was for will not happen, so the storefront gives it back.
    `contradicted` is another outcome that was told after the first: then nobody knows without looking.
    """

    charge_id: str
    purpose: ChargePurpose
    amount: Money
    outcome: ChargeOutcome | None = None
    reference: str | None = None
    void: bool = False
    contradicted: ChargeOutcome | None = None

    @property
    def holds(self) -> bool:
        return self.outcome == "paid" and not self.void


def paid_for(charges: tuple[Charge, ...], purpose: ChargePurpose) -> bool:
    return any(charge.purpose == purpose and charge.holds for charge in charges)


def voided(charges: tuple[Charge, ...], *purposes: ChargePurpose) -> tuple[Charge, ...]:
    """The charges, with those void that were paid for `purposes`."""
    return tuple(
        charge.model_copy(update={"void": True}) if charge.holds and charge.purpose in purposes else charge
        for charge in charges
    )
