"""Time by status, as stories."""

from aftersales.applications.lifecycle import Status, Step
from aftersales.sla.stays import Stay, stays
from tests.unit.sla.calendars import shanghai
from tests.unit.sla.story import filed

S = Status
MINUTE, DAY = 60, 86400


def test_each_status_lasts_until_the_next_one() -> None:
    story = filed().then("2026-03-09 10:31", Step.REFERRED, S.MANUAL_REVIEW)
    story.then("2026-03-09 15:00", Step.REJECTED, S.REJECTED, by="staff")
    filed_at, referred, rejected = map(shanghai, ("2026-03-09 10:30", "2026-03-09 10:31", "2026-03-09 15:00"))
    assert stays(story.events) == [
        Stay(status=S.SUBMITTED, since=filed_at, until=referred, target=10 * MINUTE),
        Stay(status=S.MANUAL_REVIEW, since=referred, until=rejected, target=2 * DAY),
        Stay(status=S.REJECTED, since=rejected),
    ]


def test_what_happens_within_a_status_does_not_end_it() -> None:
    story = filed().then("2026-03-09 10:31", Step.REFERRED, S.MANUAL_REVIEW)
    story.then("2026-03-09 10:40", Step.ASSIGNED, assignee="mei").then("2026-03-09 11:00", Step.NOTED, by="staff")
    assert [(stay.status, stay.since, stay.until) for stay in stays(story.events)][1:] == [
        (S.MANUAL_REVIEW, shanghai("2026-03-09 10:31"), None)
    ]


def test_a_status_that_comes_again_is_another_stay() -> None:
    story = filed().then("2026-03-09 10:31", Step.REFERRED, S.MANUAL_REVIEW)
    story.then("2026-03-09 11:00", Step.INFORMATION_REQUESTED, S.INFORMATION_WANTED, by="staff")
    story.then("2026-03-10 09:00", Step.INFORMATION_GIVEN, S.MANUAL_REVIEW, by="customer")
    assert [stay.status for stay in stays(story.events)] == [
        S.SUBMITTED,
        S.MANUAL_REVIEW,
        S.INFORMATION_WANTED,
        S.MANUAL_REVIEW,
    ]
