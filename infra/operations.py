"""What the table of routes does not say of each operation, and what its parameters mean."""

from typing import Any, NamedTuple

from aftersales import errors
from aftersales.edge import MAX_KEY_LENGTH
from aftersales.errors import Problem
from aftersales.routes import Route, desk

Json = dict[str, Any]


class Operation(NamedTuple):
    """What the table of routes does not say: a name for clients, the errors of the use case, other parameters."""

    name: str
    errors: tuple[type[Problem], ...] = ()
    parameters: tuple[str, ...] = ()


def key_of(route: Route) -> str:
    return f"{route.method} {route.path}"


STEP = (errors.NotFound, errors.StepNotPossible, errors.Outdated)
CASE_STEP = (*STEP, errors.NotYours)
APPEAL_STEP = (*STEP, errors.AppealTooLate, errors.QuantityNotAvailable)
AMOUNT = (errors.CurrencyMismatch, errors.RefundTooHigh)
WANTED = (errors.UnknownOrder, errors.UnknownLine, errors.UnknownVariant, errors.QuantityNotAvailable)
CASE = "/staff/applications/{number}"
SHOPIFY = "POST /webhooks/shopify/{store_id}/orders"
STRIPE = "POST /webhooks/stripe/{store_id}"
EASYPOST = "POST /webhooks/easypost/{store_id}"
FOREIGN = {
    **dict.fromkeys((key_of(route) for route in desk.ROUTES if route.method == "POST"), "DeskForm"),
    SHOPIFY: "ShopifyOrder",
    STRIPE: "StripeEvent",
    EASYPOST: "EasyPostEvent",
}
"""Bodies that no model defines, by route. The signature of others' is checked over every byte, so the function reads
them; what a form of the desk holds is for its page to say.
"""

TASKS = f"{CASE}/tasks"
ASSIGNING = (errors.UnknownMember, errors.MemberNotAvailable, errors.AnotherPersonDecides)
DESK = "/desk"
POLICY = "/policies/{store_id}"
DRAFTED = (errors.NotFound, errors.Outdated, errors.PolicyRefused)

