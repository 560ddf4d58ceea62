"""What the table says of a route, and the words it says it in."""

from typing import Literal, NamedTuple

Caller = Literal["anyone", "storefront", "customer", "agent", "policy_owner", "lead", "admin"]
Callers = tuple[Caller, ...]


class Route(NamedTuple):
    """`callers` may call it; `scope` is what a storefront's token must hold. `body` and `answer` name models.

    Without `answer` it is a page: HTML for people, `body` comes from a form; the page asks by itself who called it.
    """

    method: str
    path: str
    function: str
    callers: Callers
    summary: str
    answer: str | None
    status: int = 200
    body: str | None = None
    scope: str | None = None
    idempotent: bool = False

    @property
    def is_page(self) -> bool:
        return self.answer is None


ANYONE: Callers = ("anyone",)
STOREFRONT: Callers = ("storefront",)
CUSTOMER: Callers = ("customer",)
STAFF: Callers = ("agent", "lead", "admin")
LEADS: Callers = ("lead", "admin")
OWNER: Callers = ("policy_owner", "admin")

APPLICATION = "/applications/{number}"
CASE = "/staff/applications/{number}"
MEMBER = "/staff/members/{member_id}"
SERVICE = "/service/{store_id}"
POLICY = "/policies/{store_id}"
TRACK = "/track/{token}"
SURVEY = "/survey/{token}"
DESK = "/desk"

ORDERS_WRITE = "orders.write"
APPLICATIONS_READ = "applications.read"
APPLICATIONS_WRITE = "applications.write"
REFUNDS_WRITE = "refunds.write"
GOODS_WRITE = "goods.write"
SCOPES = {
    ORDERS_WRITE: "Tell the desk of orders",
    APPLICATIONS_READ: "See applications of the store",
    APPLICATIONS_WRITE: "File applications for customers",
    REFUNDS_WRITE: "Confirm refunds, payments and credits",
    GOODS_WRITE: "Confirm replacements",
}
RESOURCE_SERVER = "aftersales"
