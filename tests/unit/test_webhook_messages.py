"""What a storefront is told of each event, by what stands when it is told."""

import json
from typing import Any

import pytest

from aftersales.applications.lifecycle import FINAL, Step
from aftersales.orders.model import OrderLine
from aftersales.webhooks.message import Happened, Message
from aftersales.webhooks.messages import TOLD, messages
from tests.unit.builders import NUMBER, STORE, application, event, line, order, store

SHIRT: dict[str, Any] = {"line_id": "shirt", "quantity": 1, "reason": "wrong_size", "variant": "TS-L"}
WANTED: dict[str, Any] = {
    "replacement_id": f"{NUMBER}.3",
    "state": "wanted",
    "lines": [{"line_id": "shirt", "quantity": 1, "sku": "TS-L", "title": "亚麻衬衫 L", "worth": 15900}],
}
CHARGE: dict[str, Any] = {
    "charge_id": f"{NUMBER}.5",
    "purpose": "repair",
    "amount": {"amount": 12000, "currency": "CNY"},
}
CREDIT: dict[str, Any] = {"credit_id": f"{NUMBER}.5", "kind": "coupon", "amount": {"amount": 2000, "currency": "CNY"}}
REFUND: dict[str, Any] = {
    "refund_id": f"{NUMBER}.6",
    "total": {"amount": 16900, "currency": "CNY"},
    "lines": [{"line_id": "shirt", "quantity": 1, "amount": 15900}],
    "shipping": 1000,
    "tenders": [{"kind": "wallet", "amount": 16900}],
    "outcome": "paid",
    "reference": "re_3TzQ8k",
}
DATA = {"refund_id": f"{NUMBER}.6", "replacement_id": f"{NUMBER}.3"}
"""What an event says that is about them."""


def sold() -> OrderLine:
    return line("shirt", quantity=2, paid=31800, sku="TS-M")


def told(
    step: Step, status: str, version: int = 3, *, payments: str = "storefront", data: Any = None, **stands: Any
) -> list[Message]:
    """Of `step`, when the application stands there by now."""
    known: dict[str, Any] = {"type": "exchange", "lines": [SHIRT], "version": version}
    happened = event(step, version=version, data=DATA | (data or {}))
    return messages(Happened(happened, application(status, **known | stands), order(sold()), store(payments=payments)))


def told_of(step: Step, status: str, **stands: Any) -> list[str]:
    return [str(message.type) for message in told(step, status, **stands)]


def replacement(**changes: Any) -> dict[str, Any]:
    return WANTED | changes


def test_goods_are_set_aside_by_the_skus_of_the_store() -> None:
    [message] = told(Step.REPLACEMENT_WANTED, "awaiting_goods", replacement=WANTED)
    assert message.document() == {
        "type": "replacement.reserve",
        "timestamp": "2026-03-09T02:30:00.000Z",
        "data": {
            "number": NUMBER,
            "order_number": "LT-1001",
            "replacement_id": f"{NUMBER}.3",
            "lines": [
                {
                    "line_id": "shirt",
                    "quantity": 1,
                    "sku": "TS-L",
                    "title": "亚麻衬衫 L",
                    "worth": {"amount": 15900, "currency": "CNY"},
                }
            ],
        },
    }


def test_what_is_sent_again_as_it_was_has_the_sku_of_the_order() -> None:
    lines = [{"line_id": "shirt", "quantity": 1, "worth": 15900}]
    ordered = replacement(state="ordered", lines=lines)
    [message] = told(Step.REPLACEMENT_ORDERED, "replacement_ordered", type="resend", replacement=ordered)
    assert message.data["lines"] == [
        {"line_id": "shirt", "quantity": 1, "sku": "TS-M", "worth": {"amount": 15900, "currency": "CNY"}}
    ]


