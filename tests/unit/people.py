"""Plausible members of staff, of which a test changes what it is about."""

from typing import Any

from aftersales.staff.model import Member

MEI: dict[str, Any] = {
    "member_id": "mei",
    "name": "林梅",
    "email": "mei@desk.example",
    "skills": {"return_refund": 1, "complaint": 2},
    "languages": ["zh-CN"],
    "capacity": 10,
}


def member(member_id: str = "mei", **changes: Any) -> Member:
    return Member.model_validate(MEI | {"member_id": member_id} | changes)
