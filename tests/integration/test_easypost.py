"""Return labels and parcels through EasyPost's own SDK: a label is bought once, whatever is lost on the way."""

import json
from collections.abc import Iterator

import pytest

from aftersales.aws import client
from aftersales.carriers import easypost_client, easypost_labels, easypost_trackers
from aftersales.carriers.gateway import BoughtLabel, Labels, NotReached, Package, Refused, Trackers, WantedLabel
from aftersales.money import Money
from aftersales.orders.address import Address
from aftersales.stores.model import Store
from tests.integration import easypost_server
from tests.integration.easypost_server import (
    API_KEY,
    EasyPost,
    Trouble,
    answers,
    answers_no_one,
    does_it_and_answers,
    is_too_slow,
    loses_the_answer,
    speaks_no_json,
)

LABELS: Labels = easypost_labels
TRACKERS: Trackers = easypost_trackers

REDWOOD = Store.model_validate(
    {
        "store_id": "redwood",
        "name": {"en": "Redwood Outdoor", "zh-CN": "红杉户外"},
        "country": "US",
        "time_zone": "America/Los_Angeles",
        "mail_from": "service@redwood.example",
        "payments": "stripe",
        "carrier": "easypost",
        "return_address": {
            "name": "Redwood Outdoor Returns",
            "street1": "2200 Harrison Street",
            "street2": "Dock 4",
            "city": "Portland",
            "state": "OR",
            "zip": "97214",
            "country": "US",
            "phone": "(503) 555-0148",
        },
    }
)
NUMBER = "7K3M-9QXT-2VWH-5NRR"
CHEN = Address(name="陈晓雨", street1="18 Bayview Ave", city="Oakland", state="CA", zip="94607", country="US")
JACKET = WantedLabel(NUMBER, CHEN, Package(grams=1250, millimetres=(400, 300, 120)))


def keep_secrets(**more: str) -> None:
    known = {"shopify_secret": "shpss_redwood", "webhook_secret": "whsec_cmVkd29vZA=="}
    client("secretsmanager").create_secret(Name="aftersales/stores/redwood", SecretString=json.dumps(known | more))