def test_what_was_set_aside_is_sent_under_its_own_name_by_a_message_of_another() -> None:
    [reserve] = told(Step.REPLACEMENT_WANTED, "awaiting_goods", replacement=WANTED)
    ordered = replacement(state="ordered")
    [ship] = told(Step.REPLACEMENT_ORDERED, "replacement_ordered", version=9, replacement=ordered)
    assert ship.data["replacement_id"] == reserve.data["replacement_id"] == reserve.id
    assert (ship.type, ship.id) == ("replacement.ship", f"{NUMBER}.9")


@pytest.mark.parametrize("status", sorted(FINAL))
def test_for_a_case_that_has_ended_nothing_is_set_aside_any_more(status: str) -> None:
    assert told_of(Step.REPLACEMENT_WANTED, status, replacement=WANTED) == []


@pytest.mark.parametrize("state", ["reserved", "ordered", "shipped", "failed"])
def test_what_has_gone_on_is_not_set_aside_once_more(state: str) -> None:
    stands = {"replacement": replacement(state=state)}
    assert told_of(Step.REPLACEMENT_WANTED, "replacement_ordered", **stands) == []


@pytest.mark.parametrize("state", ["shipped", "delivered", "failed"])
def test_what_has_been_sent_or_failed_is_not_ordered_once_more(state: str) -> None:
    assert told_of(Step.REPLACEMENT_ORDERED, "inspected", replacement=replacement(state=state)) == []


def test_of_two_that_were_ordered_only_the_standing_one_is_sent() -> None:
    ordered = replacement(state="ordered", replacement_id=f"{NUMBER}.9")
    assert told_of(Step.REPLACEMENT_ORDERED, "replacement_ordered", replacement=ordered) == []


@pytest.mark.parametrize("state", ["wanted", "reserved", "ordered", "failed"])
@pytest.mark.parametrize(
    ("step", "stands"),
    [
        (Step.REJECTED, {"status": "rejected"}),
        (Step.CANCELLED, {"status": "cancelled"}),
        (Step.EXPIRED, {"status": "expired"}),
        (Step.COMPLETED, {"status": "awaiting_confirmation"}),
        (Step.CONFIRMED, {"status": "resolved"}),
        (Step.DISPUTE_ANSWERED, {"status": "resolved"}),
        (Step.REMEDY_CHANGED, {"status": "inspected", "type": "return_refund"}),
    ],
)
def test_what_nobody_gets_any_more_is_released(step: Step, stands: dict[str, Any], state: str) -> None:
    [message] = told(step, version=7, replacement=replacement(state=state), **stands)
    assert (message.type, message.data["replacement_id"]) == ("replacement.release", f"{NUMBER}.3")
    assert message.id == f"{NUMBER}.3.release"


@pytest.mark.parametrize("state", ["shipped", "delivered"])
@pytest.mark.parametrize("step", [Step.CONFIRMED, Step.DISPUTE_ANSWERED])
def test_what_the_customer_has_is_not_released(step: Step, state: str) -> None:
    assert told_of(step, "resolved", replacement=replacement(state=state)) == []


@pytest.mark.parametrize(
    ("step", "stands"),
    [
        (Step.REJECTED, {"status": "appealed"}),
        (Step.REJECTED, {"status": "replacement_ordered"}),
        (Step.REMEDY_CHANGED, {"status": "inspected", "type": "resend"}),
    ],
)
def test_what_somebody_may_get_after_all_is_not_released(step: Step, stands: dict[str, Any]) -> None:
    assert told_of(step, replacement=replacement(state="reserved"), **stands) == []


@pytest.mark.parametrize("step", [Step.CANCELLED, Step.EXPIRED, Step.CONFIRMED])
def test_without_a_replacement_nothing_is_released(step: Step) -> None:
    assert told_of(step, "cancelled") == []


