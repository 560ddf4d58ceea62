"""What this person may do about a case, beside what its status allows. The use cases refuse by the same rules."""

from collections.abc import Callable
from functools import cache

from aftersales.applications.model import Application
from aftersales.identity.principal import Principal, Role
from aftersales.routes import Route, allowed
from aftersales.routes.route import CASE
from aftersales.staff.routing import decided_before, leads_enough

FOR_ALL = frozenset({"claim", "notes", "follow-up"})
"""Steps that are open also about what somebody else works on."""


def may_take(step: str, application: Application, who: Principal) -> bool:
    """Whether this step of this case is theirs to take, once its status allows it."""
    if step not in steps_of(who.role):
        return False
    return (step in FOR_ALL or is_theirs(application, who)) and (step not in RULES or RULES[step](application, who))


@cache
def steps_of(role: Role | None) -> frozenset[str]:
    """As the authorizer has it."""
    routes = allowed(role) if role else []
    return frozenset(step for route in routes if (step := step_of(route)))


def step_of(route: Route) -> str:
    """The end of its path, without parameters. Empty for a route that is no step of a case."""
    if route.method != "POST" or not route.path.startswith(CASE):
        return ""
    parts = route.path.removeprefix(CASE).strip("/").split("/")
    return "-".join(part for part in parts if not part.startswith("{"))


def is_theirs(application: Application, who: Principal) -> bool:
    """They work on it, or lead."""
    return who.leads or application.assignee == who.id


def may_claim_it(application: Application, who: Principal) -> bool:
    return leads_enough(application, leads=who.leads) and not decided_before(application, who.id)


def may_take_it_over(application: Application, who: Principal) -> bool:
    return application.assignee != who.id and not decided_before(application, who.id)


def may_decide_it(application: Application, who: Principal) -> bool:
    """What was appealed is for another person than who rejected it."""
    return application.rejected_by != who.id


def may_approve_it(application: Application, who: Principal) -> bool:
    """Another person than who proposed it."""
    return application.proposal is None or application.proposal.proposed_by != who.id


RULES: dict[str, Callable[[Application, Principal], bool]] = {
    "claim": may_claim_it,
    "takeover": may_take_it_over,
    "decision": may_decide_it,
    "compensation-approval": may_approve_it,
}
"""Where another person decides, or it is theirs already."""
