"""The golden cases of a policy, run: each must hold, and each row should have one."""

from collections import Counter
from collections.abc import Iterator

from aftersales.policy.cases import BadCase, answered, run
from aftersales.policy.check.drawing import Drawing
from aftersales.policy.check.findings import Finding, quoted
from aftersales.policy.document import Case, Policy
from aftersales.policy.engine import Engine, NoAnswer


def golden(drawing: Drawing) -> Iterator[Finding]:
    policy = drawing.policy
    for name, count in Counter(case.name for case in policy.cases).items():
        if count > 1:
            yield Finding.error("case_twice", f"there are {count} cases {quoted(name)}")
    engine, tried = Engine((policy,)), set[str]()
    for case in policy.cases:
        if differences := run(engine, policy, case):
            message = f"the case {quoted(case.name)} does not hold: {'; '.join(differences)}"
            yield Finding.error("case_fails", message, example=case.facts)
        tried |= _fired(engine, policy, case)
    for node, table in drawing.tables.items():
        for rule in table.rules:
            if rule["_id"] not in tried:
                yield Finding.warning("row_untried", "no case comes to this row", table=node, row=rule["_id"])


def _fired(engine: Engine, policy: Policy, case: Case) -> set[str]:
    try:
        return {fired.rule for fired in answered(engine, policy, case).fired}
    except (BadCase, NoAnswer):
        return set()
