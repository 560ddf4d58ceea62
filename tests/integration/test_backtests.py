"""A draft is tried on what was decided before: what would change, for whom, and why."""

from typing import Any

import pytest

from aftersales.aws import client
from aftersales.items import item
from aftersales.policy import backtest
from aftersales.settings import Setting
from tests.integration import cloud
from tests.integration.desk import Desk
from tests.integration.gateway import Answer, call, invoke
from tests.integration.policies import LANTERN, YUN, publish, save, state, terms, thirty_days

KEPT = {"type": "refund_only", "lines": [{"line_id": "cup", "quantity": 1, "reason": "other"}]}
PERIOD = {"since": "2026-03-01T00:00:00Z", "until": "2026-05-01T00:00:00Z"}


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a backtest takes several steps."""
    monkeypatch.setattr(backtest, "CHUNK", 2)


def decided(desk: Desk, count: int, **changes: Any) -> list[str]:
    numbers = [desk.filed(**KEPT | changes) for _ in range(count)]
    for number in numbers:
        desk.later(seconds=1)
        desk.review(number)
    return numbers


def start(policy: dict[str, Any], **changes: str) -> Answer:
    revision = save(policy).body["revision"]
    return call(YUN, "POST", f"{LANTERN}/backtests", PERIOD | {"revision": revision} | changes)


def running() -> list[dict[str, Any]]:
    """The heads that the table's stream would bring to the function."""
    return [row for row in cloud.rows(Setting.POLICIES_TABLE) if row.get("state", {}).get("S") == "running"]


def move(head: dict[str, Any]) -> None:
    invoke("backtest", {"Records": [{"dynamodb": {"NewImage": head}}]})


def run_to_its_end() -> None:
    while heads := running():
        for head in heads:
            move(head)


def look(backtest_id: str) -> dict[str, Any]:
    return call(YUN, "GET", f"{LANTERN}/backtests/{backtest_id}").body


