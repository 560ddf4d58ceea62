"""A policy from draft to version: what its owner saves, what is refused, what holds from when, and what holds again."""

from typing import Any

import pytest

from aftersales.aws import client
from aftersales.clock import rfc3339
from aftersales.items import item
from aftersales.settings import Setting
from tests.integration import cloud
from tests.integration.desk import HUA, Desk
from tests.integration.gateway import call
from tests.integration.policies import LANTERN, YUN, publish, roll_back, save, state, terms, thirty_days

pytestmark = pytest.mark.usefixtures("desk")

LATE = {"type": "refund_only", "lines": [{"line_id": "teapot", "quantity": 1, "reason": "other"}]}
"""A refund that the law knows nothing of: the store's own terms decide."""


# --- drafts


def test_a_store_that_published_nothing_has_the_plain_terms_above_the_law() -> None:
    assert state() == {"store_id": "lantern", "in_force": "default", "floors": ["china", "eu"], "effects": []}


def test_a_draft_is_saved_and_checked() -> None:
    draft = save(thirty_days())
    assert (draft.status, draft.body["revision"], draft.body["saved_by"]) == (200, 1, "yun")
    assert [finding for finding in draft.body["findings"] if finding["severity"] == "error"] == []
    assert call(YUN, "GET", f"{LANTERN}/draft").body == draft.body


def test_a_draft_that_is_half_done_is_kept_and_says_what_is_wrong() -> None:
    draft = save(terms(**{'"> 7"': '"> seven"'}))
    assert draft.status == 200
    [wrong] = [finding for finding in draft.body["findings"] if finding["severity"] == "error"]
    assert (wrong["row"], wrong["column"]) == ("window_over", "days_since_delivery")


def test_what_is_no_policy_at_all_is_kept_as_well() -> None:
    draft = save({"rules": "七天无理由"})
    assert draft.status == 200
    assert draft.body["findings"]


def test_two_owners_at_one_draft_notice_each_other() -> None:
    save(thirty_days())
    assert save(terms()).problem == "outdated"
    assert save(terms(), revision=1).body["revision"] == 2


def test_no_two_drafts_have_one_revision_though_one_was_published_in_between() -> None:
    """Who still has the first one in hand neither publishes nor replaces what a colleague has begun since."""
    publish(thirty_days())
    roll_back(0)
    begun = save(terms())
    assert begun.body["revision"] == 2
    late = call(YUN, "POST", f"{LANTERN}/publication", {"revision": 1, "note": "30 天"})
    assert (late.problem, save(thirty_days(), revision=1).problem) == ("outdated", "outdated")
    assert call(YUN, "GET", f"{LANTERN}/draft").body == begun.body


def test_an_unknown_store_has_no_policies() -> None:
    assert save(terms(), store="/policies/harbour").problem == "not-found"


# --- publication


def test_what_is_published_decides_from_then_on(desk: Desk) -> None:
    desk.later(days=20)
    assert desk.review(desk.filed(**LATE))["status"] == "rejected"
    assert publish(thirty_days()).body["in_force"] == "lantern@1"
    number = desk.filed(**LATE)
    assert desk.review(number)["status"] == "accepted"
    assert desk.decision(number).policy == "lantern@1"


def test_a_version_says_who_published_it_and_why() -> None:
    [effect] = publish(thirty_days(), "30 days for the new year").body["effects"]
    assert (effect["version"], effect["by"], effect["note"]) == (1, "yun", "30 days for the new year")
    assert call(YUN, "GET", f"{LANTERN}/versions/1").body == {"name": "lantern@1", "policy": thirty_days()}


def test_after_publication_there_is_no_draft() -> None:
    publish(thirty_days())
    assert call(YUN, "GET", f"{LANTERN}/draft").problem == "not-found"


