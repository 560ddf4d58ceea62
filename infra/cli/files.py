"""Policy files, and all that can be said of one without the desk: its findings, and how its golden cases fare."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from aftersales.policy.cases import run
from aftersales.policy.check.check import check, read
from aftersales.policy.check.findings import Finding, wrong
from aftersales.policy.document import Policy
from aftersales.policy.engine import TABLE, Engine

Json = dict[str, Any]


class Examined(NamedTuple):
    """A file as it was read; without `policy` it holds none."""

    path: Path
    document: Json
    findings: tuple[Finding, ...]
    policy: Policy | None = None

    @property
    def sound(self) -> bool:
        return not wrong(self.findings)

    @property
    def to_try(self) -> Policy | None:
        """The policy, if nothing is wrong with it but that a case does not hold."""
        return None if wrong(each for each in self.findings if each.code != "case_fails") else self.policy


def examine(path: Path) -> Examined:
    """A file that cannot be read, that is no JSON or no policy, is a finding as well."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_once_each)
    except (OSError, ValueError, RecursionError) as error:
        return Examined(path, {}, (Finding.error("no_json", _reason(error)),))
    policy, findings = read(document)
    if policy is not None:
        findings = (*findings, *check(policy))
    return Examined(path, document, findings, policy)


def _once_each(members: list[tuple[str, Any]]) -> Json:
    """JSON takes the last of two cells with one name in silence. Raises `ValueError`."""
    found = dict(members)
    if len(found) < len(members):
        names = [name for name, _ in members]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice!r} stands twice in one object{_where(found)}")
    return found


def _where(found: Json) -> str:
    return next((f", {found[name]!r}" for name in ("_id", "id", "name") if name in found), "")


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or "it cannot be read"
    return "it is nested too deep" if isinstance(error, RecursionError) else str(error)


class Tried(NamedTuple):
    """`failed` are the differences by case; `missed` the rows that no case reached, as `table/row`."""

    cases: int
    failed: dict[str, tuple[str, ...]]
    rows: int
    missed: tuple[str, ...]


def try_cases(policy: Policy) -> Tried:
    engine = Engine([policy])
    ran = {case.name: run(engine, policy, case) for case in policy.cases}
    failed = {name: each.differences for name, each in ran.items() if each.differences}
    reached = {f"{fired.table}/{fired.rule}" for each in ran.values() for fired in each.fired}
    rows = _rows(policy)
    return Tried(len(ran), failed, len(rows), tuple(row for row in rows if row not in reached))


def _rows(policy: Policy) -> list[str]:
    tables = (node for node in policy.drawn().nodes if node.type == TABLE)
    return [f"{node.id}/{rule['_id']}" for node in tables for rule in node.table().rules]
