"""What has effects on policies: to be interrupted anywhere, and done again."""

from tests.integration.desk import Desk
from tests.integration.gateway import call, invoke
from tests.integration.policies import LANTERN, YUN, publish, save, terms, thirty_days
from tests.integration.works import Run, Work

TEAPOT_AND_CARD = [
    {"line_id": "teapot", "quantity": 1, "reason": "changed_mind"},
    {"line_id": "card", "quantity": 1, "reason": "changed_mind", "opened": True},
]


def decide_apart(desk: Desk) -> Run:
    task = desk.standing(desk.filed(lines=TEAPOT_AND_CARD))
    return lambda: invoke("review", task)


def publish_a_draft(desk: Desk) -> Run:
    del desk
    revision = save(thirty_days()).body["revision"]
    body = {"revision": revision, "note": "30 天"}
    return lambda: call(YUN, "POST", f"{LANTERN}/publication", body, key="k-1")


def roll_back(desk: Desk) -> Run:
    publish(thirty_days())
    publish(terms())
    desk.later(minutes=5)
    return lambda: call(YUN, "POST", f"{LANTERN}/rollback", {"version": 1, "note": "先退回"}, key="k-1")


def try_on_history(desk: Desk) -> Run:
    """One step of a backtest that finds a difference."""
    desk.later(days=20)
    desk.review(desk.filed(type="refund_only", lines=[{"line_id": "cup", "quantity": 1, "reason": "other"}]))
    period = {"since": "2026-03-01T00:00:00Z", "until": "2026-05-01T00:00:00Z"}
    revision = save(thirty_days()).body["revision"]
    begun = call(YUN, "POST", f"{LANTERN}/backtests", period | {"revision": revision}).body
    head = {"kept_for": {"S": "lantern"}, "backtest_id": {"S": begun["backtest_id"]}, "step": {"N": "0"}}
    return lambda: invoke("backtest", {"Records": [{"dynamodb": {"NewImage": head}}]})


POLICY_WORKS: list[Work] = [decide_apart, publish_a_draft, roll_back, try_on_history]
