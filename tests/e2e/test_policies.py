"""Rules that the store owns, on the real stack: published over the API, seen at once, tried, and taken back."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from infra.local import samples, stack
from infra.local.cloud import client
from infra.local.desk import Desk, upload
from infra.local.stack import Standing
from infra.local.waiting import until
from infra.ops.register import read, register_store
from tests.e2e.people import Customer, Shopkeeper

Json = dict[str, Any]
KEPT = {"type": "refund_only", "language": "en"}
"""A refund without a return: the law says nothing of it, so the store's own terms decide."""


@pytest.fixture
def keeper(standing: Standing, request: pytest.FixtureRequest) -> Shopkeeper:
    """A store of its own, whose terms are nobody else's."""
    store_id = request.node.name.removeprefix("test_").replace("_", "-")[:30].strip("-")
    store = read(stack.DEMO).stores[0]
    credentials = register_store(store.model_copy(update={"store_id": store_id}), standing.outputs)
    return Shopkeeper(replace(standing, store=credentials), store_id=store_id)


def owner(keeper: Shopkeeper) -> Desk:
    return keeper.staff("owner")


def terms(keeper: Shopkeeper, **cells: str) -> Json:
    """The plain terms under a name of the store's own, with some text in them replaced."""
    shown = owner(keeper).get(f"/policies/{keeper.store_id}/versions/default")
    text = json.dumps(shown["policy"] | {"name": "own_terms", "cases": []})
    for before, after in cells.items():
        assert before in text
        text = text.replace(before, after)
    document: Json = json.loads(text)
    return document


def thirty_days(keeper: Shopkeeper) -> Json:
    return terms(keeper, **{'"> 7"': '"> 30"'})


def save(keeper: Shopkeeper, policy: Json) -> Json:
    draft: Json = owner(keeper).put(f"/policies/{keeper.store_id}/draft", {"policy": policy, "revision": 0})
    return draft


def publish(keeper: Shopkeeper, policy: Json) -> Json:
    wanted = {"revision": save(keeper, policy)["revision"], "note": "30 days until the new year"}
    state: Json = owner(keeper).post(f"/policies/{keeper.store_id}/publication", wanted, key="k-1")
    return state


def asks_late(keeper: Shopkeeper) -> Customer:
    """Three weeks after delivery."""
    return keeper.files(keeper.sells(days_since_delivery=21), **KEPT)


def test_the_owner_publishes_and_the_next_customer_reads_other_reasons(keeper: Shopkeeper) -> None:
    before = asks_late(keeper)
    assert before.sees("rejected")["reasons"] == ["The time to ask for this after delivery is over."]
    assert publish(keeper, thirty_days(keeper))["in_force"] == f"{keeper.store_id}@1"
    after = asks_late(keeper)
    assert after.sees("in_progress")["reasons"] == ["This is covered by the store's terms."]
    [record] = keeper.assigned(after).view()["decisions"]
    assert record["policy"] == f"{keeper.store_id}@1"
    assert record["lines"][0]["facts"]["days_since_delivery"] == 21
    owner(keeper).post(f"/policies/{keeper.store_id}/rollback", {"version": 0, "note": "too generous"})
    asks_late(keeper).sees("rejected")


def test_a_draft_is_tried_on_what_was_decided(keeper: Shopkeeper) -> None:
    in_time = keeper.files(keeper.sells(), **KEPT)
    in_time.sees("in_progress")
    late = [asks_late(keeper) for _ in range(2)]
    for customer in late:
        customer.sees("rejected")
    found = tried(keeper, thirty_days(keeper))
    assert found["tally"]["outcomes"] == {"accept>accept": 1, "reject>accept": 2}
    path = f"/policies/{keeper.store_id}/backtests/{found['backtest_id']}/differences"
    differing = owner(keeper).get(path)["items"]
    assert {each["number"] for each in differing} == {customer.number for customer in late}
    assert {each["reasons_after"][0] for each in differing} == {"within_terms"}
    assert owner(keeper).get(f"/policies/{keeper.store_id}")["in_force"] == "default"


def tried(keeper: Shopkeeper, policy: Json) -> Json:
    now = datetime.now(UTC)
    period = {"since": (now - timedelta(hours=1)).isoformat(), "until": (now + timedelta(hours=1)).isoformat()}
    revision = save(keeper, policy)["revision"]
    begun = owner(keeper).post(f"/policies/{keeper.store_id}/backtests", period | {"revision": revision})
    path = f"/policies/{keeper.store_id}/backtests/{begun['backtest_id']}"

    def done() -> Json | None:
        found: Json = owner(keeper).get(path)
        return found if found["state"] == "done" else None

    return until(done, "the backtest to be done")


def test_a_broken_policy_is_refused_and_the_good_one_holds(keeper: Shopkeeper) -> None:
    publish(keeper, thirty_days(keeper))
    revision = save(keeper, terms(keeper, **{'"> 7"': '"> seven"'}))["revision"]
    wanted = {"revision": revision, "note": "oops"}
    refused = owner(keeper).call("POST", f"/policies/{keeper.store_id}/publication", wanted)
    assert (refused.status, refused.body["type"]) == (422, "urn:aftersales:problem:policy-refused")
    [finding] = refused.body["findings"]
    assert (finding["row"], finding["column"]) == ("window_over", "days_since_delivery")
    asks_late(keeper).sees("in_progress")


def test_agents_and_storefronts_have_no_business_with_policies(keeper: Shopkeeper) -> None:
    for desk in (keeper.staff("mei"), keeper.staff("lead"), keeper.storefront):
        assert desk.call("GET", f"/policies/{keeper.store_id}").status == 403


