"""Carry out what needs no person, or leave it to one."""

from collections.abc import Callable

from aftersales.applications import commit, store
from aftersales.applications.lifecycle import Step
from aftersales.applications.model import Application
from aftersales.applications.plan import by_itself
from aftersales.errors import Outdated, Problem
from aftersales.flow.standing import Standing, standing
from aftersales.replacement.order import order_replacement_by_itself
from aftersales.replacement.reserve import reserve
from aftersales.resolution.order import order_refund_by_itself

CARRIED_OUT: dict[Step, Callable[[Application], Application]] = {
    Step.REFUND_ORDERED: order_refund_by_itself,
    Step.REPLACEMENT_WANTED: reserve,
    Step.REPLACEMENT_ORDERED: order_replacement_by_itself,
}


def proceed(number: str) -> Standing:
    """What is refused, as a price difference that nobody has paid yet, is for a person. Raises `Outdated`."""
    try:
        return standing(commit.until_written(lambda: _proceed(store.load(number))))
    except Outdated:
        raise
    except Problem:
        return standing(store.load(number), in_vain=True)


def _proceed(application: Application) -> Application:
    step = by_itself(application)
    return CARRIED_OUT[step](application) if step else application