def test_a_policy_can_be_published_for_later(desk: Desk) -> None:
    desk.later(days=10)
    new_year = desk.clock.moment.replace(month=4, day=1)
    publish(thirty_days(), effective_from=rfc3339(new_year))
    assert state()["in_force"] == "default"
    before = desk.filed(**LATE)
    desk.clock.moment = new_year
    after = desk.filed(**LATE)
    assert desk.review(before)["status"] == "rejected"
    assert desk.review(after)["status"] == "accepted"


def test_a_policy_cannot_have_been_in_force_before_it_was_published() -> None:
    assert publish(thirty_days(), effective_from="2026-03-01T00:00:00Z").problem == "invalid-request"


BROKEN = {
    "a fact that there is not": terms(**{'"field": "days_since_delivery"': '"field": "days_since_christmas"'}),
    "a row that nothing reaches": terms(**{'"> 7"': '">= 0"'}),
    "no policy": {"name": "nothing"},
    "a floor": terms() | {"kind": "statute", "countries": ["CN"]},
    "the name of a floor": terms() | {"name": "china"},
    "the law in other words": terms(**{'"talk"': '"withdrawal"', "'talk'": "'withdrawal'"}),
}


@pytest.mark.parametrize("policy", BROKEN.values(), ids=BROKEN)
def test_a_broken_policy_never_replaces_the_last_good_one(desk: Desk, policy: dict[str, Any]) -> None:
    publish(thirty_days())
    refused = publish(policy)
    assert (refused.status, refused.problem) == (422, "policy-refused")
    assert refused.body["findings"]
    assert state()["in_force"] == "lantern@1"
    desk.later(days=20)
    assert desk.review(desk.filed(**LATE))["status"] == "accepted"


def test_a_refused_policy_rings(capsys: pytest.CaptureFixture[str]) -> None:
    publish(terms(**{'"> 7"': '"> seven"'}))
    assert '"PolicyRefused"' in capsys.readouterr().out


def test_an_older_revision_is_not_published() -> None:
    save(thirty_days())
    save(terms(), revision=1)
    assert call(YUN, "POST", f"{LANTERN}/publication", {"revision": 1, "note": "30 天"}).problem == "outdated"


def test_two_who_publish_at_once_make_one_version() -> None:
    revision = save(thirty_days()).body["revision"]
    body = {"revision": revision, "note": "第二个"}
    with cloud.meanwhile("TransactWriteItems", lambda: call(YUN, "POST", f"{LANTERN}/publication", body)):
        assert call(YUN, "POST", f"{LANTERN}/publication", body).problem == "outdated"
    assert [effect["version"] for effect in state()["effects"]] == [1]


def test_a_publication_whose_answer_was_lost_is_not_done_again() -> None:
    revision = save(thirty_days()).body["revision"]
    body = {"revision": revision, "note": "30 天"}
    answers = [call(YUN, "POST", f"{LANTERN}/publication", body, key="k-1") for _ in range(2)]
    assert [answer.status for answer in answers] == [201, 201]
    assert answers[0].body == answers[1].body


def test_a_key_that_another_body_has_used_at_the_same_moment_publishes_nothing() -> None:
    wanted = {"revision": save(thirty_days()).body["revision"], "note": "30 天"}
    other = wanted | {"note": "别的说明"}
    with cloud.meanwhile("TransactWriteItems", lambda: call(YUN, "POST", f"{LANTERN}/publication", other, key="k-1")):
        assert call(YUN, "POST", f"{LANTERN}/publication", wanted, key="k-1").problem == "idempotency-key-reused"
    assert [effect["note"] for effect in state()["effects"]] == ["别的说明"]


# --- roll back


def test_rolled_back_the_version_before_holds_again(desk: Desk) -> None:
    publish(thirty_days())
    publish(terms())
    assert roll_back(1).body["in_force"] == "lantern@1"
    desk.later(days=20)
    assert desk.review(desk.filed(**LATE))["status"] == "accepted"


def test_what_was_filed_under_the_bad_version_and_not_decided_yet_is_decided_by_the_good_one(desk: Desk) -> None:
    publish(thirty_days())
    desk.later(days=20)
    publish(terms())
    waiting = desk.filed(**LATE)
    desk.later(hours=1)
    roll_back(1)
    assert desk.review(waiting)["status"] == "accepted"
    assert desk.decision(waiting).policy == "lantern@1"


