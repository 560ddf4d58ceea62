"""Parcels that customers send by themselves, and those that go to them, are followed."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.integration.desk import MEI, Desk
from tests.integration.easypost_server import EasyPost, answers, answers_no_one, loses_the_answer, tracker
from tests.integration.gateway import call, shop
from tests.integration.interruption import answer_is_lost_of, dies_after
from tests.integration.parcels import (
    LABEL,
    all_kept,
    bring,
    carried_by_easypost,
    dies_around_easypost,
    easypost_tells,
    labelled,
    register,
    repaired,
    sent_back,
    tell_parcel,
)
from tests.integration.test_crashes import Trial, writing

SF = "SF1390276645120"


@pytest.fixture
def easypost(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[EasyPost]:
    with carried_by_easypost(desk, monkeypatch) as easypost:
        yield easypost


def exchanged(desk: Desk) -> str:
    """A new teapot is on its way; the old one is here and damaged."""
    number = desk.inspected(type="exchange")
    assert desk.staff(MEI, number, "replacement", {}).status == 200
    replacement = desk.application(number).replacement
    assert replacement
    told = {"outcome": "shipped", "carrier": "USPS", "tracking_number": "9405511899223197428490"}
    answer = call(shop(), "POST", f"/replacements/{replacement.replacement_id}/confirmation", told)
    assert answer.status == 200, answer.body
    return number


# --- sent by customers ---


def test_a_parcel_that_a_customer_sends_is_followed(desk: Desk, easypost: EasyPost) -> None:
    number = sent_back(desk)
    [asked] = easypost.asked
    assert asked.body["tracker"] == {"tracking_code": SF, "carrier": "SFExpress"}
    assert easypost_tells(SF, "in_transit").body == {"outcome": "taken"}
    parcel = desk.application(number).parcel
    assert parcel
    assert (parcel.carrier, parcel.tracking_number, parcel.moved) == ("顺丰速运", SF, "in_transit")


def test_it_is_found_however_its_number_was_written(desk: Desk, easypost: EasyPost) -> None:
    number = sent_back(desk, "9405 5118 9922 3197 4284 90", "usps")
    assert easypost_tells("9405511899223197428490", "in_transit").body == {"outcome": "taken"}
    assert desk.steps(number)[-1] == "parcel_moved"


def test_one_that_is_there_already_is_known_at_once(desk: Desk, easypost: EasyPost) -> None:
    """EasyPost has followed it for another shop: nothing more will be told of it."""
    there = tracker("trk_7", SF, "SFExpress", "delivered", (("delivered", "2026-03-08T18:00:00Z"),))
    easypost.trackers.append(there)
    number = sent_back(desk)
    parcel = desk.application(number).parcel
    assert parcel
    assert parcel.moved == "delivered"


def test_the_number_that_is_told_last_counts(desk: Desk, easypost: EasyPost) -> None:
    number = sent_back(desk)
    tell_parcel(desk, number, "SF1390276645121")
    bring(desk, number, "goods_sent")
    assert easypost_tells(SF, "in_transit").body == {"outcome": "known"}
    assert easypost_tells("SF1390276645121", "in_transit", tracker_id="trk_2").body == {"outcome": "taken"}


def test_the_carrier_may_be_corrected(desk: Desk, easypost: EasyPost) -> None:
    number = sent_back(desk, "1Z12345E0291980793", "USPS")
    tell_parcel(desk, number, "1Z12345E0291980793", "UPS")
    bring(desk, number, "goods_sent")
    assert easypost_tells("1Z12345E0291980793", "in_transit", tracker_id="trk_2").body == {"outcome": "taken"}


def test_goods_of_two_applications_may_be_in_one_parcel(desk: Desk, easypost: EasyPost) -> None:
    cup = {"line_id": "cup", "quantity": 1, "reason": "changed_mind"}
    numbers = [sent_back(desk), sent_back(desk, lines=[cup])]
    assert len(easypost.trackers) == 1
    easypost_tells(SF, "in_transit")
    assert [desk.steps(number)[-1] for number in numbers] == ["parcel_moved", "parcel_moved"]


def test_our_own_label_has_one_tracker(desk: Desk, easypost: EasyPost) -> None:
    number = labelled(desk)
    tell_parcel(desk, number, LABEL, "USPS")
    assert bring(desk, number, "goods_sent") == []
    assert len(easypost.trackers) == 1
    assert easypost_tells(LABEL, "in_transit").body == {"outcome": "taken"}


def test_what_was_scanned_before_it_was_followed_is_news(desk: Desk, easypost: EasyPost) -> None:
    """EasyPost hears of it at half past two in the night, and then learns of a scan of the evening before."""
    number = sent_back(desk)
    assert desk.timeline(number)[-1].data == {"direction": "in", "movement": "announced"}
    assert easypost_tells(SF, "in_transit", "2026-03-08T17:00:00Z").body == {"outcome": "taken"}
    assert easypost_tells(SF, "pre_transit", "2026-03-10T17:00:00Z").body == {"outcome": "known"}


def test_a_parcel_that_no_carrier_knows_is_followed_by_people(desk: Desk, easypost: EasyPost) -> None:
    easypost.troubles["follow"] = [answers(422, "TRACKER.NO_CARRIER_FOR_CODE")]
    number = sent_back(desk, "1", "中通")
    assert desk.steps(number)[-1] == "goods_sent"


# --- sent to customers ---


@pytest.mark.parametrize(
    ("sent", "step", "tracking_number"),
    [
        (exchanged, "replacement_shipped", "9405511899223197428490"),
        (repaired, "goods_dispatched", "1Z12345E0291980793"),
    ],
)
def test_what_goes_to_the_customer_is_followed(
    desk: Desk, easypost: EasyPost, sent: Callable[[Desk], str], step: str, tracking_number: str
) -> None:
    number = sent(desk)
    assert bring(desk, number, step) == []
    assert easypost.asked[0].body["tracker"]["tracking_code"] == tracking_number
    assert easypost_tells(tracking_number, "delivered").body == {"outcome": "taken"}
    assert desk.application(number).status == "awaiting_confirmation"


def test_what_has_arrived_is_not_followed(desk: Desk, easypost: EasyPost) -> None:
    number = repaired(desk)
    desk.time_out(number)
    assert bring(desk, number, "goods_dispatched") == []
    assert easypost.asked == []


# --- whatever happens ---


def test_a_store_with_carriers_of_its_own_asks_nobody(desk: Desk, easypost: EasyPost) -> None:
    register(desk)
    sent_back(desk)
    bring(desk, repaired(desk), "goods_dispatched")
    assert (easypost.asked, [row for row in all_kept() if "direction" in row]) == ([], [])


@pytest.mark.parametrize("trouble", [answers_no_one, loses_the_answer, answers(429, "RATE_LIMITED")])
def test_what_easypost_does_not_answer_is_brought_again(desk: Desk, easypost: EasyPost, trouble: Any) -> None:
    number = desk.awaiting_goods()
    tell_parcel(desk, number, SF)
    easypost.troubles["follow"] = [trouble]
    assert bring(desk, number, "goods_sent") == ["message-0"]
    assert bring(desk, number, "goods_sent") == []
    assert len(easypost.trackers) == 1
    assert easypost_tells(SF, "in_transit").body == {"outcome": "taken"}


def follow_what_is_on_its_way(desk: Desk) -> Callable[[], object]:
    number = desk.awaiting_goods()
    tell_parcel(desk, number, SF)
    return lambda: _brought(desk, number)


def _brought(desk: Desk, number: str) -> None:
    assert bring(desk, number, "goods_sent") == []


@pytest.fixture
def trial(desk: Desk, easypost: EasyPost) -> Trial:
    """The parcel is at the store already when EasyPost is asked."""
    easypost.trackers.append(tracker("trk_1", SF, "SFExpress", "delivered", (("delivered", "2026-03-08T18:00:00Z"),)))
    return Trial(desk, follow_what_is_on_its_way)


def test_a_function_that_dies_anywhere_is_asked_again_and_nobody_can_tell(trial: Trial) -> None:
    expected, calls = trial.undisturbed()
    assert len(writing(calls)) == 2, "the parcel is kept, and then where it is"
    for index in [0, *writing(calls)]:
        for fault in (dies_after(index), answer_is_lost_of(index)):
            assert trial.interrupted(fault) == expected, f"at {calls[:index]}"


@pytest.mark.parametrize("after", [False, True])
def test_dying_around_the_call_of_easypost_follows_it_all_the_same(trial: Trial, after: bool) -> None:
    expected, _ = trial.undisturbed()
    assert trial.interrupted(dies_around_easypost(1, after=after)) == expected
