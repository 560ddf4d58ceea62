"""What staff do with a case, and who is on the staff. Policy owners may read a case."""

from aftersales.routes.route import CASE, LEADS, MEMBER, SERVICE, STAFF, Callers, Route

FACTS = "staff.model:MemberFacts"
TERMS = "sla.terms:ServiceTerms"


def _step(
    path: str, summary: str, body: str | None = None, callers: Callers = STAFF, function: str = "casework"
) -> Route:
    """It may be sent again, and is answered with the case as it then stands."""
    return Route("POST", CASE + path, function, callers, summary, "staff.case:CaseView", body=body, idempotent=True)


def _remedy(path: str, summary: str, body: str, callers: Callers = STAFF) -> Route:
    """What is done about it: money, goods, a repair, an answer to a dispute."""
    return _step(path, summary, body, callers, "remedy")


ROUTES = (
    Route("GET", "/staff/work", "casework", STAFF, "My work, or the backlog, by due time", "staff.worklist:WorkList"),
    Route("GET", "/staff/members", "people", STAFF, "Who works at the desk", "staff.people:Members"),
    Route("GET", MEMBER, "people", STAFF, "One member of staff", "staff.model:Member"),
    Route(
        "PUT", MEMBER, "people", LEADS, "Say who they are and when they work on what", "staff.model:Member", body=FACTS
    ),
    Route(
        "DELETE", MEMBER, "people", LEADS, "Take them off the roster; others get their cases", "staff.people:Removed"
    ),
    Route("GET", "/staff/teams", "people", STAFF, "The teams", "staff.people:Teams"),
    Route(
        "PUT",
        "/staff/teams/{team_id}",
        "people",
        LEADS,
        "Make a team, or change it",
        "staff.model:Team",
        body="staff.model:TeamFacts",
    ),
    Route(
        "PUT",
        "/staff/presence",
        "people",
        STAFF,
        "Say whether one takes more work now",
        "staff.model:Member",
        body="staff.people:PresenceTold",
    ),
    Route("GET", SERVICE, "people", LEADS, "What a store has promised: calendars and times", TERMS),
    Route("PUT", SERVICE, "people", LEADS, "Promise something else, for open cases too", TERMS, body=TERMS),
    Route("GET", CASE, "casework", (*STAFF, "policy_owner"), "The whole case", "staff.case:CaseView"),
    Route(
        "GET",
        CASE + "/quote",
        "remedy",
        (*STAFF, "policy_owner"),
        "What a refund or an exchange of the case comes to now",
        "applications.refund:Quote",
    ),
    _step("/claim", "Take a case from the backlog"),
    _step("/information-request", "Ask the customer for information", "staff.casework:Question"),
    _step("/message", "Write to the customer", "staff.casework:Question"),
    _step("/decision", "Accept, whole or in part, or reject", "staff.decision:StaffDecision"),
    _step("/receipt", "Record that the goods arrived", "staff.casework:Remark"),
    _step("/inspection", "Record in what condition each unit is", "staff.casework:Inspection"),
    _remedy("/remedy", "Do something else about it that the decision allows", "resolution.remedy:RemedyChange"),
    _remedy("/refund", "Order the refund", "resolution.order:RefundOrder"),
    _remedy(
        "/refund-confirmation",
        "Say what became of a refund that no program reports",
        "resolution.confirmation:OfflineConfirmation",
        LEADS,
    ),
    _remedy("/replacement", "Have the replacement sent", "replacement.order:ReplacementOrder"),
    _remedy(
        "/replacement-confirmation",
        "Say what became of a replacement that no program reports",
        "replacement.confirmation:ReplacementReport",
    ),
    _remedy("/charge", "Ask the customer to pay what is due from them", "charges.order:ChargeOrder"),
    _remedy(
        "/charge-confirmation",
        "Say whether the customer has paid, where no program reports it",
        "charges.confirmation:ChargeReport",
        LEADS,
    ),
    _remedy("/compensation", "Give something for the trouble", "compensation.give:Compensation"),
    _remedy("/compensation-approval", "Approve or refuse it", "compensation.approve:Approval", LEADS),
    _remedy(
        "/credit-confirmation",
        "Say whether a coupon or points were given, where no program reports it",
        "compensation.confirmation:CreditReport",
        LEADS,
    ),
    _remedy("/diagnosis", "Say what is wrong, and what a repair costs", "repair.diagnose:Diagnosis"),
    _remedy("/visit", "Plan a visit, or help from afar", "repair.visit:VisitPlan"),
    _remedy("/parts", "Say that parts are waited for", "staff.casework:Question"),
    _remedy("/parts-arrival", "Say that the parts are here", "staff.casework:Remark"),
    _remedy("/repair-result", "Say whether it could be repaired", "repair.finish:RepairResult"),
    _remedy("/dispatch", "Send the customer's goods back", "repair.dispatch:Dispatch"),
    _remedy("/dispute-answer", "Answer a dispute, or go on with the case", "closing.dispute:DisputeAnswer", LEADS),
    _step("/completion", "Finish a case with an answer", "staff.casework:Question"),
    _step("/transfer", "Give a case to a colleague", "staff.pass_on:Transfer"),
    _step("/handover", "Hand a case over to another team, with a note", "staff.pass_on:Handover"),
    _step("/takeover", "Take over a case that somebody has", callers=LEADS),
    _step("/tasks", "Give a task to another department", "staff.tasks:TaskWanted"),
    _step("/tasks/{task_id}/completion", "Say what came of a task", "staff.casework:Question"),
    _step("/notes", "Leave a note for colleagues", "staff.casework:Question"),
    _step("/follow-up", "Record what came of calling the customer back", "staff.casework:Question"),
)
