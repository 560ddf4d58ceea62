"""Every route of the API, and who may call it. The contract is generated from this table, the authorizer reads it, and
tests hold the functions and the template to it. What is not listed is closed.
"""

from typing import Literal, NamedTuple

Caller = Literal["anyone", "storefront", "customer", "agent", "policy_owner", "lead", "admin"]


class Route(NamedTuple):
    """`callers` may call it; `scope` is what a storefront's token must hold. `body` and `answer` name models.

    Without `answer` it is a page: HTML for people, `body` comes from a form, and who has the link may call it.
    """

    method: str
    path: str
    function: str
    callers: tuple[Caller, ...]
    summary: str
    answer: str | None
    status: int = 200
    body: str | None = None
    scope: str | None = None
    idempotent: bool = False

    @property
    def is_page(self) -> bool:
        return self.answer is None


ORDERS_WRITE = "orders.write"
APPLICATIONS_READ = "applications.read"
APPLICATIONS_WRITE = "applications.write"
REFUNDS_WRITE = "refunds.write"
SCOPES = {
    ORDERS_WRITE: "Tell the desk of orders",
    APPLICATIONS_READ: "See applications of the store",
    APPLICATIONS_WRITE: "File applications for customers",
    REFUNDS_WRITE: "Confirm refunds",
}
RESOURCE_SERVER = "aftersales"

_STAFF: tuple[Caller, ...] = ("agent", "lead", "admin")
_LEADS: tuple[Caller, ...] = ("lead", "admin")
_OWNER: tuple[Caller, ...] = ("policy_owner", "admin")
_CUSTOMER: tuple[Caller, ...] = ("customer",)
_LINK_HOLDER: tuple[Caller, ...] = ("anyone",)
_CASE = "/staff/applications/{number}"
_TRACK = "/track/{token}"
_SURVEY = "/survey/{token}"
_POLICY = "/policies/{store_id}"

