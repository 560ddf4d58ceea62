"""What comes next for who has done their part of a case."""

from aftersales.applications.lifecycle import FOR_A_PERSON, STAFFED
from aftersales.applications.model import Application
from aftersales.identity.principal import Principal
from aftersales.staff.worklist import WorkItem, work_of


def is_still_theirs(application: Application, who: Principal) -> bool:
    """It waits for nobody else."""
    return application.assignee == who.id and application.status in STAFFED


def next_case(application: Application, who: Principal) -> str:
    """The number of what is due first of the rest of their work; empty when nothing is left to do, or here first."""
    if is_still_theirs(application, who):
        return ""
    return next((each.number for each in work_of(who.id) if _is_to_do(each) and each.number != application.number), "")


def _is_to_do(each: WorkItem) -> bool:
    """Not only to be watched while others are at it."""
    return each.kind != "application" or each.status in FOR_A_PERSON