@pytest.mark.parametrize("step", [Step.CHARGE_ORDERED, Step.QUOTE_ACCEPTED])
def test_a_charge_is_named_and_says_until_when(step: Step) -> None:
    [message] = told(step, "awaiting_payment", version=5, type="repair", charges=[CHARGE])
    assert (message.type, message.id) == ("charge.ordered", f"{NUMBER}.5")
    assert message.data == {
        "number": NUMBER,
        "order_number": "LT-1001",
        "charge_id": f"{NUMBER}.5",
        "purpose": "repair",
        "amount": {"amount": 12000, "currency": "CNY"},
        "pay_by": "2026-03-16T02:30:00.000Z",
    }


@pytest.mark.parametrize("charge", [CHARGE | {"outcome": "failed"}, CHARGE | {"charge_id": f"{NUMBER}.8"}])
def test_only_a_charge_that_is_open_is_asked_for(charge: dict[str, Any]) -> None:
    assert told_of(Step.CHARGE_ORDERED, "awaiting_payment", version=5, charges=[charge]) == []


VOID = CHARGE | {"outcome": "paid", "reference": "PAY-91", "void": True}


@pytest.mark.parametrize(
    ("step", "stands"),
    [
        (Step.NOT_REPAIRABLE, {"status": "inspected", "type": "repair"}),
        (Step.REMEDY_CHANGED, {"status": "inspected", "type": "return_refund"}),
        (Step.REJECTED, {"status": "rejected", "type": "repair"}),
        (Step.CANCELLED, {"status": "cancelled", "type": "repair"}),
    ],
)
def test_what_was_paid_for_nothing_is_given_back_once(step: Step, stands: dict[str, Any]) -> None:
    [message] = told(step, version=12, charges=[VOID], **stands)
    assert (message.type, message.id) == ("charge.void", f"{NUMBER}.5.void")
    assert message.data == {
        "number": NUMBER,
        "order_number": "LT-1001",
        "charge_id": f"{NUMBER}.5",
        "purpose": "repair",
        "amount": {"amount": 12000, "currency": "CNY"},
        "reference": "PAY-91",
    }


def test_what_was_paid_and_holds_is_kept() -> None:
    assert told_of(Step.REJECTED, "rejected", charges=[VOID | {"void": False}]) == []


def test_a_credit_is_named() -> None:
    [message] = told(Step.CREDIT_ORDERED, "credit_ordered", version=5, type="complaint", lines=[], credit=CREDIT)
    assert (message.type, message.id) == ("credit.ordered", f"{NUMBER}.5")
    assert message.data == {"number": NUMBER, "order_number": "LT-1001"} | CREDIT


@pytest.mark.parametrize("credit", [CREDIT | {"outcome": "given"}, CREDIT | {"credit_id": f"{NUMBER}.8"}])
def test_only_a_credit_that_is_open_is_asked_for(credit: dict[str, Any]) -> None:
    assert told_of(Step.CREDIT_ORDERED, "inspected", version=5, credit=credit) == []


def came(condition: str) -> list[dict[str, Any]]:
    return [{"line_id": "shirt", "quantity": 1, "condition": condition}]


@pytest.mark.parametrize(
    ("condition", "disposition"),
    [("as_described", "restock"), ("damaged", "scrap"), ("used", "scrap"), ("wrong_item", "hold")],
)
def test_goods_that_came_are_restocked_scrapped_or_held(condition: str, disposition: str) -> None:
    [message] = told(Step.GOODS_INSPECTED, "inspected", inspection=came(condition))
    assert message.type == "goods.inspected"
    assert message.data["lines"] == [
        {"line_id": "shirt", "quantity": 1, "condition": condition, "sku": "TS-M", "disposition": disposition}
    ]


@pytest.mark.parametrize("status", ["inspected", "rejected"])
def test_with_goods_that_did_not_come_there_is_nothing_to_do(status: str) -> None:
    [message] = told(Step.GOODS_INSPECTED, status, inspection=came("missing"))
    assert message.data["lines"] == [{"line_id": "shirt", "quantity": 1, "condition": "missing", "sku": "TS-M"}]


