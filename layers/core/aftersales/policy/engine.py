"""Policies in ZEN, the rules engine that evaluates JDM.

ZEN lets a test of an absent fact fail in silence. So each row that tests facts which may be missing is first made to
fit them as well, and to say which they were: the first row that fits or might fit answers, and a fact that it needed
and nobody knew is named. What then is decided with certainty would have been decided with every value of that fact.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from aftersales.policy.answer import Answer, Fired
from aftersales.policy.document import Policy
from aftersales.policy.facts import MAY_BE_MISSING, Facts

if TYPE_CHECKING:
    from zen import ZenEngine

FIRED, MISSING, DECIDED = "fired", "missing", "decided"
OWN = (FIRED, MISSING, DECIDED)
"""Columns that the engine adds to each table: no policy may have them."""

TABLE, EXPRESSIONS = "decisionTableNode", "expressionNode"


class NoAnswer(Exception):
    """The policy came to nothing, or to something that is no answer. Never for one that passed its check."""


class Said:
    """What the tables said: the answer, the rules that fired by table, and the facts that they needed in vain.

    `rule` is the one of them that decided, by its whole name: `china/right/seven_days`.
    """

    def __init__(self, name: str, result: Mapping[str, Any]) -> None:
        self.fired = tuple(
            Fired(policy=name, table=table, rule=rule) for table, rule in sorted(result.get(FIRED, {}).items())
        )
        self.missing = tuple(sorted({fact for facts in result.get(MISSING, {}).values() for fact in facts}))
        self.rule = f"{name}/{result.get(DECIDED)}"
        self.answer = _answer(name, result)


def _answer(name: str, result: Mapping[str, Any]) -> Answer:
    try:
        return Answer.model_validate({key: value for key, value in result.items() if value is not None})
    except ValidationError as error:
        raise NoAnswer(f"{name}: {error.errors(include_input=False)[0]['msg']}") from None


class Engine:
    """Policies by name, read and compiled once: evaluating what ZEN has loaded is ten times as fast as loading it."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        import zen  # noqa: PLC0415 only who decides loads it

        content = {policy.name: prepared(policy.graph) for policy in policies}
        self._zen: ZenEngine = zen.ZenEngine({"loader": {"type": "static", "content": content}})

    def ask(self, policy: Policy, facts: Facts) -> Said:
        """Raises `NoAnswer`."""
        return self.say(policy.name, facts.model_dump(mode="json"))

    def say(self, name: str, facts: Mapping[str, Any]) -> Said:
        """The same for facts that are plain JSON values already."""
        try:
            result = self._zen.evaluate(name, dict(facts))["result"]
        except Exception as error:  # noqa: BLE001 ZEN raises nothing narrower for a number that is too large for it
            raise NoAnswer(f"{name}: {str(error).splitlines()[0]}") from None
        return Said(name, result)


def prepared(graph: Mapping[str, Any]) -> dict[str, Any]:
    """The graph with tables that say which row answered, and which facts it needed and nobody knew."""
    worked_out = {
        expression["key"]
        for node in graph["nodes"]
        if node["type"] == EXPRESSIONS
        for expression in node["content"]["expressions"]
    }
    nodes = [_prepared(node, MAY_BE_MISSING | worked_out) if node["type"] == TABLE else node for node in graph["nodes"]]
    return {**graph, "nodes": nodes}


def _prepared(node: dict[str, Any], unsure: frozenset[str]) -> dict[str, Any]:
    content, table = node["content"], node["id"]
    columns = {column["id"]: column["field"] for column in content["inputs"] if column["field"] in unsure}
    fields = {FIRED: f"{FIRED}.{table}", MISSING: f"{MISSING}.{table}"}
    if any(column["field"] == "outcome" for column in content["outputs"]):
        fields[DECIDED] = DECIDED
    outputs = [*content["outputs"], *({"id": name, "name": name, "field": field} for name, field in fields.items())]
    rules = [_row(table, rule, columns) for rule in content["rules"]]
    return node | {"content": content | {"outputs": outputs, "rules": rules}}


def _row(table: str, rule: Mapping[str, str], columns: Mapping[str, str]) -> dict[str, str]:
    """A cell that speaks of `null` itself knows what it does about a missing fact."""
    unsure = {
        column: field
        for column, field in columns.items()
        if (cell := rule.get(column, "").strip()) and "null" not in cell
    }
    tests = {column: f"null, {rule[column]}" for column in unsure}
    row = {**rule, **tests, FIRED: f"'{rule['_id']}'", DECIDED: f"'{table}/{rule['_id']}'"}
    return row | ({MISSING: _missing(unsure.values())} if unsure else {})


def _missing(facts: Iterable[str]) -> str:
    named = ", ".join(f"{fact} == null ? '{fact}' : ''" for fact in facts)
    return f"filter([{named}], # != '')"