def with_photo_wanted(keeper: Shopkeeper) -> Json:
    policy = terms(keeper)
    [table] = [node for node in policy["graph"]["nodes"] if node["id"] == "eligibility"]
    table["content"]["outputs"].append({"id": "wanted", "name": "Wanted", "field": "evidence"})
    [row] = [row for row in table["content"]["rules"] if row["_id"] == "within_terms"]
    row["wanted"] = "['photo']"
    return policy


def test_a_photo_on_its_way_is_waited_for_and_then_decided_on(keeper: Shopkeeper) -> None:
    publish(keeper, with_photo_wanted(keeper))
    picture = samples.photo()
    photos = [{"media_type": "image/png", "size": len(picture)}]
    filing = samples.application(keeper.sells(), **KEPT, photos=photos)
    filed = keeper.storefront.post("/applications", filing)
    customer = Customer(keeper.standing, filed["number"], filing["contact"]["email"])
    until(lambda: "AwaitEvidence" in states_of(keeper.standing, customer), "the machine to wait for the photo")
    assert customer.view()["status"] == "submitted"
    upload(filed["uploads"][0], picture).ok()
    customer.sees("in_progress")
    assert "information_requested" not in customer.steps()


def states_of(standing: Standing, customer: Customer) -> set[str]:
    machine = standing.outputs["StateMachineArn"].replace(":stateMachine:", ":execution:")
    history = client("stepfunctions", standing.place.port).get_execution_history(
        executionArn=f"{machine}:{customer.number}", maxResults=1000
    )["events"]
    return {event["stateEnteredEventDetails"]["name"] for event in history if "stateEnteredEventDetails" in event}


def test_what_the_policy_asks_for_is_given_and_decided_on(keeper: Shopkeeper) -> None:
    publish(keeper, with_photo_wanted(keeper))
    customer = keeper.files(keeper.sells(), **KEPT)
    asked = customer.sees("information_wanted")
    assert asked["reasons"] == ["Please add a photo or video that shows the problem."]
    assert any("Please add a photo or video" in text for _, text in customer.gets_mails(2))
    wanted = {"photos": [{"media_type": "image/png", "size": 500}]}
    upload(customer.desk.post(f"{customer.path}/photos", wanted)["uploads"][0], samples.photo()).ok()
    customer.sees_step("evidence_attached")
    customer.desk.post(f"{customer.path}/information", {"message": "Here it is."})
    customer.sees("in_progress")


def test_lines_are_decided_apart_and_a_rejection_is_appealed(keeper: Shopkeeper) -> None:
    """A lamp that may come back, and a download that was begun and may not: by law, and by the terms."""
    lines = [line("lamp", "general", 15000), line("code", "digital", 5000)]
    placed = {"placed_at": _days_ago(4), "changed_at": _days_ago(2), "delivered_at": _days_ago(2)}
    keeper.storefront.put("/orders/L-7", {"currency": "CNY", **placed, "lines": lines})
    asked = [asking("lamp", opened=True), asking("code", opened=True)]
    customer = files(keeper, "L-7", asked)
    customer.sees("awaiting_goods")
    assert [each["line_id"] for each in customer.view()["lines"]] == ["lamp"]
    again = files(keeper, "L-7", [asking("code", opened=True)])
    rejected = again.sees("rejected")
    assert "appeal" in rejected["actions"]
    again.desk.post(f"{again.path}/appeal", {"message": "The code never worked: see the error in the photo."})
    again.sees("appealed")
    case = keeper.assigned(again)
    case.does("decision", outcome="accept", message="The code was faulty, you are right.")
    assert again.sees("awaiting_goods")["reasons"] == ["The code was faulty, you are right."]
    assert case.view()["application"]["decision"]["overrode"]
    refused = again.desk.call("POST", f"{again.path}/appeal", {"message": "once more"})
    assert (refused.status, refused.body["type"]) == (409, "urn:aftersales:problem:step-not-possible")


def line(line_id: str, category: str, paid: int) -> Json:
    return {"line_id": line_id, "title": line_id, "category": category, "quantity": 1, "paid": paid}


def asking(line_id: str, **more: Any) -> Json:
    return {"line_id": line_id, "quantity": 1, "reason": "changed_mind", **more}


def files(keeper: Shopkeeper, order_number: str, lines: list[Json]) -> Customer:
    filing = samples.application(keeper.sells(), **KEPT | {"type": "return_refund", "lines": lines})
    filed = keeper.storefront.post("/applications", filing | {"order_number": order_number})
    return Customer(keeper.standing, filed["number"], filing["contact"]["email"])


def _days_ago(days: int) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat()


def test_who_rejected_does_not_decide_on_the_appeal(keeper: Shopkeeper) -> None:
    order = keeper.sells()
    wanted = samples.application(order)["lines"][0] | {"reason": "changed_mind"}
    customer = keeper.files(order, **KEPT, lines=[wanted])
    customer.sees("manual_review")
    case = keeper.assigned(customer)
    case.does("decision", outcome="reject", message="The lamp shows signs of use.")
    customer.desk.post(f"{customer.path}/appeal", {"message": "It came like that."})
    other = keeper.assigned(customer)
    refused = case.tries("decision", outcome="reject", message="I said no.")
    assert refused.body["type"] == "urn:aftersales:problem:another-person-decides"
    other.does("decision", outcome="reject", message="The photos show wear.")
    assert "appeal" not in customer.sees("rejected")["actions"]
