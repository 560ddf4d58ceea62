"""Many at once: what can happen once happens once, and the books of the order balance."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

from infra.local import samples
from infra.local.desk import Answer
from tests.e2e.own_store import OwnStore
from tests.e2e.people import Case, Shopkeeper

MANY = 20

Json = dict[str, Any]


def test_twenty_applications_for_the_last_unit_are_one(shop: Shopkeeper) -> None:
    order = shop.sells(quantity=1)
    storefront = shop.storefront

    def file(_: int) -> Answer:
        return storefront.call("POST", "/applications", samples.application(order))

    with ThreadPoolExecutor(MANY) as pool:
        answers = list(pool.map(file, range(MANY)))
    assert sorted(answer.status for answer in answers) == [202] + [409] * (MANY - 1)


def test_one_idempotency_key_files_one_application(shop: Shopkeeper) -> None:
    order = shop.sells(quantity=5)
    filing = samples.application(order)
    storefront = shop.storefront

    def file(_: int) -> Answer:
        return storefront.call("POST", "/applications", filing, key=order["name"])

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(file, range(8)))
    numbers = {answer.body["number"] for answer in answers if answer.status == 202}
    assert len(numbers) == 1
    assert {answer.status for answer in answers} <= {202, 409}
    again = storefront.call("POST", "/applications", filing, key=order["name"])
    assert (again.status, again.body["number"]) == (202, numbers.pop())
    other = storefront.call("POST", "/applications", filing | {"description": "又碎了一个。"}, key=order["name"])
    assert (other.status, other.body["type"]) == (422, "urn:aftersales:problem:idempotency-key-reused")


def test_two_people_order_one_refund(shop: Shopkeeper) -> None:
    customer = shop.files(shop.sells())
    case = shop.assigned(customer)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: case.tries("refund"), range(4)))
    assert sorted(answer.status for answer in answers) == [200, 409, 409, 409]
    customer.confirms()
    assert customer.steps().count("refunded") == 1


def test_she_cancels_while_the_refund_is_ordered(silent: OwnStore) -> None:
    """One of the two happens, whole."""
    order = silent.sold()
    customer = silent.asked(order, "refund_only", reason="defective", words="第二颗纽扣掉了。")
    case = silent.assigned(customer)
    refund, cancelled = at_once(lambda: case.tries("refund"), lambda: customer.tries("cancellation"))
    assert sorted((refund.status, cancelled.status)) == [200, 409]
    shirt = silent.books(order).ledger["shirt"]
    if refund.status == 200:
        assert (customer.view()["status"], shirt.ordered, shirt.settled) == ("refund_ordered", 15900, 1)
    else:
        assert (customer.view()["status"], shirt.ordered, shirt.available) == ("cancelled", 0, 2)


def test_she_confirms_and_disputes_at_the_same_moment(silent: OwnStore) -> None:
    customer = silent.written("consultation", "可以手洗吗？")
    silent.assigned(customer).does("completion", message="可以，水温 30 度以下。")
    customer.sees("awaiting_confirmation")
    confirmed, disputed = at_once(
        lambda: customer.tries("confirmation"), lambda: customer.tries("dispute", message="洗后缩水了。")
    )
    assert sorted((confirmed.status, disputed.status)) == [200, 409]
    assert customer.view()["status"] == ("resolved" if confirmed.status == 200 else "disputed")
    assert len({"confirmed", "disputed"} & set(customer.steps())) == 1


def test_paid_and_failed_are_told_at_once_and_again_and_again(silent: OwnStore) -> None:
    order = silent.sold()
    customer = silent.asked(order, "refund_only", reason="defective", words="The second button is gone.")
    case = silent.assigned(customer)
    refund = case.refunds()
    words = [partial(tells, silent, refund, outcome) for outcome in ("paid", "failed") * 4]
    answers = at_once(*words)
    assert sorted(answer.status for answer in answers) == [200] * 4 + [409] * 4
    steps = Counter(event["step"] for event in case.view()["timeline"])
    assert steps["refunded"] + steps["refund_failed"] == 1
    assert steps["refund_contradicted"] == 1
    shirt = silent.books(order).ledger["shirt"]
    assert shirt.ordered == 0
    assert (shirt.refunded, shirt.settled) == ((15900, 1) if steps["refunded"] else (0, 0))


def tells(store: OwnStore, refund: Json, outcome: str) -> Answer:
    return store.says(f"/refunds/{refund['refund_id']}", outcome, amount=refund["total"], reference=outcome)


def test_shipped_is_told_ten_times_while_she_tells_of_her_parcel(silent: OwnStore) -> None:
    """A gold customer's new shirt leaves before the old one does."""
    order = silent.sold(tier="gold")
    customer = silent.asked(order, "exchange", reason="wrong_size", variant="LINEN-S")
    customer.sees("replacement_ordered")
    case = Case(silent.staff("lead"), customer.number)
    path = f"/replacements/{case.view()['application']['replacement']['replacement_id']}"
    shipped = partial(silent.says, path, "shipped", carrier="SF Express", tracking_number="SF77")
    sent = partial(customer.tries, "parcel", carrier="顺丰速运", tracking_number="SF1390276640001")
    answers = at_once(*[shipped] * 5, sent, *[shipped] * 5)
    assert [answer.status for answer in answers] == [200] * 11
    books = silent.books(order)
    assert [(line.line_id, line.sku, line.paid) for line in books.new_lines] == [("shirt-x1", "LINEN-S", 15900)]
    assert (books.ledger["shirt"].exchanged, books.ledger["shirt"].in_return) == (15900, 1)
    assert customer.sees("in_transit")
    assert Counter(customer.steps())["replacement_shipped"] == 1


def at_once(*acts: Callable[[], Answer]) -> list[Answer]:
    """All begin at the same moment; gives their answers in this order."""
    start = Barrier(len(acts))

    def begin(act: Callable[[], Answer]) -> Answer:
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(begin, acts))