def differences(backtest_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    query: dict[str, str] | None = None
    while True:
        page = call(YUN, "GET", f"{LANTERN}/backtests/{backtest_id}/differences", query=query).body
        found += page["items"]
        if "cursor" not in page:
            return found
        query = {"cursor": page["cursor"]}


def test_a_draft_shows_whom_it_would_decide_otherwise_and_why(desk: Desk) -> None:
    in_time = decided(desk, 1)
    desk.later(days=20)
    late = decided(desk, 3)
    desk.later(days=30)
    much_later = decided(desk, 1)
    begun = start(thirty_days())
    assert (begun.status, begun.body["state"], begun.body["progress"]) == (202, "running", 0)
    run_to_its_end()
    done = look(begun.body["backtest_id"])
    assert (done["state"], done["progress"]) == ("done", 100)
    assert done["tally"]["tried"] == len(in_time + late + much_later)
    assert done["tally"]["outcomes"] == {"accept>accept": 1, "reject>accept": 3, "reject>reject": 1}
    assert done["tally"]["paid_after"]["CNY"] - done["tally"]["paid_before"]["CNY"] == 3 * 166
    found = differences(begun.body["backtest_id"])
    assert [each["number"] for each in found] == late
    assert found[0]["reasons_before"] == ["window_over"]
    assert found[0]["reasons_after"] == ["within_terms"]
    assert "lantern_terms/eligibility/within_terms" in found[0]["rules_after"]


def test_only_the_period_counts(desk: Desk) -> None:
    decided(desk, 2)
    desk.later(days=20)
    late = decided(desk, 1)
    begun = start(thirty_days(), since="2026-03-20T00:00:00Z")
    run_to_its_end()
    assert look(begun.body["backtest_id"])["tally"]["tried"] == 1
    assert [each["number"] for each in differences(begun.body["backtest_id"])] == late


def test_a_period_goes_over_the_ends_of_months_and_years(desk: Desk) -> None:
    for _ in range(4):
        decided(desk, 1)
        desk.later(days=27)
    begun = start(thirty_days(), since="2025-12-31T23:59:59Z", until="2027-01-01T00:00:00Z")
    run_to_its_end()
    assert look(begun.body["backtest_id"])["tally"]["tried"] == 4


def test_a_period_in_which_nothing_was_decided_has_nothing_to_tell(desk: Desk) -> None:
    begun = start(thirty_days())
    run_to_its_end()
    tally = look(begun.body["backtest_id"])["tally"]
    assert (tally["tried"], tally["changed"], tally["outcomes"], tally["paid_after"]) == (0, 0, {}, {})
    assert differences(begun.body["backtest_id"]) == []


def test_a_step_that_the_stream_brings_twice_counts_once(desk: Desk) -> None:
    decided(desk, 3)
    begun = start(thirty_days())
    [head] = running()
    move(head)
    move(head)
    run_to_its_end()
    assert look(begun.body["backtest_id"])["tally"]["tried"] == 3


def test_two_that_move_it_at_once_count_once(desk: Desk) -> None:
    decided(desk, 3)
    begun = start(thirty_days())
    [head] = running()
    with cloud.meanwhile("TransactWriteItems", lambda: move(head)):
        move(head)
    run_to_its_end()
    assert look(begun.body["backtest_id"])["tally"]["tried"] == 3


def test_differences_that_are_too_long_for_one_item_are_kept_in_several(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backtest, "CHUNK", 5)
    monkeypatch.setattr(backtest, "MAX_BYTES", 1000)
    desk.later(days=20)
    late = decided(desk, 5)
    begun = start(thirty_days())
    run_to_its_end()
    assert [each["number"] for each in differences(begun.body["backtest_id"])] == late
    kept = [row["differences"]["S"] for row in cloud.rows(Setting.POLICIES_TABLE) if "differences" in row]
    assert len(kept) > 1
    assert max(map(len, kept)) < 1500


def test_other_lines_of_one_application_can_change(desk: Desk) -> None:
    lines = [KEPT["lines"][0], {"line_id": "card", "quantity": 1, "reason": "other"}]
    desk.later(days=20)
    [number] = decided(desk, 1, lines=lines)
    begun = start(thirty_days())
    run_to_its_end()
    [found] = differences(begun.body["backtest_id"])
    assert (found["number"], found["before"], found["after"]) == (number, "reject", "partly_accept")


def test_facts_of_another_time_are_counted_apart(desk: Desk) -> None:
    decided(desk, 1)
    [row] = [row for row in cloud.rows(Setting.POLICIES_TABLE) if row["item"]["S"].startswith("decision#")]
    row["lines"]["L"][0]["M"]["facts"] = item({"facts": {"moon": "full"}})["facts"]
    client("dynamodb").put_item(TableName=Setting.POLICIES_TABLE.read(), Item=row)
    begun = start(thirty_days())
    run_to_its_end()
    assert look(begun.body["backtest_id"])["tally"]["unreadable"] == 1


def test_the_draft_may_change_while_it_is_tried(desk: Desk) -> None:
    desk.later(days=20)
    decided(desk, 3)
    begun = start(thirty_days())
    save(terms(), revision=1)
    run_to_its_end()
    assert look(begun.body["backtest_id"])["tally"]["changed"] == 3


def test_a_draft_with_errors_is_not_tried(desk: Desk) -> None:
    assert start(terms(**{'"> 7"': '"> seven"'})).problem == "policy-refused"


@pytest.mark.parametrize(
    "changes",
    [
        {"since": PERIOD["until"]},
        {"since": "gestern"},
        {"until": "2026-01-01T00:00:00Z"},
        {"since": "0026-03-01T00:00:00Z"},
        {"until": "9999-12-31T23:59:59-14:00"},
    ],
    ids=str,
)
def test_a_period_has_a_beginning_and_an_end(desk: Desk, changes: dict[str, str]) -> None:
    assert start(thirty_days(), **changes).problem == "invalid-request"


def test_one_that_does_not_move_says_so(desk: Desk) -> None:
    begun = start(thirty_days())
    desk.later(minutes=16)
    assert look(begun.body["backtest_id"])["state"] == "stalled"


def test_another_stores_backtest_is_not_there(desk: Desk) -> None:
    begun = start(thirty_days())
    desk.register_store("harbour", {"en": "Harbour Outdoor"}, "Europe/London")
    path = f"/policies/harbour/backtests/{begun.body['backtest_id']}"
    assert call(YUN, "GET", path).problem == "not-found"


@pytest.mark.parametrize("backtest_id", ["nowhere", "a%23policy", "x" * 200])
def test_what_is_no_backtest_is_not_found(desk: Desk, backtest_id: str) -> None:
    assert call(YUN, "GET", f"{LANTERN}/backtests/{backtest_id}").problem == "not-found"


@pytest.mark.parametrize(
    "cursor", ["-1", "x", "1.5", "0", "9" * 5000], ids=["below", "a letter", "a part", "nothing", "beyond all counting"]
)
def test_a_cursor_that_is_not_ours_is_refused(desk: Desk, cursor: str) -> None:
    begun = start(thirty_days())
    path = f"{LANTERN}/backtests/{begun.body['backtest_id']}/differences"
    assert call(YUN, "GET", path, query={"cursor": cursor}).problem == "invalid-request"


def test_what_holds_is_no_business_of_a_backtest(desk: Desk) -> None:
    publish(terms())
    decided(desk, 1)
    start(thirty_days())
    run_to_its_end()
    assert state()["in_force"] == "lantern@1"
