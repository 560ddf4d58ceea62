"""Taking work and giving it back, as conditional writes: nobody is ever above their capacity."""

from aftersales.items import item
from aftersales.settings import Setting
from aftersales.tables import Write

ROSTER = "staff"
"""The one partition of the table: the roster is one query."""


def taking_one(member_id: str) -> Write:
    """One more application for the member, refused at capacity."""
    return _count(member_id, 1, "#o < #c")


def giving_one_back(member_id: str) -> Write:
    return _count(member_id, -1, "#o > :none", none=0)


def _count(member_id: str, change: int, condition: str, **values: int) -> Write:
    return {
        "Update": {
            "TableName": Setting.STAFF_TABLE.read(),
            "Key": item({"roster": ROSTER, "member_id": member_id}),
            "UpdateExpression": "SET #o = #o + :change",
            "ConditionExpression": condition,
            "ExpressionAttributeNames": {"#o": "open"} | ({"#c": "capacity"} if "#c" in condition else {}),
            "ExpressionAttributeValues": item({":change": change, **{f":{k}": v for k, v in values.items()}}),
        }
    }