OPERATIONS = {
    "PUT /orders/{order_number}": Operation("putOrder", (errors.CurrencyMismatch, errors.Outdated)),
    SHOPIFY: Operation(
        "receiveShopifyOrder",
        (errors.BadSignature, errors.CurrencyMismatch, errors.Outdated),
        ("X-Shopify-Hmac-Sha256",),
    ),
    STRIPE: Operation("receiveStripeEvent", (errors.BadSignature, *AMOUNT, errors.Outdated), ("Stripe-Signature",)),
    EASYPOST: Operation("receiveEasyPostEvent", (errors.BadSignature, errors.Outdated), ("X-Hmac-Signature",)),
    "POST /refunds/{refund_id}/confirmation": Operation("confirmRefund", (*STEP, *AMOUNT)),
    "POST /replacements/{replacement_id}/confirmation": Operation("confirmReplacement", STEP),
    "POST /charges/{charge_id}/confirmation": Operation("confirmCharge", (*STEP, errors.CurrencyMismatch)),
    "POST /credits/{credit_id}/confirmation": Operation("confirmCredit", STEP),
    "POST /quotes": Operation("quoteRefund", (*WANTED, errors.StepNotPossible)),
    "POST /applications": Operation("fileApplication", (*WANTED, errors.CurrencyMismatch, errors.InProgress)),
    "POST /tracking": Operation("findApplication", (errors.NotFound,)),
    "GET /applications/{number}": Operation("getApplication", (errors.NotFound,)),
    "POST /applications/{number}/cancellation": Operation("cancelApplication", STEP),
    "POST /applications/{number}/information": Operation("giveInformation", STEP),
    "POST /applications/{number}/parcel": Operation("tellParcel", STEP),
    "POST /applications/{number}/quote-answer": Operation("answerQuote", STEP),
    "POST /applications/{number}/confirmation": Operation("confirmOutcome", STEP),
    "POST /applications/{number}/dispute": Operation("disputeOutcome", STEP),
    "POST /applications/{number}/appeal": Operation("appealRejection", APPEAL_STEP),
    "POST /applications/{number}/photos": Operation(
        "addPhotos", (errors.NotFound, errors.StepNotPossible, errors.TooManyPhotos)
    ),
    "GET /applications/{number}/survey": Operation("getSurvey", (errors.NotFound,)),
    "POST /applications/{number}/survey": Operation("answerSurvey", (*STEP, errors.AlreadyAnswered)),
    "GET /staff/work": Operation(
        "listWork", (errors.InvalidRequest,), ("backlog", "team", "department", "owner", "cursor")
    ),
    "GET /staff/members": Operation("listMembers"),
    "GET /staff/members/{member_id}": Operation("getMember", (errors.NotFound,)),
    "PUT /staff/members/{member_id}": Operation("saveMember", (errors.UnknownTeam,)),
    "DELETE /staff/members/{member_id}": Operation("removeMember", (errors.NotFound,)),
    "PUT /staff/presence": Operation("tellPresence", (errors.NotFound,)),
    "GET /staff/teams": Operation("listTeams"),
    "PUT /staff/teams/{team_id}": Operation("saveTeam", (errors.UnknownMember,)),
    "GET /service/{store_id}": Operation("getServiceTerms", (errors.NotFound,)),
    "PUT /service/{store_id}": Operation("replaceServiceTerms", (errors.NotFound,)),
    f"GET {CASE}": Operation("getCase", (errors.NotFound,)),
    f"GET {CASE}/quote": Operation("quoteCase", (errors.NotFound, errors.StepNotPossible, errors.UnknownVariant)),
    f"POST {CASE}/claim": Operation("claimCase", (*CASE_STEP, errors.AnotherPersonDecides, errors.NoCapacity)),
    f"POST {CASE}/information-request": Operation("requestInformation", CASE_STEP),
    f"POST {CASE}/decision": Operation("decideCase", (*CASE_STEP, errors.AnotherPersonDecides)),
    f"POST {CASE}/receipt": Operation("recordReceipt", CASE_STEP),
    f"POST {CASE}/inspection": Operation("recordInspection", CASE_STEP),
    f"POST {CASE}/remedy": Operation("changeRemedy", (*CASE_STEP, errors.QuantityNotAvailable)),
    f"POST {CASE}/refund": Operation("orderRefund", (*CASE_STEP, *AMOUNT, errors.UnknownVariant, errors.QuoteChanged)),
    f"POST {CASE}/refund-confirmation": Operation("confirmRefundOffline", (*STEP, *AMOUNT)),
    f"POST {CASE}/replacement": Operation("orderReplacement", (*CASE_STEP, errors.UnknownVariant)),
    f"POST {CASE}/replacement-confirmation": Operation("reportReplacement", CASE_STEP),
    f"POST {CASE}/charge": Operation("orderCharge", (*CASE_STEP, errors.UnknownVariant)),
    f"POST {CASE}/charge-confirmation": Operation("reportCharge", (*STEP, errors.CurrencyMismatch)),
    f"POST {CASE}/compensation": Operation("giveCompensation", (*CASE_STEP, *AMOUNT)),
    f"POST {CASE}/compensation-approval": Operation(
        "approveCompensation", (*STEP, *AMOUNT, errors.AnotherPersonDecides)
    ),
    f"POST {CASE}/credit-confirmation": Operation("reportCredit", STEP),
    f"POST {CASE}/diagnosis": Operation("recordDiagnosis", (*CASE_STEP, errors.CurrencyMismatch)),
    f"POST {CASE}/visit": Operation("planVisit", CASE_STEP),
    f"POST {CASE}/parts": Operation("awaitParts", CASE_STEP),
    f"POST {CASE}/parts-arrival": Operation("recordParts", CASE_STEP),
    f"POST {CASE}/repair-result": Operation("recordRepair", CASE_STEP),
    f"POST {CASE}/dispatch": Operation("dispatchGoods", CASE_STEP),
    f"POST {CASE}/dispute-answer": Operation("answerDispute", (*STEP, errors.NoCapacity)),
    f"POST {CASE}/completion": Operation("completeCase", CASE_STEP),
    f"POST {CASE}/transfer": Operation("transferCase", (*CASE_STEP, *ASSIGNING)),
    f"POST {CASE}/handover": Operation("handOverCase", (*CASE_STEP, errors.UnknownTeam)),
    f"POST {CASE}/takeover": Operation("takeOverCase", (*STEP, errors.AnotherPersonDecides, errors.NoCapacity)),
    f"POST {TASKS}": Operation("openTask", (*CASE_STEP, errors.UnknownMember)),
    f"POST {TASKS}/{{task_id}}/completion": Operation("finishTask", CASE_STEP),
    f"POST {CASE}/notes": Operation("addNote", (errors.NotFound, errors.Outdated)),
    f"POST {CASE}/follow-up": Operation("recordFollowUp", STEP),
    f"GET {POLICY}": Operation("getPolicy", (errors.NotFound,)),
    f"GET {POLICY}/versions/{{version}}": Operation("getPolicyVersion", (errors.NotFound,)),
    f"GET {POLICY}/draft": Operation("getPolicyDraft", (errors.NotFound,)),
    f"PUT {POLICY}/draft": Operation("savePolicyDraft", (errors.NotFound, errors.Outdated)),
    f"POST {POLICY}/publication": Operation("publishPolicy", DRAFTED),
    f"POST {POLICY}/rollback": Operation("rollBackPolicy", (errors.NotFound, errors.Outdated)),
    f"POST {POLICY}/backtests": Operation("startBacktest", DRAFTED),
    f"GET {POLICY}/backtests/{{backtest_id}}": Operation("getBacktest", (errors.NotFound,)),
    f"GET {POLICY}/backtests/{{backtest_id}}/differences": Operation(
        "listDifferences", (errors.NotFound, errors.InvalidRequest), ("cursor",)
    ),
    f"GET {DESK}": Operation("enterDesk"),
    f"POST {DESK}/sign-in": Operation("signIn"),
    f"POST {DESK}/password": Operation("choosePassword"),
    f"POST {DESK}/sign-out": Operation("signOut", (errors.Forbidden,)),
    f"POST {DESK}/language": Operation("chooseLanguage", (errors.Forbidden,)),
    f"POST {DESK}/presence": Operation("tellPresenceOnPage", (errors.Forbidden, errors.NotFound)),
    f"GET {DESK}/work": Operation("showWork", (errors.Forbidden,), ("backlog", "of", "status", "type", "page")),
    f"GET {DESK}/cases/{{number}}": Operation("showCase", (errors.NotFound,), ("done",)),
    f"POST {DESK}/cases/{{number}}/{{step}}": Operation("actOnPage", (errors.Forbidden, *CASE_STEP)),
    "GET /track/{token}": Operation("showApplication", (errors.NotFound,)),
    "POST /track/{token}/cancellation": Operation("cancelOnPage", STEP),
    "POST /track/{token}/information": Operation("giveInformationOnPage", STEP),
    "POST /track/{token}/parcel": Operation("tellParcelOnPage", STEP),
    "POST /track/{token}/quote-answer": Operation("answerQuoteOnPage", STEP),
    "POST /track/{token}/confirmation": Operation("confirmOutcomeOnPage", STEP),
    "POST /track/{token}/dispute": Operation("disputeOutcomeOnPage", STEP),
    "POST /track/{token}/appeal": Operation("appealOnPage", APPEAL_STEP),
    "GET /survey/{token}": Operation("showSurvey", (errors.NotFound,)),
    "POST /survey/{token}": Operation("answerSurveyOnPage", (*STEP, errors.AlreadyAnswered)),
}

