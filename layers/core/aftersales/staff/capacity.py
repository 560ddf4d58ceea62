"""Taking work and giving it back, as conditional writes: nobody is ever above their capacity."""

from aftersales.errors import NoCapacity
from aftersales.items import item
from aftersales.settings import Setting
from aftersales.staff.model import Member
from aftersales.tables import Write

ROSTER = "staff"
"""The partition of the table with all people: the roster is one query."""

ROOM = "#c = :capacity AND #o <= :most"
"""A condition does no sums, so that it is about the capacity that was read."""

AVAILABLE = "(attribute_not_exists(presence) OR presence = :available)"


def taking(member: Member, weight: int) -> Write:
    """So much more for the member; refused without room for it, and to who is not available any more."""
    return _count(member.member_id, weight, f"{ROOM} AND {AVAILABLE}", **_room(member, weight), available="available")


def taking_on(member: Member | None, weight: int) -> Write:
    """The same by the member's own choice: they may be busy. Raises `NoCapacity` for who is not on the roster."""
    if member is None:
        raise NoCapacity
    return _count(member.member_id, weight, ROOM, **_room(member, weight))


def _room(member: Member, weight: int) -> dict[str, int]:
    return {"capacity": member.capacity, "most": member.capacity - weight}


def giving_back(member_id: str, weight: int) -> Write:
    return _count(member_id, -weight, "#o >= :weight", weight=weight)


def _count(member_id: str, change: int, condition: str, **values: int | str) -> Write:
    return {
        "Update": {
            "TableName": Setting.STAFF_TABLE.read(),
            "Key": item({"roster": ROSTER, "member_id": member_id}),
            "UpdateExpression": "SET #o = #o + :change",
            "ConditionExpression": condition,
            "ExpressionAttributeNames": {"#o": "open"} | ({"#c": "capacity"} if "#c" in condition else {}),
            "ExpressionAttributeValues": item({":change": change} | {f":{k}": v for k, v in values.items()}),
        }
    }