@pytest.fixture
def easypost(cloud: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[EasyPost]:
    keep_secrets(easypost_api_key=API_KEY)
    with easypost_server.running() as easypost:
        monkeypatch.setattr(easypost_client, "API", easypost.url)
        monkeypatch.setattr(easypost_client, "TIMEOUT", 0.3)
        easypost_client._client.cache_clear()
        yield easypost
        easypost_client._client.cache_clear()


@pytest.fixture
def shipment(easypost: EasyPost) -> str:
    """The id that a label for the jacket can be bought by."""
    return LABELS.prepare(REDWOOD, JACKET)


# --- a label is bought ---


def test_the_cheapest_label_leads_from_the_customer_to_the_store(easypost: EasyPost, shipment: str) -> None:
    assert easypost.purchases == []
    assert LABELS.buy(REDWOOD, shipment) == BoughtLabel(
        carrier="USPS",
        tracking_number="9400100208303109500001",
        url="https://files.easypost.example/label/1.pdf",
        tracker_id="trk_1",
        cost=Money(amount=820, currency="USD"),
    )
    assert [bought["service"] for bought in easypost.purchases] == ["GroundAdvantage"]


def test_easypost_is_asked_in_its_own_terms(easypost: EasyPost, shipment: str) -> None:
    """It turns the addresses of a return round by itself: they are those of the parcel that went out."""
    [asked] = easypost.asked
    assert asked.headers["authorization"] == f"Bearer {API_KEY}"
    wanted = asked.body["shipment"]
    assert (wanted["is_return"], wanted["reference"]) == (True, NUMBER)
    assert (wanted["to_address"]["name"], wanted["to_address"]["zip"]) == ("陈晓雨", "94607")
    assert (wanted["from_address"]["street2"], wanted["from_address"]["zip"]) == ("Dock 4", "97214")
    assert wanted["parcel"] == {"weight": "44.1", "length": "15.8", "width": "11.9", "height": "4.8"}


def test_prices_are_compared_as_numbers(easypost: EasyPost) -> None:
    easypost.prices = {"Priority": "9.90", "GroundAdvantage": "10.05"}
    label = LABELS.buy(REDWOOD, LABELS.prepare(REDWOOD, JACKET))
    assert label.cost == Money(amount=990, currency="USD")


def test_asked_again_it_is_the_same_label(easypost: EasyPost, shipment: str) -> None:
    label = LABELS.buy(REDWOOD, shipment)
    assert LABELS.buy(REDWOOD, shipment) == label
    assert (len(easypost.purchases), easypost.count("buy")) == (1, 1)


def test_what_was_prepared_and_lost_costs_nothing(easypost: EasyPost) -> None:
    easypost.troubles["prepare"] = [loses_the_answer]
    with pytest.raises(NotReached):
        LABELS.prepare(REDWOOD, JACKET)
    LABELS.buy(REDWOOD, LABELS.prepare(REDWOOD, JACKET))
    assert (len(easypost.shipments), len(easypost.purchases)) == (2, 1)


# --- and only once ---

TROUBLES: dict[str, Trouble] = {
    "too many requests": answers(429, "RATE_LIMITED"),
    "an error of EasyPost's": answers(500, "INTERNAL_SERVER_ERROR"),
    "EasyPost is down": answers(503, "SERVICE_UNAVAILABLE"),
    "EasyPost is down, and what stands before it answers": speaks_no_json,
    "a key that was withdrawn": answers(401, "APIKEY.INACTIVE"),
    "a key that may not do it": answers(403, "FORBIDDEN"),
    "nobody answers": answers_no_one,
    "the answer is lost": loses_the_answer,
    "the answer is too slow": is_too_slow,
}
CARRIERS_TROUBLES: dict[str, Trouble] = {
    "the carrier did not answer": answers(422, "SHIPMENT.POSTAGE.NO_RESPONSE"),
    "the carrier answered too late, and had sold it": does_it_and_answers(422, "SHIPMENT.POSTAGE.TIMED_OUT"),
    "the same is under way": does_it_and_answers(422, "SHIPMENT.PURCHASE.IN_PROGRESS"),
}


@pytest.mark.parametrize("trouble", TROUBLES | CARRIERS_TROUBLES)
def test_after_trouble_with_the_purchase_one_label_is_bought(easypost: EasyPost, shipment: str, trouble: str) -> None:
    easypost.troubles["buy"] = [(TROUBLES | CARRIERS_TROUBLES)[trouble]]
    with pytest.raises(NotReached):
        LABELS.buy(REDWOOD, shipment)
    easypost.patience_is_over.set()
    assert LABELS.buy(REDWOOD, shipment).tracking_number == "9400100208303109500001"
    assert len(easypost.purchases) == 1


@pytest.mark.parametrize("action", ["prepare", "retrieve"])
@pytest.mark.parametrize("trouble", TROUBLES)
def test_trouble_before_the_purchase_buys_nothing(easypost: EasyPost, shipment: str, action: str, trouble: str) -> None:
    """The SDK's client would read three times more by itself, and the function would run out of time."""
    easypost.troubles[action] = [TROUBLES[trouble]]
    before = easypost.count(action)
    with pytest.raises(NotReached):
        LABELS.prepare(REDWOOD, JACKET) if action == "prepare" else LABELS.buy(REDWOOD, shipment)
    easypost.patience_is_over.set()
    assert (easypost.count(action) - before, easypost.purchases) == (1, [])


def test_who_buys_at_the_same_time_gets_the_label_of_the_other(easypost: EasyPost, shipment: str) -> None:
    easypost.troubles["buy"] = [does_it_and_answers(422, "SHIPMENT.POSTAGE.EXISTS")]
    assert LABELS.buy(REDWOOD, shipment).tracking_number == "9400100208303109500001"
    assert len(easypost.purchases) == 1


def test_a_label_that_is_bought_and_not_there_yet_is_waited_for(easypost: EasyPost, shipment: str) -> None:
    easypost.troubles["buy"] = [answers(422, "SHIPMENT.POSTAGE.EXISTS")]
    with pytest.raises(NotReached, match="not there yet"):
        LABELS.buy(REDWOOD, shipment)


def test_without_a_key_it_waits_until_ops_have_put_one_in(cloud: None) -> None:
    keep_secrets()
    with pytest.raises(NotReached, match="redwood has no easypost_api_key"):
        LABELS.prepare(REDWOOD, JACKET)


# --- or a person learns why not ---


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [
        (422, "ADDRESS.VERIFY.FAILURE", "bad_address"),
        (422, "PARCEL.PARAMETERS.INVALID", "bad_package"),
        (422, "SHIPMENT.POSTAGE.FAILURE", "not_possible"),
        (400, "BAD_REQUEST", "not_possible"),
        (402, "PAYMENT_REQUIRED", "not_paid"),
        (402, "INSUFFICIENT_FUNDS", "not_paid"),
        (404, "NOT_FOUND", "not_possible"),
    ],
)
def test_what_easypost_refuses_is_for_a_person(
    easypost: EasyPost, shipment: str, status: int, code: str, reason: str
) -> None:
    easypost.troubles["buy"] = [answers(status, code)]
    with pytest.raises(Refused) as refused:
        LABELS.buy(REDWOOD, shipment)
    assert (refused.value.reason, refused.value.code) == (reason, code)
    assert "Bayview" not in str(refused.value)