ROUTES = (
    Route(
        "PUT",
        "/orders/{order_number}",
        "storefront",
        ("storefront",),
        "Tell the desk of an order, or what is new of it",
        "orders.facts:OrderSynced",
        body="orders.facts:OrderFacts",
        scope=ORDERS_WRITE,
    ),
    Route(
        "POST",
        "/webhooks/shopify/{store_id}/orders",
        "storefront",
        ("anyone",),
        "Shopify's order webhook, signed by its HMAC",
        "orders.facts:OrderSynced",
    ),
    Route(
        "POST",
        "/refunds/{refund_id}/confirmation",
        "storefront",
        ("storefront",),
        "Say whether an ordered refund was paid",
        "resolution.confirmation:RefundState",
        body="resolution.confirmation:RefundConfirmation",
        scope=REFUNDS_WRITE,
        idempotent=True,
    ),
    Route(
        "POST",
        "/webhooks/stripe/{store_id}",
        "payments",
        ("anyone",),
        "Stripe's webhook about refunds, signed by it",
        "resolution.gateways.stripe_events:StripeHeard",
    ),
    Route(
        "POST",
        "/quotes",
        "storefront",
        ("storefront",),
        "See what a refund would come to, before filing: on plain terms, without a fee",
        "applications.refund:Quote",
        body="applications.wanted:Wanted",
        scope=APPLICATIONS_WRITE,
    ),
    Route(
        "POST",
        "/applications",
        "submission",
        ("storefront",),
        "File an application",
        "applications.submit:FiledAnswer",
        202,
        body="applications.submit:Filing",
        scope=APPLICATIONS_WRITE,
        idempotent=True,
    ),
    Route(
        "POST",
        "/tracking",
        "tracking",
        ("anyone",),
        "Find an application by its number and the contact it was filed with",
        "applications.track:Tracked",
        body="applications.track:TrackingRequest",
    ),
    Route(
        "GET",
        "/applications/{number}",
        "tracking",
        ("customer", "storefront"),
        "See where an application stands",
        "applications.track:CustomerView",
        scope=APPLICATIONS_READ,
    ),
    Route(
        "POST",
        "/applications/{number}/cancellation",
        "tracking",
        _CUSTOMER,
        "Cancel, while that is possible",
        "applications.track:CustomerView",
        idempotent=True,
    ),
    Route(
        "POST",
        "/applications/{number}/information",
        "tracking",
        _CUSTOMER,
        "Give the information that was asked for",
        "applications.track:CustomerView",
        body="applications.track:Information",
        idempotent=True,
    ),
    Route(
        "POST",
        "/applications/{number}/parcel",
        "tracking",
        _CUSTOMER,
        "Say by which carrier the goods are on their way",
        "applications.track:CustomerView",
        body="applications.track:ParcelSent",
        idempotent=True,
    ),
    Route(
        "POST",
        "/applications/{number}/appeal",
        "tracking",
        _CUSTOMER,
        "Appeal a rejection, once and in time",
        "applications.track:CustomerView",
        body="applications.appeal:Appeal",
        idempotent=True,
    ),
    Route(
        "POST",
        "/applications/{number}/photos",
        "tracking",
        _CUSTOMER,
        "Get forms to upload further photos or videos",
        "applications.track:Uploads",
        201,
        body="applications.track:PhotosWanted",
    ),
    Route(
        "GET",
        "/applications/{number}/survey",
        "survey",
        _CUSTOMER,
        "The questions, and whether they were answered",
        "feedback.survey:Survey",
    ),
    Route(
        "POST",
        "/applications/{number}/survey",
        "survey",
        _CUSTOMER,
        "Answer the questions, once",
        "feedback.survey:Survey",
        201,
        body="feedback.survey:Answers",
        idempotent=True,
    ),
    Route("GET", "/staff/work", "casework", _STAFF, "My work, or the backlog, by due time", "staff.work:WorkList"),
    Route("GET", _CASE, "casework", (*_STAFF, "policy_owner"), "The whole case", "staff.work:CaseView"),
    Route(
        "GET",
        _CASE + "/quote",
        "casework",
        (*_STAFF, "policy_owner"),
        "What a refund of the case comes to now",
        "applications.refund:Quote",
    ),
    Route(
        "POST",
        _CASE + "/claim",
        "casework",
        _STAFF,
        "Take a case from the backlog",
        "staff.work:CaseView",
        idempotent=True,
    ),
    Route(
        "POST",
        _CASE + "/information-request",
        "casework",
        _STAFF,
        "Ask the customer for information",
        "staff.work:CaseView",
        body="staff.casework:Question",
        idempotent=True,
    ),
    Route(
        "POST",
        _CASE + "/decision",
        "casework",
        _STAFF,
        "Accept, whole or in part, or reject",
        "staff.work:CaseView",
        body="staff.decision:StaffDecision",
        idempotent=True,
    ),
    Route(
        "POST",
        _CASE + "/receipt",
        "casework",
        _STAFF,
        "Record that the goods arrived",
        "staff.work:CaseView",
        body="staff.casework:Remark",
        idempotent=True,
    ),
    Route(
        "POST",
        _CASE + "/inspection",
        "casework",
        _STAFF,
        "Record in what condition each unit is",
        "staff.work:CaseView",
        body="staff.casework:Inspection",
        idempotent=True,
    ),
    Route(
        "POST",
        _CASE + "/refund",
        "casework",
        _STAFF,
        "Order the refund",
        "staff.work:CaseView",
        body="resolution.order:RefundOrder",
        idempotent=True,
    ),
    Route(
        "POST",
        _CASE + "/refund-confirmation",
        "casework",
        _LEADS,
        "Say what became of a refund that no program reports",
        "staff.work:CaseView",
        body="resolution.confirmation:OfflineConfirmation",
        idempotent=True,
    ),
    Route(
        "POST",
        _CASE + "/completion",
        "casework",
        _STAFF,
        "Finish a case that pays nothing back",
        "staff.work:CaseView",
        body="staff.casework:Question",
        idempotent=True,
    ),
    Route(
        "POST",
        _CASE + "/notes",
        "casework",
        _STAFF,
        "Leave a note for colleagues",
        "staff.work:CaseView",
        body="staff.casework:Question",
        idempotent=True,
    ),
    Route(
        "POST",
        _CASE + "/follow-up",
        "casework",
        _STAFF,
        "Record what came of calling the customer back",
        "staff.work:CaseView",
        body="staff.casework:Question",
        idempotent=True,
    ),
    Route("GET", _POLICY, "policy", _OWNER, "What holds for a store, and how it came to", "policy.library:PolicyState"),
    Route(
        "GET",
        _POLICY + "/versions/{version}",
        "policy",
        _OWNER,
        "A published version by its number, or a shipped pack by its name",
        "policy.library:Shown",
    ),
    Route("GET", _POLICY + "/draft", "policy", _OWNER, "The draft, checked", "policy.drafts:Draft"),
    Route(
        "PUT",
        _POLICY + "/draft",
        "policy",
        _OWNER,
        "Save a draft, and see what its check finds",
        "policy.drafts:Draft",
        body="policy.drafts:NewDraft",
    ),
    Route(
        "POST",
        _POLICY + "/publication",
        "policy",
        _OWNER,
        "Publish the draft as a version that never changes",
        "policy.library:PolicyState",
        201,
        body="policy.publish:Publication",
        idempotent=True,
    ),
    Route(
        "POST",
        _POLICY + "/rollback",
        "policy",
        _OWNER,
        "Let an earlier version hold again",
        "policy.library:PolicyState",
        201,
        body="policy.publish:Rollback",
        idempotent=True,
    ),
    Route(
        "POST",
        _POLICY + "/backtests",
        "policy",
        _OWNER,
        "Try the draft on the applications that were decided in a period",
        "policy.backtest:Backtest",
        202,
        body="policy.backtest:BacktestWanted",
    ),
    Route(
        "GET",
        _POLICY + "/backtests/{backtest_id}",
        "policy",
        _OWNER,
        "How far a backtest is, and what would change",
        "policy.backtest:Backtest",
    ),
    Route(
        "GET",
        _POLICY + "/backtests/{backtest_id}/differences",
        "policy",
        _OWNER,
        "The applications that would be decided otherwise, and why",
        "policy.backtest:Differences",
    ),
    Route("GET", _TRACK, "pages", _LINK_HOLDER, "The page that shows where an application stands", None),
    Route("POST", _TRACK + "/cancellation", "pages", _LINK_HOLDER, "Cancel, from the page", None, 303),
    Route(
        "POST",
        _TRACK + "/information",
        "pages",
        _LINK_HOLDER,
        "Give the information that was asked for, from the page",
        None,
        303,
        body="applications.track:Information",
    ),
    Route(
        "POST",
        _TRACK + "/parcel",
        "pages",
        _LINK_HOLDER,
        "Say by which carrier the goods are on their way, from the page",
        None,
        303,
        body="applications.track:ParcelSent",
    ),
    Route(
        "POST",
        _TRACK + "/appeal",
        "pages",
        _LINK_HOLDER,
        "Appeal a rejection, from the page",
        None,
        303,
        body="applications.appeal:Appeal",
    ),
    Route("GET", _SURVEY, "pages", _LINK_HOLDER, "The page with the questionnaire", None),
    Route(
        "POST",
        _SURVEY,
        "pages",
        _LINK_HOLDER,
        "Answer the questionnaire, from the page",
        None,
        303,
        body="feedback.survey:Answers",
    ),
)


def allowed(caller: Caller, scopes: frozenset[str] = frozenset()) -> list[Route]:
    """The routes that `caller` may call, of a storefront those whose scope its token holds."""
    return [route for route in ROUTES if caller in route.callers and (caller != "storefront" or route.scope in scopes)]
