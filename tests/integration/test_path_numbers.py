"""The numbers in `docs/paths.md` are those of the books: each example is played, and its table compared."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from aftersales.orders.model import Order
from tests.integration.decisions import WHY, policy_says
from tests.integration.desk import HUA, MEI, Desk
from tests.integration.exchanges import ORDER, PARCEL, TOLD, proceeds, replacement_id, tells
from tests.integration.gateway import call, shop
from tests.integration.workshop import COVERED, DONE, HOME, IN_ENGLISH, SPILLED, Workshop

PAGE = (Path(__file__).parents[2] / "docs" / "paths.md").read_text(encoding="utf-8")
MONEY = {"paid", "refundable", "ordered", "refunded", "withheld", "exchanged", "credit"}
NEW = "lantern-x1"

Row = list[str]
Story = Callable[[Desk], Iterator[Order]]
"""Gives the order after each row of its table."""


def tables() -> list[list[Row]]:
    """Each with its head, as cells."""
    found = re.findall(r"^\| after \|.+(?:\n\|.+)+", PAGE, re.MULTILINE)
    return [[line.strip("| ").split(" | ") for line in table.splitlines() if "---" not in line] for table in found]


def told(desk: Desk) -> None:
    assert desk.tell_order(ORDER, **TOLD).status == 200


def accepted(desk: Desk, type_: str, terms: dict[str, Any] | None = None, **line: Any) -> str:
    told(desk)
    wanted = {"line_id": "lantern", "quantity": 1, "reason": "changed_mind"} | line
    number = desk.filed(order_number=ORDER, type=type_, lines=[wanted])
    policy_says(number, "accept", {"line_id": "lantern"} | (terms or {}))
    return number


def must(desk: Desk, number: str, action: str, body: dict[str, Any] | None = None, who: Any = MEI) -> None:
    answer = desk.staff(who, number, action, body or {})
    assert answer.status == 200, answer.body


def inspect(desk: Desk, number: str, condition: str = "as_described") -> None:
    must(desk, number, "inspection", {"lines": [{"line_id": "lantern", "quantity": 1, "condition": condition}]})


def paid_back(desk: Desk, number: str) -> None:
    refund = desk.application(number).refund
    assert refund
    assert desk.confirm(refund.refund_id, amount=refund.total.document()).status == 200


def pays(desk: Desk, number: str) -> None:
    charge = desk.application(number).charge
    assert charge
    paid = {"outcome": "paid", "amount": charge.amount.document(), "reference": "PAY-5531"}
    assert call(shop(), "POST", f"/charges/{charge.charge_id}/confirmation", paid).status == 200


def deciding(desk: Desk) -> Iterator[Order]:
    told(desk)
    wanted = {"line_id": "lantern", "quantity": 1, "reason": "changed_mind"}
    number = desk.filed(order_number=ORDER, lines=[wanted])
    policy_says(number, "manual_review")
    desk.assign(number)
    yield desk.order(ORDER)
    must(desk, number, "decision", {"outcome": "reject", "message": "灯罩有使用痕迹。"})
    yield desk.order(ORDER)
    desk.customer(number, "appeal", WHY)
    yield desk.order(ORDER)
    must(desk, number, "decision", {"outcome": "accept", "message": "照片可见裂纹。"}, HUA)
    yield desk.order(ORDER)


def refund(desk: Desk) -> Iterator[Order]:
    number = accepted(desk, "return_refund")
    desk.assign(number)
    yield desk.order(ORDER)
    desk.customer(number, "parcel", PARCEL)
    yield desk.order(ORDER)
    must(desk, number, "receipt")
    yield desk.order(ORDER)
    inspect(desk, number)
    yield desk.order(ORDER)
    must(desk, number, "refund")
    yield desk.order(ORDER)
    paid_back(desk, number)
    yield desk.order(ORDER)


def exchange_in_hand(desk: Desk, sku: str) -> tuple[str, Order]:
    """The old one is here; also gives the order as it was before."""
    number = accepted(desk, "exchange", variant=sku)
    before = desk.order(ORDER)
    proceeds(desk, number)
    desk.assign(number)
    must(desk, number, "receipt")
    inspect(desk, number)
    return number, before


def for_less(desk: Desk) -> Iterator[Order]:
    number, before = exchange_in_hand(desk, "lantern-small")
    yield before
    yield desk.order(ORDER)
    must(desk, number, "refund")
    yield desk.order(ORDER)
    paid_back(desk, number)
    yield desk.order(ORDER)
    must(desk, number, "replacement")
    tells(replacement_id(desk, number), "shipped")
    yield desk.order(ORDER)


def for_more(desk: Desk) -> Iterator[Order]:
    number, _ = exchange_in_hand(desk, "lantern-twin")
    must(desk, number, "charge")
    pays(desk, number)
    yield desk.order(ORDER)
    must(desk, number, "replacement")
    tells(replacement_id(desk, number), "shipped")
    yield desk.order(ORDER)


def kept(desk: Desk) -> Iterator[Order]:
    number = accepted(desk, "return_refund", {"refund_due": "at_once"})
    yield desk.order(ORDER)
    proceeds(desk, number)
    yield desk.order(ORDER)
    paid_back(desk, number)
    yield desk.order(ORDER)
    desk.later(days=14)
    desk.time_out(number)
    yield desk.order(ORDER)
    pays(desk, number)
    yield desk.order(ORDER)


def repair(desk: Desk) -> Iterator[Order]:
    workshop = Workshop(desk)
    number = workshop.accepted("laptop", **IN_ENGLISH)
    yield desk.order("LT-9")
    desk.customer(number, "parcel", PARCEL)
    yield desk.order("LT-9")
    workshop.must(number, "receipt", {})
    yield desk.order("LT-9")
    workshop.must(number, "diagnosis", SPILLED)
    yield desk.order("LT-9")
    desk.customer(number, "quote-answer", {"accept": True})
    pays(desk, number)
    workshop.must(number, "repair-result", DONE)
    workshop.must(number, "dispatch", HOME)
    yield desk.order("LT-9")


def visit(desk: Desk) -> Iterator[Order]:
    workshop = Workshop(desk)
    number = workshop.at_home()
    yield desk.order("LT-9")
    workshop.must(number, "diagnosis", COVERED)
    workshop.must(number, "repair-result", DONE)
    yield desk.order("LT-9")


def trouble(desk: Desk) -> Iterator[Order]:
    told(desk)
    desk.hire("mei", languages=["zh-CN"], may_give={"CNY": 2000})
    coupon, part = ({"kind": kind, "message": "抱歉让您久等。"} for kind in ("coupon", "refund"))
    number = desk.in_progress(order_number=ORDER, type="complaint", lines=[])
    must(desk, number, "compensation", coupon | {"amount": {"amount": 2000, "currency": "CNY"}})
    yield desk.order(ORDER)
    credit = desk.application(number).credit
    assert credit
    call(shop(), "POST", f"/credits/{credit.credit_id}/confirmation", {"outcome": "given", "reference": "SORRY-20"})
    yield desk.order(ORDER)
    number = desk.in_progress(order_number=ORDER, type="complaint", lines=[])
    must(desk, number, "compensation", part | {"amount": {"amount": 3000, "currency": "CNY"}})
    yield desk.order(ORDER)
    must(desk, number, "compensation-approval", {"approved": True}, HUA)
    yield desk.order(ORDER)
    paid_back(desk, number)
    yield desk.order(ORDER)


def dispute(desk: Desk) -> Iterator[Order]:
    number = accepted(desk, "return_refund", {"restocking_fee": 15})
    desk.assign(number)
    must(desk, number, "receipt")
    inspect(desk, number, "used")
    must(desk, number, "refund")
    yield desk.order(ORDER)
    paid_back(desk, number)
    yield desk.order(ORDER)
    desk.customer(number, "dispute", WHY)
    desk.hire("hua", languages=["zh-CN"], leads=True)
    must(desk, number, "dispute-answer", {"outcome": "reopened", "message": "已重新核对。"}, HUA)
    yield desk.order(ORDER)
    back = {"kind": "refund", "amount": {"amount": 1785, "currency": "CNY"}, "message": "退还扣款。"}
    must(desk, number, "compensation", back, HUA)
    yield desk.order(ORDER)
    paid_back(desk, number)
    yield desk.order(ORDER)


STORIES: list[tuple[Story, str]] = [
    *((story, "lantern") for story in (deciding, refund, for_less, for_more, kept)),
    *((repair, "laptop"), (visit, "washer"), (trouble, "lantern"), (dispute, "lantern")),
]
"""In the order of the page, with the line that each is about."""


def cells(order: Order, line_id: str, head: Row) -> Row:
    return [_cell(order, line_id, name, head[1:]) for name in head[1:]]


def _cell(order: Order, line_id: str, name: str, names: Row) -> str:
    counter = name.rsplit(" ", maxsplit=1)[-1].strip("`")
    of_new = any(NEW in each for each in names[: names.index(name) + 1])
    books: Any = order if counter == "credit" else order.ledger.get(NEW if of_new else line_id)
    if books is None:
        return ""
    amount = getattr(books, counter)
    return f"{amount / 100:.2f}" if counter in MONEY else str(amount)


def test_every_table_has_its_story() -> None:
    assert len(tables()) == len(STORIES)


@pytest.mark.parametrize("place", range(len(STORIES)), ids=lambda place: STORIES[place][0].__name__)
def test_the_books_say_what_the_page_says(desk: Desk, place: int) -> None:
    (story, line_id), (head, *rows) = STORIES[place], tables()[place]
    played = [cells(order, line_id, head) for order in story(desk)]
    assert played == [[cell.strip() for cell in row[1:]] + [""] * (len(head) - len(row)) for row in rows]
