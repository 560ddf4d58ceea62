"""Every route of the API, and who may call it. The contract is generated from this table, the authorizer reads it, and
tests hold the functions and the template to it. What is not listed is closed.
"""

from aftersales.routes import customer, desk, pages, policy, staff, storefront
from aftersales.routes.route import RESOURCE_SERVER, SCOPES, Caller, Route

__all__ = ["RESOURCE_SERVER", "ROUTES", "SCOPES", "Caller", "Route", "allowed"]

ROUTES = (*storefront.ROUTES, *customer.ROUTES, *staff.ROUTES, *policy.ROUTES, *pages.ROUTES, *desk.ROUTES)


def allowed(caller: Caller, scopes: frozenset[str] = frozenset()) -> list[Route]:
    """The routes that `caller` may call, of a storefront those whose scope its token holds."""
    return [route for route in ROUTES if caller in route.callers and (caller != "storefront" or route.scope in scopes)]
