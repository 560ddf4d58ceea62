"""Many at once: one unit goes to one application, one key files one application."""

from concurrent.futures import ThreadPoolExecutor

from infra.local import samples
from infra.local.desk import Answer
from tests.e2e.people import Shopkeeper

MANY = 20


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
    customer.sees("resolved")
    assert customer.steps().count("refunded") == 1
