"""One clock: it runs and is paused, and what it has run is never lost."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from aftersales.sla.calendar import Calendar
from aftersales.sla.clock import MINUTE, Clock
from tests.unit.sla.calendars import ALWAYS, CHINA, calendar, shanghai, span

MONDAY = shanghai("2026-03-09 10:30")


def started(at: datetime = MONDAY, minutes: int = 480, known: Calendar = CHINA) -> Clock:
    new = Clock(kind="resolution", calendar="desk", target=minutes * MINUTE, warn_share=75, started_at=at)
    return new.resume(at, known)


def test_it_is_due_when_the_target_has_run_and_worth_a_warning_at_its_share() -> None:
    running = started()
    assert running.warn_at == shanghai("2026-03-09 17:30")
    assert running.due_at == shanghai("2026-03-10 10:30")


def test_while_it_is_paused_it_is_not_due() -> None:
    paused = started().pause(shanghai("2026-03-09 11:30"), CHINA)
    assert (paused.runs, paused.due_at, paused.warn_at) == (False, None, None)
    assert paused.spent_by(shanghai("2026-03-20 11:30"), CHINA) == 60 * MINUTE


def test_it_resumes_with_what_was_left() -> None:
    paused = started().pause(shanghai("2026-03-09 11:30"), CHINA)
    assert paused.resume(shanghai("2026-03-16 09:00"), CHINA).due_at == shanghai("2026-03-16 17:00")


def test_several_pauses_to_the_second_over_lunch_and_a_weekend() -> None:
    running = started(minutes=120)
    for pause, resume in [
        ("2026-03-09 11:59:59", "2026-03-09 13:00:01"),  # 1 h 29 min 59 s have run
        ("2026-03-09 13:00:02", "2026-03-13 17:59:59"),  # and one second more
        ("2026-03-14 10:00", "2026-03-14 15:00"),  # and one on Friday; all of this pause is on a Saturday
    ]:
        running = running.pause(shanghai(pause), CHINA).resume(shanghai(resume), CHINA)
    assert running.due_at == shanghai("2026-03-16 09:29:59")


def test_stopped_straight_from_a_pause_it_has_run_no_longer() -> None:
    paused = started().pause(shanghai("2026-03-09 11:30"), CHINA)
    stopped = paused.stop(shanghai("2026-03-12 16:00"), CHINA)
    assert stopped.spent == 60 * MINUTE
    assert stopped.resume(shanghai("2026-03-13 16:00"), CHINA) == stopped


def test_what_was_due_before_a_pause_stays_due() -> None:
    late = shanghai("2026-03-10 11:00")
    paused = started().pause(late, CHINA)
    assert paused.due_at == shanghai("2026-03-10 10:30")
    assert paused.resume(shanghai("2026-03-12 09:00"), CHINA).due_at == shanghai("2026-03-10 10:30")


@pytest.mark.parametrize(("stop", "late"), [("2026-03-10 10:30", False), ("2026-03-10 10:30:01", True)])
def test_to_the_second_it_is_in_time_or_not(stop: str, *, late: bool) -> None:
    stopped = started().stop(shanghai(stop), CHINA)
    assert stopped.is_breached(shanghai("2026-04-01 09:00")) is late
    assert started().is_breached(shanghai(stop)) is late


def test_a_shorter_target_counts_what_has_run() -> None:
    shorter = started().retarget(120 * MINUTE, "desk", shanghai("2026-03-09 11:30"), CHINA, CHINA)
    assert shorter.due_at == shanghai("2026-03-09 13:30")
    assert shorter.name == started().name


def test_a_target_that_has_run_out_already_is_due_at_once_and_not_before() -> None:
    changed = shanghai("2026-03-09 14:00")
    assert started().retarget(60 * MINUTE, "desk", changed, CHINA, CHINA).due_at == changed


def test_what_was_late_by_the_longer_target_is_late_since_then() -> None:
    shorter = started().retarget(60 * MINUTE, "desk", shanghai("2026-03-10 15:00"), CHINA, CHINA)
    assert shorter.due_at == shanghai("2026-03-10 10:30")


def test_a_longer_target_gives_more_time() -> None:
    longer = started().retarget(960 * MINUTE, "desk", shanghai("2026-03-10 10:29"), CHINA, CHINA)
    assert longer.due_at == shanghai("2026-03-11 10:30")


@pytest.mark.parametrize("at", ["2026-03-10 10:30", "2026-03-10 15:00"])
def test_what_is_late_stays_late_whatever_is_promised_then(at: str) -> None:
    """Around the clock the urgent may have more time than it had in the office: it is late all the same."""
    longer = started().retarget(960 * MINUTE, "always", shanghai(at), CHINA, ALWAYS)
    assert longer.due_at == shanghai("2026-03-10 10:30")


def test_another_calendar_counts_from_the_change_on() -> None:
    """It became urgent in the evening: ten minutes of it are left, around the clock."""
    evening = shanghai("2026-03-09 21:00")
    urgent = started().retarget(400 * MINUTE, "always", evening, CHINA, ALWAYS)
    assert urgent.spent == 390 * MINUTE
    assert urgent.due_at == evening + timedelta(minutes=10)


def test_paused_it_takes_another_target_and_stays_paused() -> None:
    paused = started().pause(shanghai("2026-03-09 11:30"), CHINA)
    shorter = paused.retarget(120 * MINUTE, "desk", shanghai("2026-03-10 09:00"), CHINA, CHINA)
    assert (shorter.runs, shorter.due_at) == (False, None)
    assert shorter.resume(shanghai("2026-03-11 09:00"), CHINA).due_at == shanghai("2026-03-11 10:00")


def test_where_so_much_working_time_is_years_away_it_runs_and_is_never_due() -> None:
    rarely = calendar("UTC", [span("09:00", "10:00")], ("tuesday",))
    running = started(minutes=366 * 24 * 60, known=rarely)
    assert (running.runs, running.due_at, running.warn_at) == (True, None, None)


# --- whatever happens to it ---


GAPS = some.lists(some.integers(0, 40 * 3600 * 1000), min_size=1, max_size=9).map(
    lambda gaps: [timedelta(milliseconds=gap) for gap in gaps]
)
START = datetime(2026, 2, 10, 4, 30, tzinfo=UTC)
"""The week before the Spring Festival, with a Saturday that is worked."""


def moments(gaps: list[timedelta]) -> list[datetime]:
    """One after the other: paused, resumed, paused and so on."""
    found = [START]
    for gap in gaps:
        found.append(found[-1] + gap)
    return found[1:]


def through(gaps: list[timedelta], known: Calendar, minutes: int) -> list[Clock]:
    """What becomes of a clock that is paused and resumed by turns."""
    clocks = [started(START, minutes, known)]
    for moment in moments(gaps):
        last = clocks[-1]
        clocks.append(last.pause(moment, known) if last.runs else last.resume(moment, known))
    return clocks


KNOWN = some.sampled_from([CHINA, ALWAYS])
MINUTES = some.integers(1, 3000)


@given(GAPS, KNOWN, MINUTES)
def test_pausing_never_moves_a_due_time_earlier(gaps: list[timedelta], known: Calendar, minutes: int) -> None:
    due = [clock.due_at for clock in through(gaps, known, minutes) if clock.due_at]
    assert due == sorted(due)


@given(GAPS, KNOWN, MINUTES)
def test_running_time_and_pauses_make_up_all_working_time(gaps: list[timedelta], known: Calendar, minutes: int) -> None:
    clocks, points = through(gaps, known, minutes), [START, *moments(gaps)]
    stretches = list(zip(clocks, points, points[1:], strict=False))
    ran = sum((known.between(a, b) for clock, a, b in stretches if clock.runs), timedelta(0))
    paused = sum((known.between(a, b) for clock, a, b in stretches if not clock.runs), timedelta(0))
    assert ran + paused == known.between(points[0], points[-1])
    assert clocks[-1].spent_by(points[-1], known) == ran // timedelta(milliseconds=1)


@given(GAPS, KNOWN, MINUTES)
def test_however_often_it_is_paused_its_target_runs_before_it_is_due(
    gaps: list[timedelta], known: Calendar, minutes: int
) -> None:
    """The running time until the due time is the target, to the millisecond, whatever the pauses."""
    end = moments(gaps)[-1]
    last = through(gaps, known, minutes)[-1].resume(end, known)
    assert last.due_at
    if last.due_at > end:
        assert last.spent_by(last.due_at, known) == minutes * MINUTE


@given(GAPS, KNOWN, MINUTES, some.integers(1, 3000))
def test_a_target_there_and_back_loses_nothing(
    gaps: list[timedelta], known: Calendar, minutes: int, other: int
) -> None:
    end = moments(gaps)[-1]
    clock = through(gaps, known, minutes)[-1]
    there = clock.retarget(other * MINUTE, "desk", end, known, known)
    back = there.retarget(minutes * MINUTE, "desk", end, known, known)
    assert back.spent_by(end, known) == clock.spent_by(end, known)
