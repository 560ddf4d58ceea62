"""A table of the store's own says what a case needs, by its goods and its value; and who can do that gets it."""

from typing import Any

import pytest

from tests.integration.desk import Desk
from tests.integration.policies import publish, terms

ROUTING: dict[str, Any] = {
    "id": "routing",
    "type": "decisionTableNode",
    "name": "Who gets it",
    "position": {"x": 300, "y": 400},
    "content": {
        "hitPolicy": "first",
        "inputs": [
            {"id": "category", "name": "Category", "field": "category"},
            {"id": "price_paid", "name": "Price paid", "field": "price_paid"},
        ],
        "outputs": [
            {"id": "team", "name": "Team", "field": "team"},
            {"id": "skills", "name": "Skills", "field": "skills"},
            {"id": "weight", "name": "Weight", "field": "weight"},
        ],
        "rules": [
            {
                "_id": "dear_device",
                "category": "'electronics'",
                "price_paid": ">= 500000",
                "team": "'workshop'",
                "skills": "['electronics:2', 'high_value']",
                "weight": "3",
            },
            {"_id": "device", "category": "'electronics'", "team": "'workshop'", "skills": "['electronics']"},
            {"_id": "others", "team": "'desk'"},
        ],
    },
}
ORDER: dict[str, Any] = {
    "lines": [
        {"line_id": "laptop", "title": "14 英寸笔记本电脑", "category": "electronics", "quantity": 1, "paid": 599900},
        {"line_id": "mouse", "title": "无线鼠标", "category": "electronics", "quantity": 1, "paid": 9900},
        {"line_id": "cup", "title": "马克杯", "category": "general", "quantity": 1, "paid": 3900},
    ],
}


@pytest.fixture(autouse=True)
def _shop(desk: Desk) -> None:
    policy = terms()
    policy["graph"]["nodes"].append(ROUTING)
    for source, target in (("request", "routing"), ("routing", "response")):
        edge = {"id": f"{source}-{target}", "type": "edge", "sourceId": source, "targetId": target}
        policy["graph"]["edges"].append(edge)
    desk.make_team("workshop", {"zh-CN": "维修组", "en": "Workshop"})
    assert publish(policy, note="维修组接手电子产品").status == 201
    desk.tell_order("EL-1", **ORDER)
    every = {"return_refund": 1}
    for name, can in (("bo", {"electronics": 1}), ("wei", {"electronics": 2, "high_value": 1})):
        desk.hire(name, languages=["zh-CN"], skills=every | can, teams=["workshop"])


@pytest.mark.parametrize(("line_id", "who", "weight"), [("laptop", {"wei"}, 3), ("mouse", {"bo", "wei"}, 1)])
def test_goods_and_value_say_who_can_do_it(desk: Desk, line_id: str, who: set[str], weight: int) -> None:
    number = desk.filed(order_number="EL-1", lines=[{"line_id": line_id, "quantity": 1, "reason": "defective"}])
    desk.review(number)
    desk.assign(number)
    now = desk.application(number)
    assert (now.team, now.needs.weight, now.assignee in who) == ("workshop", weight, True)


def test_all_other_goods_stay_with_the_desk(desk: Desk) -> None:
    number = desk.filed(order_number="EL-1", lines=[{"line_id": "cup", "quantity": 1, "reason": "defective"}])
    desk.review(number)
    desk.assign(number)
    assert (desk.application(number).team, desk.application(number).assignee) == ("desk", "mei")
