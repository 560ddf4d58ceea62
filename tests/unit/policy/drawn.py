"""What Hypothesis draws for policies: verdicts, facts, and tables as a store might write them."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from aftersales.applications.lifecycle import Type
from aftersales.applications.model import Reason
from aftersales.policy.answer import Verdict
from aftersales.policy.document import Policy
from aftersales.policy.facts import MAY_BE_MISSING, Facts
from aftersales.policy.verdict import FREIGHT, OUTCOMES, PRIORITY, REFUND_DUE


def some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=min(len(values), 3)).map(tuple)


@st.composite
def verdicts(draw: st.DrawFn) -> Verdict:
    """As `verdict` makes them: what is accepted wants no more evidence, and what is unsure is for a person."""
    outcome = draw(st.sampled_from(OUTCOMES))
    wanted = some("photo", "serial_number").filter(lambda kinds: bool(kinds) or outcome != "information_wanted")
    return Verdict.model_validate(
        {
            "outcome": outcome,
            "reasons": draw(some("why", "why_not")),
            "resolutions": draw(some(*Type)),
            "window_ends_on": draw(st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1))),
            "send_back": draw(st.booleans()),
            "refund_due": draw(st.sampled_from(REFUND_DUE)),
            "return_freight": draw(st.sampled_from(FREIGHT)),
            "restocking_fee": draw(st.integers(0, 100)),
            "evidence": () if outcome == "accept" else draw(wanted),
            "priority": draw(st.sampled_from(PRIORITY)),
            "missing": draw(some("opened", "category")) if outcome == "manual_review" else (),
        }
    )


DOMAINS: dict[str, list[Any]] = {
    "type": list(Type),
    "reason": list(Reason),
    "category": ["general", "clothing", "electronics", "appliance", "perishable", "digital", "custom_made", "intimate"],
    "opened": [True, False],
    "custom_made": [True, False],
    "final_sale": [True, False],
    "digital": [True, False],
    "no_return_confirmed": [True, False],
    "days_since_delivery": list(range(20)),
    "days_since_delivery_at_work": list(range(20)),
    "months_since_delivery": list(range(30)),
    "warranty_days_left": [-1, 0, 1, 200],
    "repairs_tried": [0, 1, 2, 3],
    "days_in_repair": [0, 30, 31, 90, 91],
    "price_paid": [0, 4999, 5000, 5001, 900000],
    "evidence": [0, 1],
    "serial_number": ["K7-20419-83"],
    "risk": ["none", "watch", "blocked"],
}
"""Values on both sides of what the tables test. All facts that may be missing can be drawn as missing."""


@st.composite
def facts(draw: st.DrawFn, country: str = "CN") -> Facts:
    known = {name: draw(_values(name)) for name in DOMAINS}
    delivered = known["days_since_delivery"] is not None
    more = {"channel": "web", "country": country, "currency": "CNY", "delivered": delivered, "quantity": 1}
    return Facts.model_validate(known | more)


def _values(name: str) -> st.SearchStrategy[Any]:
    known = st.sampled_from(DOMAINS[name])
    return st.none() | known if name in MAY_BE_MISSING else known


def _cells(name: str, *, of_null: bool) -> st.SearchStrategy[str]:
    values = DOMAINS[name]
    if isinstance(values[0], bool):
        kinds = [st.sampled_from(["true", "false"])]
    elif isinstance(values[0], int):
        number = st.sampled_from(values)
        kinds = [
            st.builds("{} {}".format, st.sampled_from(["<=", ">=", "<", ">"]), number),
            st.builds(lambda low, more: f"[{low}..{low + more}]", number, st.integers(0, 9)),
        ]
    else:
        listed = st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)
        kinds = [listed.map(lambda some: ", ".join(f"'{each}'" for each in some))]
        kinds.append(listed.map(lambda some: f"not in [{', '.join(repr(str(each)) for each in some)}]"))
    null = [st.just("null")] if of_null and name in MAY_BE_MISSING else []
    return st.one_of(st.just(""), *kinds, *null)


ANSWERS: dict[str, st.SearchStrategy[str]] = {
    "outcome": st.sampled_from([f"'{each}'" for each in OUTCOMES]),
    "reason": st.just("'terms'"),
    "resolutions": some(*Type).map(lambda types: f"[{', '.join(repr(str(each)) for each in types)}]"),
    "window_days": st.integers(0, 60).map(str),
    "send_back": st.sampled_from(["true", "false"]),
    "refund_due": st.sampled_from([f"'{each}'" for each in REFUND_DUE]),
    "return_freight": st.sampled_from([f"'{each}'" for each in FREIGHT]),
    "restocking_fee": st.integers(0, 100).map(str),
    "evidence": st.sampled_from(["[]", "['photo']", "['serial_number']", "['photo', 'serial_number']"]),
    "priority": st.sampled_from([f"'{each}'" for each in PRIORITY]),
}


UNSURE = sorted(DOMAINS.keys() & MAY_BE_MISSING)
"""Those of them that may be missing."""


@st.composite
def store_policies(draw: st.DrawFn, facts: Sequence[str] = sorted(DOMAINS), *, of_null: bool = True) -> Policy:
    """One table over a few of these facts, with a last row without conditions."""
    tested = draw(st.lists(st.sampled_from(facts), min_size=1, max_size=4, unique=True))
    rules = [
        {name: draw(_cells(name, of_null=of_null)) for name in tested if index}
        | {f"say_{field}": draw(answer) for field, answer in ANSWERS.items()}
        | {"_id": f"row_{index}"}
        for index in range(draw(st.integers(1, 6)), -1, -1)
    ]
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "field": name} for name in tested],
        "outputs": [{"id": f"say_{field}", "field": field} for field in ANSWERS],
        "rules": rules,
    }
    return Policy.model_validate(
        {
            "name": "drawn",
            "kind": "store",
            "title": {"en": "Drawn"},
            "reasons": {"terms": {"en": "So say the terms."}},
            "graph": {"nodes": _nodes(table), "edges": _edges("request", "terms", "response")},
        }
    )


def _nodes(table: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"id": "request", "name": "request", "type": "inputNode"},
        {"id": "terms", "name": "terms", "type": "decisionTableNode", "content": table},
        {"id": "response", "name": "response", "type": "outputNode"},
    ]


def _edges(*nodes: str) -> list[dict[str, str]]:
    return [{"id": source, "sourceId": source, "targetId": target} for source, target in pairwise(nodes)]
