"""Policies as their owner writes them, and the owner: Yun of the tea shop."""

import json
from typing import Any

from aftersales.policy.packs import pack
from tests.integration.gateway import Answer, call, staff

YUN = staff("yun", "policy_owner")
LANTERN = "/policies/lantern"


def terms(name: str = "default", **cells: str) -> dict[str, Any]:
    """A shipped policy under a name of the store's own, with some text in it replaced: `terms(**{"> 7": "> 30"})`."""
    text = json.dumps(pack(name).document() | {"name": "lantern_terms", "cases": []}, ensure_ascii=False)
    for before, after in cells.items():
        assert before in text, before
        text = text.replace(before, after)
    document: dict[str, Any] = json.loads(text)
    return document


def thirty_days() -> dict[str, Any]:
    return terms(**{'"> 7"': '"> 30"'})


def save(policy: dict[str, Any], revision: int = 0, store: str = LANTERN) -> Answer:
    return call(YUN, "PUT", f"{store}/draft", {"policy": policy, "revision": revision})


def publish(policy: dict[str, Any], note: str = "更长的退货期", store: str = LANTERN, **more: Any) -> Answer:
    """Save and publish; the draft must be new."""
    revision = save(policy, store=store).body["revision"]
    return call(YUN, "POST", f"{store}/publication", {"revision": revision, "note": note} | more)


def roll_back(version: int, **more: Any) -> Answer:
    return call(YUN, "POST", f"{LANTERN}/rollback", {"version": version, "note": "出错了，先退回"} | more)


def state() -> dict[str, Any]:
    return call(YUN, "GET", LANTERN).body
