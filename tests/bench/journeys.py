"""What is metered: whole applications, with no request that their people would not make.

Mails tell customers when it is their turn; of staff, whose list of work would tell them, it is read in the table.
"""

from aftersales.applications import store as applications
from infra.local.waiting import until
from tests.e2e.own_store import OwnStore
from tests.e2e.people import Case, Customer, Shopkeeper


def refund(shop: Shopkeeper) -> Customer:
    """Goods that came broken are kept and paid back."""
    customer = shop.files(shop.sells())
    _case(shop, customer).does("refund")
    customer.gets_mails(4)
    return _ends(customer, mails=5)


def exchange(shop: Shopkeeper) -> Customer:
    """Another size at the same price: set aside, the old one sent in and looked at, the new one sent and delivered."""
    store = OwnStore(shop.standing)
    customer = store.asked(store.sold(), "exchange", reason="wrong_size", variant="LINEN-S")
    customer.gets_mails(3)
    customer.does("parcel", carrier="中通快递", tracking_number="ZT77530021")
    case = _case(shop, customer)
    lines = [{"line_id": "shirt", "quantity": 1, "condition": "as_described"}]
    case.does("receipt")
    case.does("inspection", lines=lines)
    case.does("replacement")
    customer.gets_mails(6)
    return _ends(customer, mails=7)


def _case(shop: Shopkeeper, customer: Customer) -> Case:
    member = until(lambda: applications.load(customer.number).assignee, f"{customer.number} to be assigned")
    name = next(name for name, member_id in shop.standing.members.items() if member_id == member)
    return Case(shop.staff(name), customer.number)


def _ends(customer: Customer, mails: int) -> Customer:
    customer.does("confirmation")
    customer.gets_mails(mails)
    customer.does("survey", satisfaction=5, effort=5)
    return customer
