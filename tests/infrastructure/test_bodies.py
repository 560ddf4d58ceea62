"""Examples fit schema and model, and what neither may take is refused by both."""

from copy import deepcopy
from typing import Any

import pytest

from tests.infrastructure.spec import BODIES, EXAMPLES, MODELS, fits_model, fits_schema

DROP = object()


def test_every_body_has_an_example() -> None:
    assert BODIES <= EXAMPLES.keys() <= MODELS.keys()
    assert set(EXAMPLES["Filing"]) == {"zh-CN", "en", "repair"}


@pytest.mark.parametrize(("model", "name"), [(model, name) for model, found in EXAMPLES.items() for name in found])
def test_example_fits(model: str, name: str) -> None:
    assert fits_schema(model, EXAMPLES[model][name])
    assert fits_model(MODELS[model], EXAMPLES[model][name])


def changed(body: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """`body` with `value` at `lines.0.quantity`, or without it."""
    copy = deepcopy(body)
    *parents, last = path.split(".")
    place: Any = copy
    for part in parents:
        place = place[int(part) if isinstance(place, list) else part]
    if value is DROP:
        del place[last]
    else:
        place[last] = value
    return copy


PHOTO = {"media_type": "image/jpeg", "size": 1}
LINE = {"line_id": "a", "quantity": 1, "reason": "other"}
BAD = [
    ("Filing", "zh-CN", "lines.0.quantity", 0),
    ("Filing", "zh-CN", "lines.0.quantity", 10_001),
    ("Filing", "zh-CN", "lines.0.quantity", "1"),
    ("Filing", "zh-CN", "lines.0.quantity", 1.5),
    ("Filing", "zh-CN", "lines.0.quantity", True),
    ("Filing", "zh-CN", "lines.0.reason", "bored"),
    ("Filing", "zh-CN", "lines.0.reason", DROP),
    ("Filing", "zh-CN", "lines.0.line_id", "../1"),
    ("Filing", "zh-CN", "lines.0.price", 1),
    ("Filing", "repair", "lines.0.opened", "yes"),
    ("Filing", "repair", "lines.0.serial_number", 17),
    ("Filing", "repair", "lines.0.serial_number", "7" * 101),
    ("Filing", "zh-CN", "lines", {"0": LINE}),
    ("Filing", "zh-CN", "lines", [LINE | {"line_id": f"l{i}"} for i in range(51)]),
    ("Filing", "zh-CN", "contact", DROP),
    ("Filing", "zh-CN", "contact", "wang.fang@example.com"),
    ("Filing", "zh-CN", "contact.email", "wang.fang at example.com"),
    ("Filing", "zh-CN", "contact.phone", "一三八"),
    ("Filing", "zh-CN", "contact.address", "文三路 269 号"),
    ("Filing", "zh-CN", "description", "长" * 4001),
    ("Filing", "zh-CN", "description", ""),
    ("Filing", "zh-CN", "description", DROP),
    ("Filing", "zh-CN", "type", "refund"),
    ("Filing", "zh-CN", "language", "fr"),
    ("Filing", "zh-CN", "channel", DROP),
    ("Filing", "zh-CN", "order_number", ""),
    ("Filing", "zh-CN", "order_number", 1001),
    ("Filing", "zh-CN", "currency", "cny"),
    ("Filing", "zh-CN", "photos", [PHOTO] * 10),
    ("Filing", "zh-CN", "photos.0.size", 20 * 1024 * 1024 + 1),
    ("Filing", "zh-CN", "photos.0.size", 0),
    ("Filing", "zh-CN", "photos.0.media_type", "image/svg+xml"),
    ("Filing", "zh-CN", "coupon", "WELCOME20"),
    ("OrderFacts", "delivered", "lines", []),
    ("OrderFacts", "delivered", "lines.0.quantity", 0),
    ("OrderFacts", "delivered", "lines.0.paid", -1),
    ("OrderFacts", "delivered", "lines.0.paid", "238.00"),
    ("OrderFacts", "delivered", "lines.0.paid", 238.5),
    ("OrderFacts", "delivered", "lines.0.category", "shoes"),
    ("OrderFacts", "delivered", "lines.0.title", "灯" * 201),
    ("OrderFacts", "several_lines", "lines.0.tags", "winter"),
    ("OrderFacts", "several_lines", "lines.0.tags", ["winter"] * 21),
    ("OrderFacts", "several_lines", "lines.0.tags", ["长" * 51]),
    ("OrderFacts", "several_lines", "lines.0.discount", -1),
    ("OrderFacts", "several_lines", "lines.1.custom_made", "true"),
    ("OrderFacts", "several_lines", "lines.2.serial_number", "7" * 101),
    ("OrderFacts", "several_lines", "lines.2.warranty_ends_on", "2027-11-31"),
    ("OrderFacts", "several_lines", "lines.2.seller", "x" * 101),
    ("OrderFacts", "several_lines", "customer", "C-20391"),
    ("OrderFacts", "several_lines", "customer.customer_id", DROP),
    ("OrderFacts", "several_lines", "customer.customer_id", "x" * 101),
    ("OrderFacts", "several_lines", "customer.risk", "high"),
    ("OrderFacts", "several_lines", "customer.email", "emma.carter@example.com"),
    ("OrderFacts", "several_lines", "country", "JPN"),
    ("OrderFacts", "several_lines", "country", "jp"),
    ("OrderFacts", "several_lines", "season", "长" * 51),
    ("OrderFacts", "delivered", "placed_at", "2026-11-10T01:12:44"),
    ("OrderFacts", "delivered", "placed_at", "yesterday"),
    ("OrderFacts", "delivered", "changed_at", DROP),
    ("OrderFacts", "delivered", "currency", "RMB¥"),
    ("RefundConfirmation", "paid", "outcome", "pending"),
    ("RefundConfirmation", "paid", "amount", 119.0),
    ("RefundConfirmation", "paid", "amount.amount", -1),
    ("RefundConfirmation", "paid", "amount.currency", DROP),
    ("RefundConfirmation", "paid", "reference", DROP),
    ("TrackingRequest", "by_email", "number", "7" * 41),
    ("TrackingRequest", "by_email", "contact", DROP),
    ("Information", "zh-CN", "message", "长" * 4001),
    ("ParcelSent", "sent", "carrier", "x" * 201),
    ("PhotosWanted", "photo_and_video", "photos", []),
    ("PhotosWanted", "photo_and_video", "photos", [PHOTO] * 10),
    ("Answers", "zh-CN", "satisfaction", 6),
    ("Answers", "zh-CN", "effort", 0),
    ("Answers", "zh-CN", "effort", DROP),
    ("Question", "en", "message", DROP),
    ("StaffDecision", "accept", "outcome", "manual_review"),
    ("StaffDecision", "in_part", "accepted_lines", "14837291053334"),
    ("StaffDecision", "in_part", "accepted_lines", ["../1"]),
    ("StaffDecision", "in_part", "accepted_lines", [f"l{i}" for i in range(26)]),
    ("Appeal", "zh-CN", "message", DROP),
    ("Appeal", "zh-CN", "message", "长" * 4001),
    ("Remark", "received", "remark", "x"),
    ("Inspection", "damaged", "lines", []),
    ("Inspection", "damaged", "lines.0.condition", "fine"),
    ("RefundOrder", "in_part", "amount.amount", "99.00"),
    ("RefundOrder", "in_part", "amount.currency", "yuan"),
    ("RefundOrder", "as_it_was_quoted", "quoted", 11900),
    ("ReplacementConfirmation", "shipped", "outcome", "lost"),
    ("ReplacementConfirmation", "shipped", "carrier", ""),
    ("ReplacementReport", "shipped", "replacement_id", DROP),
    ("ChargesConfirmation", "paid", "amount.amount", 40.0),
    ("ChargesConfirmation", "paid", "reference", DROP),
    ("CompensationConfirmation", "given", "outcome", "paid"),
    ("Compensation", "coupon", "kind", "cash"),
    ("Compensation", "coupon", "message", DROP),
    ("RemedyChange", "refund_in_place_of_exchange", "type", "store_credit"),
    ("Approval", "approved", "approved", "yes"),
    ("Diagnosis", "under_warranty", "repairable", DROP),
    ("Diagnosis", "to_be_paid", "price.currency", "yuan"),
    ("VisitPlan", "on_site", "place", "workshop"),
    ("VisitPlan", "on_site", "at", "on Saturday at two"),
    ("RepairResult", "repaired", "outcome", "declined"),
    ("Dispatch", "sent", "tracking_number", DROP),
    ("QuoteAnswer", "accept", "accept", DROP),
    ("Dispute", "zh-CN", "message", ""),
    ("DisputeAnswer", "stands", "outcome", "rejected"),
    ("MemberFacts", "in_hangzhou", "skills.repair", 4),
    ("MemberFacts", "in_hangzhou", "skills.repair", "expert"),
    ("MemberFacts", "in_hangzhou", "languages", ["fr"]),
    ("MemberFacts", "in_hangzhou", "capacity", -1),
    ("MemberFacts", "in_hangzhou", "capacity", DROP),
    ("MemberFacts", "in_hangzhou", "teams", ["the desk"]),
    ("MemberFacts", "in_hangzhou", "hours.holidays_of", "CHN"),
    ("MemberFacts", "in_hangzhou", "hours.made_up_as", "someday"),
    ("MemberFacts", "in_hangzhou", "leave.0.first", "10 February"),
    ("MemberFacts", "in_hangzhou", "open", 0),
    ("MemberFacts", "a_lead", "may_give.CNY", 200.5),
    ("TeamFacts", "workshop", "leads", "grace.miller"),
    ("PresenceTold", "busy", "presence", "asleep"),
    ("Transfer", "to_a_colleague", "member_id", ""),
    ("Handover", "to_the_workshop", "message", DROP),
    ("TaskWanted", "for_logistics", "department", "marketing"),
    ("TaskWanted", "for_logistics", "due_at", DROP),
    ("ServiceTerms", "in_working_hours", "promises", []),
    ("ServiceTerms", "in_working_hours", "promises.1.minutes.resolution", 0),
    ("ServiceTerms", "in_working_hours", "promises.1.calendar", DROP),
    ("ServiceTerms", "in_working_hours", "warn_share", 100),
    ("ServiceTerms", "in_working_hours", "calendars", {}),
]
"""What schema and model both refuse."""

BEYOND_SCHEMA = [
    ("Filing", "zh-CN", "contact", {"name": "王芳"}),
    ("Filing", "zh-CN", "description", "   "),
    ("Filing", "zh-CN", "lines", []),
    ("Filing", "zh-CN", "lines", [LINE, LINE]),
    ("OrderFacts", "several_lines", "lines.1.line_id", "a1"),
    ("ReplacementConfirmation", "shipped", "tracking_number", DROP),
    ("Approval", "refused", "reason", DROP),
    ("MemberFacts", "in_hangzhou", "hours.week", {}),
    ("MemberFacts", "in_hangzhou", "hours.week.monday.1.opens", "11:00"),
    ("MemberFacts", "in_hangzhou", "hours.time_zone", "Asia/Hangzhou"),
    ("MemberFacts", "in_hangzhou", "hours.holidays_of", "ZZ"),
    ("MemberFacts", "in_hangzhou", "leave.0.last", "2027-02-01"),
    ("ServiceTerms", "in_working_hours", "promises.0.calendar", "shanghai"),
    ("ServiceTerms", "in_working_hours", "calendars.hangzhou.week.monday.0.closes", "08:00"),
]
"""What only the model can refuse: one of two fields is needed, blanks are no text, lines are distinct, a day's spans
are apart.
"""


@pytest.mark.parametrize(("model", "name", "path", "value"), BAD, ids=lambda v: str(v)[:20])
def test_bad_body_is_refused_by_schema_and_model(model: str, name: str, path: str, value: object) -> None:
    body = changed(EXAMPLES[model][name], path, value)
    assert not fits_schema(model, body)
    assert not fits_model(MODELS[model], body)


@pytest.mark.parametrize(("model", "name", "path", "value"), BEYOND_SCHEMA)
def test_what_the_schema_cannot_say_the_model_refuses(model: str, name: str, path: str, value: object) -> None:
    body = changed(EXAMPLES[model][name], path, value)
    assert fits_schema(model, body)
    assert not fits_model(MODELS[model], body)


@pytest.mark.parametrize("body", [None, [], "text", 1], ids=str)
def test_a_body_is_an_object(body: object) -> None:
    for model in BODIES:
        assert not fits_schema(model, body)
        assert not fits_model(MODELS[model], body)


def test_null_is_for_the_gateway_to_refuse() -> None:
    """The one thing that the schema refuses and the model takes, as absent: draft 4 by way of OpenAPI has no null."""
    body = changed(EXAMPLES["Filing"]["en"], "currency", None)
    assert not fits_schema("Filing", body)
    assert fits_model(MODELS["Filing"], body)