def test_a_version_that_is_to_come_can_be_taken_back(desk: Desk) -> None:
    publish(terms())
    publish(thirty_days(), effective_from="2026-04-01T00:00:00Z")
    roll_back(1, effective_from="2026-04-01T00:00:00Z")
    desk.later(days=40)
    assert state()["in_force"] == "lantern@1"


def test_rolled_back_twice_with_one_key_it_is_done_once() -> None:
    publish(thirty_days())
    publish(terms())
    body = {"version": 1, "note": "先退回"}
    with cloud.meanwhile("TransactWriteItems", lambda: call(YUN, "POST", f"{LANTERN}/rollback", body, key="k-1")):
        assert call(YUN, "POST", f"{LANTERN}/rollback", body, key="k-1").status == 201
    assert len(state()["effects"]) == 3


def test_a_store_can_go_back_to_the_plain_terms(desk: Desk) -> None:
    publish(thirty_days())
    desk.later(days=20)
    assert roll_back(0).body["in_force"] == "default"
    number = desk.filed(**LATE)
    assert desk.review(number)["status"] == "rejected"
    assert desk.decision(number).policy == "default"


@pytest.mark.parametrize("version", [0, 1])
def test_where_nothing_was_published_there_is_nothing_to_roll_back(version: int) -> None:
    assert roll_back(version).problem == "not-found"


def test_every_change_of_what_holds_is_kept() -> None:
    publish(thirty_days())
    publish(terms())
    kinds = [(effect["kind"], effect["version"]) for effect in roll_back(1).body["effects"]]
    assert sorted(kinds) == [("publication", 1), ("publication", 2), ("rollback", 1)]


# --- a version that cannot be read


def test_when_a_version_cannot_be_read_the_last_good_one_decides_and_rings(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(thirty_days())
    desk.later(days=20)
    publish(terms())
    damaged = {"kept_for": "lantern", "item": "version#000002", "policy": '{"name": "half', "floors": "[]"}
    client("dynamodb").put_item(TableName=Setting.POLICIES_TABLE.read(), Item=item(damaged))
    number = desk.filed(**LATE)
    assert desk.review(number)["status"] == "accepted"
    assert desk.decision(number).policy == "lantern@1"
    assert '"PolicyFailed"' in capsys.readouterr().out


def test_what_was_taken_back_does_not_come_again_when_a_version_cannot_be_read(desk: Desk) -> None:
    publish(terms())
    desk.later(days=20)
    publish(thirty_days())
    desk.later(minutes=1)
    roll_back(1)
    damaged = {"kept_for": "lantern", "item": "version#000001", "policy": '{"name": "half', "floors": "[]"}
    client("dynamodb").put_item(TableName=Setting.POLICIES_TABLE.read(), Item=item(damaged))
    number = desk.filed(**LATE)
    desk.review(number)
    assert desk.decision(number).policy == "default"


# --- who may


def test_only_policy_owners_and_admins_come_to_policies() -> None:
    with pytest.raises(AssertionError, match="does not let lead"):
        call(HUA, "GET", LANTERN)


def test_a_policy_owner_may_look_at_a_case(desk: Desk) -> None:
    number = desk.accepted()
    assert call(YUN, "GET", f"/staff/applications/{number}").body["application"]["number"] == number


def test_packs_can_be_read_to_begin_with() -> None:
    shown = call(YUN, "GET", f"{LANTERN}/versions/fashion").body
    assert shown["policy"]["title"]["zh-CN"]
    assert call(YUN, "GET", f"{LANTERN}/versions/17").problem == "not-found"
    assert call(YUN, "GET", f"{LANTERN}/versions/draft").problem == "not-found"
    assert call(YUN, "GET", f"{LANTERN}/versions/{'9' * 5000}").problem == "not-found"
