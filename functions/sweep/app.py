"""Each minute: publish the gauges, tell and do what is due of every case, and find people for what waits."""

from datetime import timedelta

from aftersales import clock
from aftersales.background import lambda_handler
from aftersales.model import Foreign
from aftersales.sla import gauges, store
from aftersales.sla.sweep import attend, waiting
from aftersales.staff import store as staff
from aftersales.staff.people import of_who_has_left
from aftersales.staff.pull import pull_for
from aftersales.telemetry import count, logger

TIME = timedelta(seconds=200)
"""Of the five minutes that a sweep has: what is left is found by the next."""


class Tick(Foreign):
    """From the scheduler; nothing of it matters."""


class NotAllAttended(Exception):
    """Some cases failed; the next sweep tries them again."""


def work(_: Tick) -> None:
    now = clock.now()
    cases = store.open_cases()
    teams = [team.team_id for team in staff.teams()]
    gauges.publish(gauges.measure(cases.known, now, teams), now)
    late = waiting(cases, now)
    failed = _attend_all(late)
    count("TakenFromLeavers", len(of_who_has_left(cases.known)))
    count("Pulled", pull_for(sorted({case.team for case in cases.known if case.is_unowned or case.number in late})))
    if failed:
        raise NotAllAttended(f"{len(failed)} cases")


def _attend_all(numbers: list[str]) -> list[str]:
    """As many as there is time for; gives those that failed."""
    until = clock.now() + TIME
    return [number for number in numbers if clock.now() < until and not _attended(number)]


def _attended(number: str) -> bool:
    """One case that fails must not hold up the others."""
    try:
        for mark in attend(number):
            count(f"Swept_{mark}")
    except Exception:  # noqa: BLE001
        logger.exception("case not attended", number=number)
        return False
    return True


handler = lambda_handler(Tick, work)
