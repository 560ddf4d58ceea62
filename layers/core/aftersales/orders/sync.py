"""Take over what a storefront tells of an order."""

from collections import Counter

from pydantic import ValidationError

from aftersales.errors import CurrencyMismatch, InvalidRequest, Outdated
from aftersales.orders import store
from aftersales.orders.facts import OrderFacts
from aftersales.orders.ledger import apply
from aftersales.orders.model import Account, LineLedger, Order, OrderLine

ATTEMPTS = 5


def sync_order(store_id: str, order_number: str, facts: OrderFacts) -> bool:
    """Store the order, or what is new of it; tells whether anything changed.

    The same telling twice and an older one late change nothing. Raises `CurrencyMismatch` when the order had another
    currency, and `Outdated` when too many things happen to it at once.
    """
    for _ in range(ATTEMPTS):
        known = store.load(store_id, order_number)
        if known is None:
            if store.create(_opened(store_id, order_number, facts)):
                return True
        elif facts.changed_at <= known.changed_at:
            return False
        elif facts.currency != known.currency:
            raise CurrencyMismatch(f"order {order_number} is in {known.currency}")
        elif store.replace(_merged(known, facts), known):
            return True
    raise Outdated("the order could not be brought up to date")


def _opened(store_id: str, order_number: str, facts: OrderFacts) -> Order:
    ledger = {line.line_id: LineLedger.opening(line) for line in facts.lines}
    try:
        return Order(
            store_id=store_id,
            order_number=order_number,
            ledger=ledger,
            accounts=facts.opening_accounts(),
            **dict(facts),
        )
    except ValidationError:
        raise InvalidRequest("an order number has 1 to 64 characters and no slash") from None


def _merged(known: Order, facts: OrderFacts) -> Order:
    """New tellings win, whole; a line they leave out stays, with nothing left to apply for.

    What an exchange made is ours to tell: a telling neither changes it nor takes its name.
    """
    told = {line.line_id: line for line in facts.lines}
    new = {line.line_id for line in known.new_lines}
    if clash := new & told.keys():
        raise InvalidRequest(f"line {min(clash)}: an exchange has made a line of this name")
    kept = [line for line in known.lines if line.line_id not in told]
    opened = {line.line_id: LineLedger.opening(line) for line in facts.lines}
    moves = {
        line_id: _move(ledger, told.get(line_id)) for line_id, ledger in known.ledger.items() if line_id not in new
    }
    accounts = facts.opening_accounts()
    paid = {name: _paid(account, accounts.get(name)) for name, account in known.accounts.items()}
    return known.model_copy(
        update=dict(facts)
        | {
            "delivered_at": facts.delivered_at or known.delivered_at,
            "lines": (*facts.lines, *kept),
            "ledger": opened | apply(known.ledger, moves),
            "accounts": accounts | apply(known.accounts, paid),
        }
    )


def _move(ledger: LineLedger, line: OrderLine | None) -> Counter[str]:
    """How a known line's ledger follows a changed quantity or price: never below what after-sales has dealt with."""
    units = max((line.quantity if line else 0) - ledger.bought, -ledger.available)
    return Counter({"bought": units, "available": units} | _paid(ledger, line))


def _paid(known: Account, told: OrderLine | Account | None) -> Counter[str]:
    change = max((told.paid if told else 0) - known.paid, -known.refundable)
    return Counter({"paid": change, "refundable": change})
