"""The ways that are not straight: goods sent back, people who decide, questions, rejections, changes of mind."""

from dataclasses import replace
from typing import Any

from infra.local import samples, stack
from infra.local.desk import upload
from infra.local.stack import Standing
from infra.ops.register import read, register_store
from tests.e2e.people import Shopkeeper


def test_goods_are_sent_back_inspected_and_refunded_in_part(shop: Shopkeeper) -> None:
    customer = shop.files(
        shop.sells(),
        type="return_refund",
        language="en",
        description="The shade does not fit my lamp.",
        lines=[{**samples.application(shop.orders[0])["lines"][0], "reason": "wrong_size"}],
    )
    customer.sees("awaiting_goods")
    assert "tell_parcel" in customer.view()["actions"]
    customer.desk.post(f"{customer.path}/parcel", {"carrier": "SF Express", "tracking_number": "SF1234567890"})
    case = shop.assigned(customer)
    case.does("receipt", message="Arrived at the warehouse")
    line = case.view()["application"]["lines"][0]
    condition = {"line_id": line["line_id"], "quantity": line["quantity"], "condition": "used"}
    case.does("inspection", lines=[condition])
    case.does("refund", amount={"amount": 5000, "currency": "CNY"}, message="Less 58.00 for signs of use")
    customer.sees("resolved")
    assert customer.view()["refund"] == {"amount": 5000, "currency": "CNY"}
    assert any("Less 58.00" in text for _, text in customer.gets_mails(8))


def test_a_person_asks_and_then_accepts(shop: Shopkeeper) -> None:
    order = shop.sells()
    line = samples.application(order)["lines"][0] | {"reason": "changed_mind"}
    customer = shop.files(order, lines=[line])
    customer.sees("manual_review")
    case = shop.assigned(customer)
    case.does("information-request", message="请补充包装照片。")
    assert customer.sees("information_wanted")["actions"].count("give_information") == 1
    assert any("请补充包装照片" in text for _, text in customer.gets_mails(3))
    picture = samples.photo()
    form = customer.desk.post(f"{customer.path}/photos", {"photos": [{"media_type": "image/png", "size": 500}]})
    upload(form["uploads"][0], picture).ok()
    customer.sees_step("evidence_attached")
    customer.desk.post(f"{customer.path}/information", {"message": "包装照片已上传。"})
    customer.sees("manual_review")
    case.does("decision", outcome="accept", message="照片清楚，同意退款。")
    customer.sees("in_progress")
    assert customer.view()["reasons"] == ["照片清楚，同意退款。"]
    case.does("notes", message="老客户，态度好")
    case.does("refund")
    customer.sees("resolved")
    assert "noted" not in customer.steps()


def test_a_return_after_the_window_is_rejected_with_a_reason(shop: Shopkeeper) -> None:
    customer = shop.files(shop.sells(days_since_delivery=9), language="en", type="return_refund")
    rejected = customer.sees("rejected")
    assert "The time to ask for this after delivery is over." in rejected["reasons"]
    assert any("The time to ask for this" in text for _, text in customer.gets_mails(2))


def test_cancelling_frees_the_unit_for_another_application(shop: Shopkeeper) -> None:
    order = shop.sells(quantity=1)
    first = shop.files(order)
    refused = shop.storefront.call("POST", "/applications", samples.application(order))
    assert (refused.status, refused.body["type"]) == (409, "urn:aftersales:problem:quantity-not-available")
    first.desk.post(f"{first.path}/cancellation", {})
    assert first.view()["status"] == "cancelled"
    again = first.desk.call("POST", f"{first.path}/cancellation", {})
    assert (again.status, again.body["type"]) == (409, "urn:aftersales:problem:step-not-possible")
    shop.files(order)


def test_a_question_is_answered_without_any_line(shop: Shopkeeper) -> None:
    customer = shop.files(shop.sells(), type="consultation", lines=[], description="灯泡是什么规格？")
    customer.sees("in_progress")
    shop.assigned(customer).does("completion", message="E27，最大 40 瓦。")
    told = {entry["step"]: entry.get("message") for entry in customer.sees("resolved")["timeline"]}
    assert told["completed"] == "E27，最大 40 瓦。"


def test_a_refund_that_the_storefront_cannot_pay_comes_back_to_the_person(standing: Standing, shop: Shopkeeper) -> None:
    """A store whose webhook nobody answers: it says by itself what became of the refund."""
    store = read(stack.DEMO).stores[0]
    silent = store.model_copy(update={"store_id": "silent", "webhook_url": "http://127.0.0.1:9/refunds"})
    keeper = Shopkeeper(replace(standing, store=register_store(silent, standing.outputs)), store_id="silent")
    customer = keeper.files(keeper.sells())
    case = keeper.assigned(customer)
    first = case.does("refund")["application"]["refund"]
    customer.sees("refund_ordered")
    says(keeper, first, "failed", "CARD-EXPIRED")
    customer.sees("in_progress")
    assert "refund" not in customer.view()
    second = case.does("refund")["application"]["refund"]
    assert second["refund_id"] != first["refund_id"]
    says(keeper, second, "paid", "BANK-77")
    customer.sees("resolved")
    assert customer.steps().count("refunded") == 1


def says(keeper: Shopkeeper, refund: dict[str, Any], outcome: str, reference: str) -> None:
    told = {"outcome": outcome, "amount": refund["total"], "reference": reference}
    keeper.storefront.post(f"/refunds/{refund['refund_id']}/confirmation", told)