TEXT: Json = {"type": "string"}
PARAMETERS: dict[str, tuple[str, str, Json]] = {
    "order_number": ("path", "The order's number as its customer knows it, without `#`.", TEXT),
    "store_id": ("path", "The store's id at the desk.", TEXT),
    "refund_id": ("path", "As the webhook `refund.ordered` named it.", TEXT),
    "replacement_id": ("path", "As the webhooks `replacement.reserve` and `replacement.ship` named it.", TEXT),
    "charge_id": ("path", "As the webhook `charge.ordered` named it.", TEXT),
    "credit_id": ("path", "As the webhook `credit.ordered` named it.", TEXT),
    "number": ("path", "The application number, in any case, with or without hyphens.", TEXT),
    "token": ("path", "From the link in a mail: opens this one application, and expires.", TEXT),
    "version": ("path", "A version's number, or the name of a pack such as `default` or `china`.", TEXT),
    "backtest_id": ("path", "As the answer named it that started the backtest.", TEXT),
    "member_id": ("path", "Their user name at Cognito.", TEXT),
    "team_id": ("path", "The team's id: small letters, digits and underscores.", TEXT),
    "task_id": ("path", "As the case's timeline names it where the task was opened.", TEXT),
    "step": ("path", "The step, as it is called in the API: `claim`, `refund`.", TEXT),
    "backlog": ("query", "`true`: the work that nobody has yet, in place of one's own.", {"type": "boolean"}),
    "team": ("query", "With `backlog`: of this team, in place of one's own.", TEXT),
    "department": ("query", "The open tasks of this department.", TEXT),
    "owner": ("query", "For leads: the work of this member of staff.", TEXT),
    "of": ("query", "For leads: the work of this member of staff.", TEXT),
    "status": ("query", "Only what stands so.", TEXT),
    "type": ("query", "Only applications of this type.", TEXT),
    "page": ("query", "Which page of the list, from 1.", {"type": "integer"}),
    "done": ("query", "The step that was just done: the page says so.", TEXT),
    "cursor": ("query", "From the answer before: leads to the next page.", TEXT),
    "Idempotency-Key": (
        "header",
        "One for each thing to be done, such as a UUID; kept for 24 hours.",
        TEXT | {"minLength": 1, "maxLength": MAX_KEY_LENGTH},
    ),
    # Not `required`: API Gateway would tell `x-shopify-hmac-sha256` from it. The function refuses its absence.
    "X-Shopify-Hmac-Sha256": ("header", "Base64 of the HMAC-SHA256 of the raw body under the store's secret.", TEXT),
    "X-Hmac-Signature": ("header", "By EasyPost: the HMAC-SHA256 of the raw body under the store's secret.", TEXT),
    "Stripe-Signature": ("header", "By Stripe: a time and signatures over it and the raw body.", TEXT),
}
