"""A repair waits for parts."""

from aftersales.applications import commit
from aftersales.applications.lifecycle import Step
from aftersales.applications.model import Application
from aftersales.identity.principal import Principal
from aftersales.staff.casework import Question, Remark
from aftersales.staff.mine import mine


def want_parts(number: str, who: Principal, words: Question) -> Application:
    """The customer reads which, and how long it takes. Raises `NotYours`, `StepNotPossible`."""
    return commit.step(mine(number, who), Step.PARTS_WANTED, who.actor(), message=words.message)


def parts_arrived(number: str, who: Principal, remark: Remark) -> Application:
    return commit.step(mine(number, who), Step.PARTS_ARRIVED, who.actor(), message=remark.message)
