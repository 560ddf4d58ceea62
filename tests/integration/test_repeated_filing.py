"""Storefronts time out and try again: the same Idempotency-Key files one application."""

from typing import Any

import pytest

from aftersales.settings import Setting
from tests.integration import cloud
from tests.integration.desk import Desk
from tests.integration.gateway import call, shop

PHOTO = [{"media_type": "image/jpeg", "size": 1_843_200}]
CONFLICT = {"Error": {"Code": "TransactionCanceledException", "Message": "collision"}}


def number_of_applications() -> int:
    return sum(row["item"]["S"] == "application" for row in cloud.rows(Setting.APPLICATIONS_TABLE))


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    pauses: list[float] = []
    monkeypatch.setattr("aftersales.tables.sleep", pauses.append)
    return pauses


def test_the_same_request_again_gets_the_same_number(desk: Desk) -> None:
    first, again = desk.file(key="k-1"), desk.file(key="k-1")
    assert again.status == 202
    assert again.body["number"] == first.body["number"]
    assert number_of_applications() == 1
    assert desk.ledger().reserved == 1


def test_the_order_in_which_a_body_is_written_does_not_matter(desk: Desk) -> None:
    first = desk.file(key="k-1")
    turned = dict(reversed(desk.filing().items()))
    assert call(shop(), "POST", "/applications", turned, key="k-1").body["number"] == first.body["number"]


def test_an_hour_later_the_photos_can_still_be_sent(desk: Desk) -> None:
    first = desk.file(key="k-1", photos=PHOTO)
    desk.later(hours=1)
    again = desk.file(key="k-1", photos=PHOTO)
    assert again.body["uploads"][0]["photo_id"] == first.body["uploads"][0]["photo_id"]
    assert again.body["uploads"][0]["fields"]["policy"]


def test_another_body_under_the_same_key_is_refused(desk: Desk) -> None:
    desk.file(key="k-1")
    answer = desk.file(key="k-1", description="杯子也碎了。")
    assert (answer.status, answer.problem) == (422, "idempotency-key-reused")
    assert number_of_applications() == 1


def test_another_key_is_another_application(desk: Desk) -> None:
    assert desk.filed(key="k-1") != desk.filed(key="k-2")


def test_without_a_key_each_request_is_a_new_application(desk: Desk) -> None:
    assert desk.filed() != desk.filed()


def test_two_stores_may_use_the_same_key(desk: Desk) -> None:
    desk.register_store("harbour", {"en": "Harbour Outdoor"}, "Europe/London")
    desk.tell_order(who=shop("harbour"))
    assert desk.filed(key="k-1") != desk.filed(key="k-1", who=shop("harbour"))


@pytest.mark.parametrize("key", ["k" * 129])
def test_a_key_that_is_too_long_is_refused(desk: Desk, key: str) -> None:
    assert desk.file(key=key).problem == "invalid-request"


def test_the_key_is_kept_for_a_day(desk: Desk) -> None:
    desk.filed(key="k-1")
    [row] = [row for row in cloud.rows(Setting.APPLICATIONS_TABLE) if row["item"]["S"] == "idempotency"]
    assert int(row["expires_at"]["N"]) - int(desk.clock.now().timestamp()) == 86_400


def test_the_record_of_a_key_holds_no_contact(desk: Desk) -> None:
    desk.filed(key="k-1")
    [row] = [row for row in cloud.rows(Setting.APPLICATIONS_TABLE) if row["item"]["S"] == "idempotency"]
    assert "mail.example" not in str(row)


def test_of_two_that_come_at_once_the_slower_gets_the_fasters_number(desk: Desk) -> None:
    faster: list[Any] = []
    with cloud.meanwhile("TransactWriteItems", lambda: faster.append(desk.file(key="k-1"))):
        slower = desk.file(key="k-1")
    assert slower.status == 202
    assert slower.body["number"] == faster[0].body["number"]
    assert number_of_applications() == 1


def test_a_collision_is_tried_again(desk: Desk, waited: list[float]) -> None:
    """DynamoDB cancels one of two transactions that touch the same order at the same moment."""
    once = iter([CONFLICT | {"CancellationReasons": [{"Code": "None"}, {"Code": "TransactionConflict"}]}])
    with cloud.answering("TransactWriteItems", once):
        assert desk.file(key="k-1").status == 202
    assert len(waited) == 1


def test_collisions_that_do_not_end_are_told_as_in_progress(desk: Desk, waited: list[float]) -> None:
    conflict = CONFLICT | {"CancellationReasons": [{"Code": "TransactionConflict"}]}
    with cloud.answering("TransactWriteItems", conflict):
        answer = desk.file(key="k-1")
    assert (answer.status, answer.problem) == (409, "in-progress")
    assert number_of_applications() == 0
    assert sum(waited) <= 3


def test_a_table_that_is_overrun_is_not_told_as_goods_that_are_gone(desk: Desk, waited: list[float]) -> None:
    throttled = CONFLICT | {"CancellationReasons": [{"Code": "ThrottlingError"}]}
    with cloud.answering("TransactWriteItems", throttled):
        assert desk.file(key="k-1").problem != "quantity-not-available"


def test_when_it_could_not_be_written_the_key_is_free_again(desk: Desk) -> None:
    desk.file(key="k-1", order_number="LT-9999")
    desk.tell_order("LT-9999")
    assert desk.file(key="k-1", order_number="LT-9999").status == 202
