"""The golden cases of a policy, run: each must hold, and each row should have one."""

from collections import Counter
from collections.abc import Iterator

from aftersales.policy.cases import run
from aftersales.policy.check.drawing import Drawing
from aftersales.policy.check.findings import Finding, quoted
from aftersales.policy.engine import Engine


def golden(drawing: Drawing) -> Iterator[Finding]:
    policy = drawing.policy
    for name, count in Counter(case.name for case in policy.cases).items():
        if count > 1:
            yield Finding.error("case_twice", f"there are {count} cases {quoted(name)}")
    engine, tried = Engine((policy,)), set[str]()
    for case in policy.cases:
        ran = run(engine, policy, case)
        tried |= {fired.rule for fired in ran.fired}
        if ran.differences:
            message = f"the case {quoted(case.name)} does not hold: {'; '.join(ran.differences)}"
            yield Finding.error("case_fails", message, example=case.facts)
    for node, table in drawing.tables.items():
        for rule in table.rules:
            if rule["_id"] not in tried:
                yield Finding.warning("row_untried", "no case comes to this row", table=node, row=rule["_id"])
