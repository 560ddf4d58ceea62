"""What the table of routes does not say of each operation."""

from typing import NamedTuple

from aftersales import errors
from aftersales.errors import Problem
from aftersales.routes import Route, desk
from aftersales.routes.route import APPLICATION, CASE, DESK, MEMBER, POLICY, SERVICE, SURVEY, TRACK


class Operation(NamedTuple):
    """A name for clients, the errors of the use case, other parameters than those of the path."""

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
ASSIGNING = (errors.UnknownMember, errors.MemberNotAvailable, errors.AnotherPersonDecides)
DRAFTED = (errors.NotFound, errors.Outdated, errors.PolicyRefused)

LISTS = ("backlog", "team", "department", "owner")
"""How a list of work is asked for, of the API and of the desk's page alike."""

FILTERS = ("status", "type", "priority", "kind")
"""What such a list is filtered by on the page."""

TASKS = f"{CASE}/tasks"
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
    f"GET {APPLICATION}": Operation("getApplication", (errors.NotFound,)),
    f"POST {APPLICATION}/cancellation": Operation("cancelApplication", STEP),
    f"POST {APPLICATION}/information": Operation("giveInformation", STEP),
    f"POST {APPLICATION}/parcel": Operation("tellParcel", STEP),
    f"POST {APPLICATION}/quote-answer": Operation("answerQuote", STEP),
    f"POST {APPLICATION}/confirmation": Operation("confirmOutcome", STEP),
    f"POST {APPLICATION}/dispute": Operation("disputeOutcome", STEP),
    f"POST {APPLICATION}/appeal": Operation("appealRejection", APPEAL_STEP),
    f"POST {APPLICATION}/photos": Operation(
        "addPhotos", (errors.NotFound, errors.StepNotPossible, errors.TooManyPhotos)
    ),
    f"GET {APPLICATION}/survey": Operation("getSurvey", (errors.NotFound,)),
    f"POST {APPLICATION}/survey": Operation("answerSurvey", (*STEP, errors.AlreadyAnswered)),
    "GET /staff/work": Operation("listWork", (errors.InvalidRequest,), (*LISTS, "cursor")),
    "GET /staff/members": Operation("listMembers"),
    f"GET {MEMBER}": Operation("getMember", (errors.NotFound,)),
    f"PUT {MEMBER}": Operation("saveMember", (errors.UnknownTeam,)),
    f"DELETE {MEMBER}": Operation("removeMember"),
    "PUT /staff/presence": Operation("tellPresence", (errors.NotFound,)),
    "GET /staff/teams": Operation("listTeams"),
    "PUT /staff/teams/{team_id}": Operation("saveTeam", (errors.UnknownMember,)),
    f"GET {SERVICE}": Operation("getServiceTerms", (errors.NotFound,)),
    f"PUT {SERVICE}": Operation("replaceServiceTerms", (errors.NotFound,)),
    f"GET {CASE}": Operation("getCase", (errors.NotFound,)),
    f"GET {CASE}/quote": Operation("quoteCase", (errors.NotFound, errors.StepNotPossible, errors.UnknownVariant)),
    f"POST {CASE}/claim": Operation("claimCase", (*CASE_STEP, errors.AnotherPersonDecides, errors.NoCapacity)),
    f"POST {CASE}/information-request": Operation("requestInformation", CASE_STEP),
    f"POST {CASE}/message": Operation("sendMessage", CASE_STEP),
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
        "approveCompensation", (*STEP, *AMOUNT, errors.AnotherPersonDecides, errors.QuoteChanged)
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
    f"POST {DESK}/sign-out": Operation("signOut", (errors.FormTooOld,)),
    f"POST {DESK}/language": Operation("chooseLanguage", (errors.Forbidden,)),
    f"POST {DESK}/presence": Operation("tellPresenceOnPage", (errors.FormTooOld, errors.NotFound)),
    f"GET {DESK}/work": Operation("showWork", (errors.Forbidden,), (*LISTS, *FILTERS, "late", "page", "done")),
    f"GET {DESK}/people": Operation("showPeople", (errors.Forbidden,)),
    f"POST {DESK}/search": Operation("findCases"),
    f"GET {DESK}/cases/{{number}}": Operation("showCase", (errors.NotFound,), ("done",)),
    f"POST {DESK}/cases/{{number}}/{{step}}": Operation("actOnPage", (errors.Forbidden, errors.FormTooOld, *CASE_STEP)),
    f"GET {TRACK}": Operation("showApplication", (errors.NotFound,)),
    f"POST {TRACK}/cancellation": Operation("cancelOnPage", STEP),
    f"POST {TRACK}/information": Operation("giveInformationOnPage", STEP),
    f"POST {TRACK}/parcel": Operation("tellParcelOnPage", STEP),
    f"POST {TRACK}/quote-answer": Operation("answerQuoteOnPage", STEP),
    f"POST {TRACK}/confirmation": Operation("confirmOutcomeOnPage", STEP),
    f"POST {TRACK}/dispute": Operation("disputeOutcomeOnPage", STEP),
    f"POST {TRACK}/appeal": Operation("appealOnPage", APPEAL_STEP),
    f"GET {SURVEY}": Operation("showSurvey", (errors.NotFound,)),
    f"POST {SURVEY}": Operation("answerSurveyOnPage", (*STEP, errors.AlreadyAnswered)),
}