@pytest.mark.parametrize("condition", ["as_described", "used", "wrong_item"])
def test_what_is_rejected_goes_back_to_the_customer_and_what_was_for_them_is_free(condition: str) -> None:
    stands: dict[str, Any] = {"inspection": came(condition), "replacement": replacement(state="reserved")}
    release, goods = told(Step.REJECTED, "rejected", version=7, **stands)
    assert (release.type, goods.type) == ("replacement.release", "goods.inspected")
    assert release.id != goods.id
    assert "'disposition': 'return'" in str(goods.data)


def test_what_is_being_repaired_is_not_the_stores() -> None:
    assert told_of(Step.GOODS_INSPECTED, "inspected", type="repair", inspection=came("damaged")) == []


@pytest.mark.parametrize(
    ("changed", "disposition"),
    [({"from": "repair", "to": "return_refund"}, "scrap"), ({"from": "exchange", "to": "repair"}, "return")],
)
def test_what_is_not_repaired_after_all_is_the_stores(changed: dict[str, str], disposition: str) -> None:
    stands: dict[str, Any] = {"type": changed["to"], "inspection": came("damaged")}
    [message] = told(Step.REMEDY_CHANGED, "inspected", data=changed, **stands)
    assert message.type == "goods.inspected"
    assert f"'disposition': '{disposition}'" in str(message.data)


def test_another_remedy_alone_says_nothing_new_of_the_goods() -> None:
    stands: dict[str, Any] = {"type": "return_refund", "inspection": came("used")}
    assert told_of(Step.REMEDY_CHANGED, "inspected", data={"from": "exchange", "to": "return_refund"}, **stands) == []


@pytest.mark.parametrize("payments", ["stripe", "offline"])
def test_a_store_hears_of_refunds_that_others_have_paid(payments: str) -> None:
    [message] = told(
        Step.REFUNDED, "awaiting_confirmation", version=8, type="return_refund", refunds=[REFUND], payments=payments
    )
    assert (message.type, message.id) == ("refund.paid", f"{NUMBER}.8")
    assert message.data == {
        "number": NUMBER,
        "order_number": "LT-1001",
        "refund_id": f"{NUMBER}.6",
        "purpose": "return",
        "total": {"amount": 16900, "currency": "CNY"},
        "lines": [{"line_id": "shirt", "quantity": 1, "amount": 15900}],
        "shipping": 1000,
        "tenders": [{"kind": "wallet", "amount": 16900}],
        "reference": "re_3TzQ8k",
    }


def test_a_storefront_that_pays_itself_knows() -> None:
    assert told_of(Step.REFUNDED, "awaiting_confirmation", refunds=[REFUND]) == []


def test_of_two_refunds_the_one_is_told_that_the_event_is_about() -> None:
    later = REFUND | {"refund_id": f"{NUMBER}.11", "total": {"amount": 500, "currency": "CNY"}}
    [message] = told(Step.REFUNDED, "inspected", refunds=[REFUND, later], payments="stripe")
    assert message.data["total"] == {"amount": 16900, "currency": "CNY"}


EVERYTHING: dict[str, Any] = {
    "replacement": replacement(state="reserved"),
    "charges": [VOID, CHARGE],
    "credit": CREDIT,
    "inspection": came("used"),
    "refunds": [REFUND],
}


@pytest.mark.parametrize("step", sorted(TOLD))
@pytest.mark.parametrize("status", ["awaiting_payment", "replacement_ordered", "rejected", "resolved"])
def test_whatever_is_told_it_names_nobody(step: Step, status: str) -> None:
    documents = [message.document() for message in told(step, status, version=5, payments="offline", **EVERYTHING)]
    text = json.dumps(documents, ensure_ascii=False)
    assert not [word for word in ("李娜", "mail.example", "138", "壶嘴", STORE["mail_from"]) if word in text]


@pytest.mark.parametrize("step", sorted(set(Step) - set(TOLD)))
def test_of_everything_else_it_hears_nothing(step: Step) -> None:
    assert told_of(step, "rejected", version=5, payments="offline", **EVERYTHING) == []