def test_when_no_carrier_offers_it_nothing_is_bought(easypost: EasyPost) -> None:
    easypost.prices = {}
    with pytest.raises(Refused) as refused:
        LABELS.buy(REDWOOD, LABELS.prepare(REDWOOD, JACKET))
    assert str(refused.value) == "no_rates: UPS: rate_error, USPS: rate_error"
    assert easypost.count("buy") == 0


def test_a_shipment_that_is_not_the_stores_is_for_a_person(easypost: EasyPost) -> None:
    with pytest.raises(Refused, match="NOT_FOUND"):
        LABELS.buy(REDWOOD, "shp_of_another_store")


# --- parcels that customers send by themselves ---


def test_a_parcel_that_is_told_twice_is_followed_once(easypost: EasyPost) -> None:
    seen = TRACKERS.follow(REDWOOD, "USPS", "9405511899223197428490")
    assert TRACKERS.follow(REDWOOD, "usps", "9405511899223197428490") == seen
    assert (seen.tracker_id, seen.carrier, seen.movement) == ("trk_1", "USPS", "announced")
    assert len(easypost.trackers) == 1


@pytest.mark.parametrize(
    ("told", "carrier"),
    [
        ("usps", "USPS"),
        ("Fed-Ex", "FedEx"),
        ("DHL", "DHLExpress"),
        ("dhl express", "DHLExpress"),
        ("顺丰速运", "SFExpress"),
        ("the yellow van", None),
    ],
)
def test_customers_name_carriers_in_their_own_way(easypost: EasyPost, told: str, carrier: str | None) -> None:
    TRACKERS.follow(REDWOOD, told, "HX7781204")
    assert easypost.asked[0].body["tracker"].get("carrier") == carrier


def test_a_number_that_no_carrier_has_is_for_a_person(easypost: EasyPost) -> None:
    easypost.troubles["follow"] = [answers(422, "TRACKER.NO_CARRIER_FOR_CODE")]
    with pytest.raises(Refused) as refused:
        TRACKERS.follow(REDWOOD, "中通", "1")
    assert refused.value.reason == "unknown_parcel"


@pytest.mark.parametrize("trouble", TROUBLES)
def test_after_trouble_a_parcel_is_followed_all_the_same(easypost: EasyPost, trouble: str) -> None:
    easypost.troubles["follow"] = [TROUBLES[trouble]]
    with pytest.raises(NotReached):
        TRACKERS.follow(REDWOOD, "UPS", "1Z12345E0291980793")
    easypost.patience_is_over.set()
    TRACKERS.follow(REDWOOD, "UPS", "1Z12345E0291980793")
    assert len(easypost.trackers) == 1
