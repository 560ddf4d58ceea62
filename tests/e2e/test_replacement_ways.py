"""Ways that end with goods sent to the customer: something dearer, something that there is not, the same once more."""

from tests.e2e.own_store import OwnStore
from tests.e2e.people import Case, Customer

PARCEL = {"carrier": "中通快递", "tracking_number": "ZT 7753 0021"}


def silk_wanted(store: OwnStore, order: str) -> Customer:
    customer = store.asked(order, "exchange", reason="changed_mind", variant="SILK-M")
    customer.sees("awaiting_goods")
    customer.does("parcel", **PARCEL)
    return customer


def test_a_dearer_shirt_is_paid_sent_and_comes_back_for_what_it_cost(riverside: OwnStore) -> None:
    order = riverside.sold()
    customer = silk_wanted(riverside, order)
    customer.sees_step("replacement_reserved")
    case = riverside.assigned(customer)
    case.inspects("as_described")
    assert case.tries("replacement").body["type"] == "urn:aftersales:problem:step-not-possible"
    case.does("charge", message="真丝款需补差价 100 元，请在店铺付款。")
    customer.sees_step("charged")
    customer.sees("inspected")
    case.does("replacement", message="今天寄出。")
    customer.sees_step("delivered")
    customer.confirms()

    books = riverside.books(order)
    old, new = books.ledger["shirt"], books.ledger["shirt-x1"]
    assert (old.settled, old.exchanged, old.received_good) == (1, 15900, 1)
    assert (new.available, new.paid, new.refundable) == (1, 25900, 25900)
    told = riverside.has_heard(customer, "replacement.reserve", "goods.inspected", "charge.ordered", "replacement.ship")
    assert [line["sku"] for line in told[3]["lines"]] == ["SILK-M"]
    assert told[2]["amount"] == {"amount": 10000, "currency": "CNY"}

    again = riverside.asked(order, "return_refund", "shirt-x1", reason="wrong_size")
    again.sees("awaiting_goods")
    case = riverside.assigned(again)
    case.inspects("as_described")
    assert case.refunds()["total"] == {"amount": 25900, "currency": "CNY"}
    again.confirms()
    assert riverside.books(order).ledger["shirt-x1"].refunded == 25900
    riverside.has_heard(again, "goods.inspected", "refund.ordered")


def test_what_the_store_does_not_have_is_paid_back_instead(riverside: OwnStore) -> None:
    order = riverside.sold()
    customer = riverside.asked(order, "exchange", reason="changed_mind", variant="SOLD-OUT-M")
    customer.sees_step("replacement_failed")
    case = riverside.assigned(customer)
    lead = Case(riverside.staff("lead"), customer.number)
    lead.does("remedy", type="return_refund", message="羊绒款已售罄，为您改为退货退款。")
    assert customer.sees("awaiting_goods")["type"] == "return_refund"
    customer.does("parcel", **PARCEL)
    case.inspects("as_described")
    case.does("refund")
    customer.confirms()
    books = riverside.books(order)
    assert not books.new_lines
    assert books.ledger["shirt"].refunded == 15900
    riverside.has_heard(customer, "replacement.reserve", "replacement.release", "goods.inspected", "refund.ordered")


def test_what_got_lost_is_sent_once_more(riverside: OwnStore) -> None:
    order = riverside.sold()
    before = riverside.books(order)
    customer = riverside.asked(order, "resend", reason="wrong_item", words="You sent one shirt in size L by mistake.")
    case = riverside.assigned(customer)
    case.does("replacement", message="We send the right one today. Sorry!")
    customer.sees_step("delivered")
    assert any("SF Express" in text for _, text in customer.gets_mails(4))
    customer.confirms()
    assert riverside.books(order).ledger == before.ledger
    [ship] = riverside.has_heard(customer, "replacement.ship")
    assert [(line["sku"], line["quantity"]) for line in ship["lines"]] == [("LINEN-M", 1)]
