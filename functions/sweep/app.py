"""Each minute: publish the gauges, tell and do what is due of every case, and find people for what waits."""

from aftersales import clock
from aftersales.background import lambda_handler
from aftersales.model import Foreign
from aftersales.sla import gauges, store
from aftersales.sla.sweep import attend, waiting
from aftersales.staff.people import of_who_has_left
from aftersales.staff.pull import pull_for
from aftersales.telemetry import count, logger


class Tick(Foreign):
    """From the scheduler; nothing of it matters."""


class NotAllAttended(Exception):
    """Some cases failed; the next sweep tries them again."""


def work(_: Tick) -> None:
    now = clock.now()
    known = list(store.open_cases())
    gauges.publish(gauges.measure(known, now), now)
    late = waiting(known, now)
    failed = [number for number in late if not _attended(number)]
    count("TakenFromLeavers", len(of_who_has_left(known)))
    count("Pulled", pull_for(sorted({case.team for case in known if case.is_unowned or case.number in late})))
    if failed:
        raise NotAllAttended(f"{len(failed)} cases")


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
