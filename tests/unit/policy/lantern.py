"""A tea shop's own terms: small, sound, with every row tried. A test changes what it is about."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

from aftersales.policy.check.check import check, read
from aftersales.policy.check.findings import Finding

Document = dict[str, Any]
Change = Callable[[Document], Any]
Place = tuple[str | None, str | None, str | None]
"""Table, row and column."""

NOWHERE: Place = (None, None, None)
THROUGH = ("request>timing", "timing>eligibility", "timing>urgency")
"""Edges from the input to both tables."""

TERMS: Document = {
    "name": "lantern",
    "kind": "store",
    "title": {"zh-CN": "灯笼茶器售后条款", "en": "Terms of Lantern Tea Ware"},
    "reasons": {
        "talk": {"zh-CN": "我们会有专人回复您。", "en": "Someone from our team will answer you."},
        "outlet": {"zh-CN": "特卖商品不支持退换。", "en": "Outlet goods cannot be returned."},
        "window_over": {"zh-CN": "已超过可申请的期限。", "en": "The time to ask for this is over."},
        "within_terms": {"zh-CN": "符合本店售后条款。", "en": "This is covered by our terms."},
    },
    "graph": {
        "nodes": [
            {"id": "request", "type": "inputNode", "name": "Request"},
            {
                "id": "timing",
                "type": "expressionNode",
                "name": "Timing",
                "content": {
                    "passThrough": True,
                    "expressions": [
                        {
                            "id": "late",
                            "key": "late",
                            "value": "days_since_delivery == null ? null : days_since_delivery > 7",
                        }
                    ],
                },
            },
            {
                "id": "eligibility",
                "type": "decisionTableNode",
                "name": "Eligibility",
                "content": {
                    "hitPolicy": "first",
                    "inputs": [
                        {"id": "type", "name": "Type", "field": "type"},
                        {"id": "tags", "name": "Tags", "field": "tags"},
                        {"id": "late", "name": "Late", "field": "late"},
                    ],
                    "outputs": [
                        {"id": "outcome", "name": "Outcome", "field": "outcome"},
                        {"id": "because", "name": "Because", "field": "reason"},
                        {"id": "window", "name": "Window", "field": "window_days"},
                    ],
                    "rules": [
                        {
                            "_id": "talk",
                            "type": "'complaint', 'consultation'",
                            "outcome": "'accept'",
                            "because": "'talk'",
                        },
                        {
                            "_id": "outlet",
                            "type": "not in ['complaint', 'consultation']",
                            "tags": "contains($, 'outlet')",
                            "outcome": "'reject'",
                            "because": "'outlet'",
                        },
                        {
                            "_id": "late",
                            "type": "not in ['complaint', 'consultation']",
                            "tags": "not contains($, 'outlet')",
                            "late": "true",
                            "outcome": "'reject'",
                            "because": "'window_over'",
                            "window": "7",
                        },
                        {"_id": "rest", "outcome": "'accept'", "because": "'within_terms'", "window": "7"},
                    ],
                },
            },
            {
                "id": "urgency",
                "type": "decisionTableNode",
                "name": "Urgency",
                "content": {
                    "hitPolicy": "first",
                    "inputs": [
                        {"id": "tier", "name": "Tier", "field": "customer_tier"},
                        {"id": "quantity", "name": "Quantity", "field": "quantity"},
                    ],
                    "outputs": [{"id": "priority", "name": "Priority", "field": "priority"}],
                    "rules": [
                        {"_id": "dear", "tier": "'gold', 'jade'", "quantity": ">= 3", "priority": "'high'"},
                        {"_id": "usual", "priority": "'normal'"},
                    ],
                },
            },
            {"id": "response", "type": "outputNode", "name": "Response"},
        ],
        "edges": [
            {"id": "e1", "sourceId": "request", "targetId": "timing"},
            {"id": "e2", "sourceId": "timing", "targetId": "eligibility"},
            {"id": "e3", "sourceId": "timing", "targetId": "urgency"},
            {"id": "e4", "sourceId": "eligibility", "targetId": "response"},
            {"id": "e5", "sourceId": "urgency", "targetId": "response"},
        ],
    },
    "cases": [
        {
            "name": "a question about a teapot",
            "facts": {"type": "consultation"},
            "outcome": "accept",
            "rules": ["talk"],
        },
        {"name": "from the outlet", "facts": {"tags": ["outlet", "cup"]}, "outcome": "reject", "rules": ["outlet"]},
        {"name": "a day late", "facts": {"days_since_delivery": 8}, "outcome": "reject", "rules": ["late"]},
        {
            "name": "on the last day",
            "facts": {"days_since_delivery": 7},
            "outcome": "accept",
            "rules": ["rest", "usual"],
        },
        {
            "name": "a dear customer with a set of cups",
            "facts": {"customer_tier": "jade", "quantity": 6},
            "outcome": "accept",
            "rules": ["dear"],
            "expect": {"priority": "high"},
        },
    ],
}


def terms(*changes: Change) -> Document:
    document = deepcopy(TERMS)
    for change in changes:
        change(document)
    return document


def found(document: Document) -> list[Finding]:
    policy, findings = read(document)
    return [*findings, *(check(policy) if policy else ())]


def node(document: Document, id_: str) -> Document:
    nodes: list[Document] = document["graph"]["nodes"]
    [found_] = [each for each in nodes if each["id"] == id_]
    return found_


def content(document: Document, id_: str = "eligibility") -> Document:
    inside: Document = node(document, id_)["content"]
    return inside


def rule(document: Document, id_: str) -> Document:
    rules: list[Document] = [*content(document)["rules"], *content(document, "urgency")["rules"]]
    [found_] = [each for each in rules if each["_id"] == id_]
    return found_


def cell(rule_: str, column: str, text: str) -> Change:
    return lambda document: rule(document, rule_).update({column: text})


def late_is(expression: str) -> Change:
    """The worked-out fact `late` is this."""
    return lambda document: content(document, "timing")["expressions"][0].update(value=expression)


def edges(*pairs: str) -> Change:
    """The graph has these edges: `request>timing`."""
    drawn = [dict(zip(("id", "sourceId", "targetId"), (pair, *pair.split(">")), strict=True)) for pair in pairs]
    return lambda document: document["graph"].update(edges=drawn)


def one_table(facts: Sequence[str], *rows: Document) -> Document:
    """Terms of one table with a column for each fact, whose rows `r1`, `r2`… each give another window."""
    columns = [{"id": f"{field}_{at}", "field": field} for at, field in enumerate(facts)]
    answered = {"outcome": "'accept'", "because": "'within_terms'"}
    rules = [
        {
            "_id": f"r{at}",
            **{column["id"]: row.get(column["field"], "") for column in columns},
            **answered,
            "window": f"{at}",
        }
        for at, row in enumerate(rows, start=1)
    ]
    document = terms(edges("request>eligibility", "eligibility>response"))
    document["graph"]["nodes"] = [node(document, id_) for id_ in ("request", "eligibility", "response")]
    content(document).update(inputs=columns, rules=rules)
    return document | {"cases": [], "reasons": {"within_terms": TERMS["reasons"]["within_terms"]}}


def place(finding: Finding) -> tuple[str, Place]:
    return finding.code, (finding.table, finding.row, finding.column)


def errors(document: Document) -> list[Finding]:
    return [finding for finding in found(document) if finding.severity == "error"]


def column(table: str, side: str, at: int, **change: Any) -> Change:
    return lambda document: content(document, table)[side][at].update(change)


def table(id_: str, **change: Any) -> Change:
    return lambda document: content(document, id_).update(change)


def nodes(**change: Any) -> Change:
    """One more node."""
    new = {"id": "more", "name": "More", **change}
    return lambda document: document["graph"]["nodes"].append(new)


def expression(**change: str) -> Change:
    """One more of them, before the others."""
    new = {"id": "more", "key": "more", **change}
    return lambda document: content(document, "timing")["expressions"].insert(0, new)


def answer(table_: str, field: str, text: str) -> Change:
    """One more column, with the same answer in each row."""

    def change(document: Document) -> None:
        inside = content(document, table_)
        inside["outputs"].append({"id": f"its_{field}", "field": field})
        for each in inside["rules"]:
            each[f"its_{field}"] = text

    return change
