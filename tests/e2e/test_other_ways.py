"""The ways that are not straight: people who decide, questions, rejections, changes of mind, refunds that fail."""

from typing import Any

from infra.local import samples
from infra.local.desk import upload
from tests.e2e.own_store import OwnStore
from tests.e2e.people import Shopkeeper


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
    customer.confirms()
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


def test_a_refund_that_the_storefront_cannot_pay_comes_back_to_the_person(silent: OwnStore) -> None:
    customer = silent.asked(silent.sold(), "refund_only", reason="defective", words="第二颗纽扣掉了。")
    case = silent.assigned(customer)
    first = case.refunds()
    customer.sees("refund_ordered")
    says(silent, first, "failed", "CARD-EXPIRED")
    customer.sees("in_progress")
    assert "refund" not in customer.view()
    second = case.refunds()
    assert second["refund_id"] != first["refund_id"]
    says(silent, second, "paid", "BANK-77")
    customer.confirms()
    assert customer.steps().count("refunded") == 1


def says(store: OwnStore, refund: dict[str, Any], outcome: str, reference: str) -> None:
    store.says(f"/refunds/{refund['refund_id']}", outcome, amount=refund["total"], reference=reference).ok()
