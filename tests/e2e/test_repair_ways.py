"""Ways of a repair: paid for, declined, and where the goods stand."""

from datetime import UTC, datetime, timedelta

from tests.e2e.own_store import OwnStore
from tests.e2e.people import Case, Customer
from tests.e2e.waits import waits_of

TORN = {"finding": "袖口脱线，需更换袖口布料。", "repairable": True, "under_warranty": False}
PRICE = {"amount": 4000, "currency": "CNY"}
BACK = {"carrier": "顺丰速运", "tracking_number": "SF1040022317"}


def offered(store: OwnStore, order: str) -> tuple[Customer, Case]:
    """A shirt is here, and its repair would cost 40.00 yuan."""
    customer = store.asked(order, "repair", words="袖口脱线了。")
    customer.sees("awaiting_goods")
    customer.does("parcel", carrier="圆通速递", tracking_number="YT6612093")
    case = store.assigned(customer)
    case.does("receipt")
    case.does("diagnosis", **TORN, price=PRICE)
    assert customer.sees("quote_offered")["offer"]["price"] == PRICE
    return customer, case


def test_a_repair_is_offered_paid_done_and_sent_back(riverside: OwnStore) -> None:
    order = riverside.sold()
    before = riverside.books(order)
    customer, case = offered(riverside, order)
    customer.does("quote-answer", accept=True)
    customer.sees("in_repair")
    case.does("parts", message="布料三天后到货，请稍候。")
    customer.sees("awaiting_parts")
    case.does("parts-arrival")
    case.does("repair-result", outcome="repaired", message="已换好袖口布料。")
    case.does("dispatch", **BACK)
    customer.sees("delivering")
    assert customer.does("confirmation")["status"] == "resolved"
    after = riverside.books(order)
    assert after.ledger == before.ledger
    assert after.repairs == (customer.number,)
    [charge] = riverside.has_heard(customer, "charge.ordered")
    assert (charge["purpose"], charge["amount"]) == ("repair", PRICE)


def test_a_declined_repair_goes_back_as_it_came(riverside: OwnStore) -> None:
    order = riverside.sold()
    before = riverside.books(order)
    with waits_of(riverside.standing, 3, "AwaitParcel", "AwaitConfirmation"):
        customer, case = offered(riverside, order)
        customer.does("quote-answer", accept=False)
        customer.sees("inspected")
        case.does("dispatch", **BACK, message="原样寄回，未收取费用。")
        customer.sees("resolved")
    by = {entry["step"]: entry["by"] for entry in customer.view()["timeline"]}
    assert (by["quote_declined"], by["delivered"], by["confirmed"]) == ("customer", "system", "system")
    assert riverside.books(order).ledger == before.ledger
    riverside.has_heard(customer)


def test_a_washing_machine_is_repaired_where_it_stands(riverside: OwnStore) -> None:
    order = riverside.sold()
    before = riverside.books(order)
    customer = riverside.asked(order, "repair", "washer", words="不排水，显示 E21。")
    case = riverside.assigned(customer)
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat(timespec="seconds")
    case.does("visit", place="on_site", at=tomorrow, who="李师傅", message="请预留一小时。")
    assert customer.sees("visit_planned")["visit"]["who"] == "李师傅"
    case.does("diagnosis", finding="排水泵卡住。", repairable=True, under_warranty=True)
    case.does("repair-result", outcome="repaired", message="已清理排水泵，保修内不收费。")
    customer.confirms()
    after = riverside.books(order)
    assert (after.ledger, after.repairs) == (before.ledger, (customer.number,))
    riverside.has_heard(customer)
