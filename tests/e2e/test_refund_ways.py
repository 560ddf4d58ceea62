"""Ways that end with money: after the goods, without a person, and before the goods, which then never come."""

from tests.e2e.own_store import OwnStore
from tests.e2e.people import Case
from tests.e2e.waits import waits_of

LESS = "衬衫有穿着痕迹，少退 59 元。"


def test_less_than_she_paid_is_disputed_and_a_lead_gives_it_back(riverside: OwnStore) -> None:
    order = riverside.sold()
    customer = riverside.asked(order, "return_refund", reason="changed_mind")
    customer.sees("awaiting_goods")
    customer.does("parcel", carrier="顺丰速运", tracking_number="SF1390276640001")
    customer.sees("in_transit")
    case = riverside.assigned(customer)
    case.inspects("used", message="收到，领口有粉底印。")
    assert case.refunds(amount={"amount": 10000, "currency": "CNY"}, message=LESS)["withheld"]
    customer.sees("awaiting_confirmation")
    assert any(LESS in text for _, text in customer.gets_mails(5))

    customer.does("dispute", message="只试穿过一次，没有粉底印。")
    lead = Case(riverside.staff("lead"), customer.number)
    lead.does("dispute-answer", outcome="reopened", message="照片上确实看不清，差额退还给您。")
    lead.does("compensation", kind="refund", amount={"amount": 5900, "currency": "CNY"}, message="退还差额，抱歉。")
    customer.sees("awaiting_confirmation")
    assert "dispute" not in customer.view()["actions"]
    customer.confirms()

    books = riverside.books(order)
    shirt = books.ledger["shirt"]
    assert (shirt.settled, shirt.refunded, shirt.withheld, shirt.received_damaged) == (1, 15900, 0, 1)
    _, *refunds = riverside.has_heard(customer, "goods.inspected", "refund.ordered", "refund.ordered")
    assert {refund["purpose"] for refund in refunds} == {"return", "compensation"}


def test_what_was_missing_is_paid_back_by_the_policy_alone(riverside: OwnStore) -> None:
    order = riverside.sold()
    customer = riverside.asked(order, "refund_only", reason="missing", words="One of the two shirts is missing.")
    customer.confirms()
    customer.sees_step("follow_up_planned")
    assert {entry["by"] for entry in customer.view()["timeline"]} == {"customer", "system", "storefront"}
    shirt = riverside.books(order).ledger["shirt"]
    assert (shirt.settled, shirt.refunded, shirt.available) == (1, 15900, 1)
    [paid] = riverside.has_heard(customer, "refund.ordered")
    assert [(part["kind"], part["amount"]) for part in paid["tenders"]] == [("card", 14380), ("points", 1520)]


def test_paid_before_the_goods_which_never_come_and_are_paid_for(riverside: OwnStore) -> None:
    order = riverside.sold(tier="gold")
    before = riverside.books(order)
    with waits_of(riverside.standing, 4, "AwaitGoods"):
        customer = riverside.asked(order, "return_refund", reason="changed_mind")
        customer.sees_step("refunded")
        customer.sees_step("charged")
    assert customer.sees("expired")["next"] == "您已付款留下商品，申请随之关闭。"
    after = riverside.books(order)
    assert (after.ledger, after.accounts) == (before.ledger, before.accounts)
    refund, charge = riverside.has_heard(customer, "refund.ordered", "charge.ordered")
    assert (charge["purpose"], charge["amount"]) == ("goods_kept", refund["total"])
    riverside.asked(order, "repair", words="领口脱线了。").sees("awaiting_goods")
