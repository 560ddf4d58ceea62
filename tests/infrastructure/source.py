"""What the code says without being run: who imports whom, which settings it reads, what it counts."""

import ast
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from pathlib import Path
from typing import get_args

from aftersales import errors
from aftersales.applications.lifecycle import Status, Step
from aftersales.carriers.easypost_events import Heard as EasyPostHeard
from aftersales.carriers.follow import Following
from aftersales.carriers.issue import Issued
from aftersales.messaging.notify import Outcome
from aftersales.resolution.gateways.stripe_events import Heard as StripeHeard
from aftersales.resolution.pay_back import PaidBack
from aftersales.settings import Setting
from aftersales.sla.clock import Kind
from aftersales.sla.clocks import Mark
from aftersales.sla.telling import REASON
from aftersales.webhooks.tell import Told
from tests.infrastructure.templates import ROOT, folder, functions

SOURCES = {"aftersales": ROOT / "layers" / "core", "functions": ROOT}
PLACEHOLDERS: dict[str, Sequence[str]] = {
    "application.status": list(Status),
    "after.status": list(Status),
    "task.status": list(Status),
    "event.step": list(Step),
    "mark": list(get_args(Mark)),
    "clock.kind": list(get_args(Kind)),
    "told.reason": list(REASON),
    "outcome": [*get_args(StripeHeard), *get_args(EasyPostHeard)],
    "WORK[name](number)": [*get_args(Issued), *get_args(Following)],
    "pay_back(event.detail.number, event.detail.data['refund_id'])": list(get_args(PaidBack)),
    "tell(event.detail.number, event.detail.sequence)": list(get_args(Told)),
    "notify(event.detail.number, event.detail.sequence)": list(get_args(Outcome)),
    "problem.status": sorted({str(problem.status) for problem in errors.Problem.__subclasses__()}),
}
"""What can stand in the braces of a counter's name."""


def path_of(module: str) -> Path | None:
    """The file of one of our modules; None for another's, and for a folder without code."""
    root = SOURCES.get(module.partition(".")[0])
    if root is None:
        return None
    path = root.joinpath(*module.split("."))
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.exists()), None)


@cache
def modules() -> frozenset[str]:
    """Every module of ours."""
    return frozenset(
        ".".join(file.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        for package, root in SOURCES.items()
        for file in (root / package).rglob("*.py")
    )


@cache
def tree(module: str) -> ast.Module:
    path = path_of(module)
    assert path, module
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(module: str) -> frozenset[str]:
    """The modules that `module` imports anywhere, ours and others'."""
    return frozenset(_imports(module))


def _imports(module: str) -> Iterator[str]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (name for alias in node.names if path_of(name := f"{node.module}.{alias.name}"))


@cache
def reachable(function: str) -> frozenset[str]:
    """Our modules that are loaded with a function, itself included."""
    found: set[str] = set()
    waiting = [f"functions.{folder(function)}.app"]
    while waiting:
        module = waiting.pop()
        if module not in found and path_of(module):
            found.add(module)
            waiting += imports(module)
    return frozenset(found)


@cache
def http_functions() -> tuple[str, ...]:
    """The functions behind the API: their `app` is Chalice's."""
    return tuple(f for f in functions() if "chalice.app" in imports(f"functions.{folder(f)}.app"))


@cache
def settings_of(module: str) -> frozenset[Setting]:
    """The settings that `module` names."""
    return frozenset(
        Setting[node.attr]
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Setting"
    )


@cache
def clients_of(module: str) -> frozenset[str]:
    """The AWS services that `module` calls."""
    called = (argument for call in _calls(module, "client") for argument in call.args)
    return frozenset(str(argument.value) for argument in called if isinstance(argument, ast.Constant))


@cache
def counters(module: str) -> frozenset[str]:
    """The names of everything that `module` counts or times."""
    if "aftersales.telemetry" not in imports(module):
        return frozenset()
    calls = (*_calls(module, "count"), *_calls(module, "observe"))
    return frozenset(name for call in calls for name in _names(call.args[0]))


def _calls(module: str, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
            yield node


def _names(expression: ast.expr) -> Iterator[str]:
    """A constant, one of two, or an f-string with all that its braces can hold."""
    match expression:
        case ast.Constant(value=str(name)):
            yield name
        case ast.IfExp(body=one, orelse=other):
            yield from _names(one)
            yield from _names(other)
        case ast.JoinedStr(values=parts):
            yield from map("".join, product(*map(_possible, parts)))
        case _:
            raise AssertionError(f"a counter's name that cannot be read: {ast.unparse(expression)}")


def _possible(part: ast.expr) -> list[str]:
    if isinstance(part, ast.Constant):
        return [str(part.value)]
    assert isinstance(part, ast.FormattedValue)
    return [str(value) for value in PLACEHOLDERS[ast.unparse(part.value)]]
