"""The state machine and the lifecycle as Mermaid diagrams in `docs/architecture.md`."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from jsonata import Jsonata  # type: ignore[import-untyped]

from aftersales.applications.lifecycle import FINAL, TRANSITIONS, Status, Step
from infra.docs.place import filled

ROOT = Path(__file__).parents[2]
MACHINE = ROOT / "infra" / "application.asl.json"
PAGE = ROOT / "docs" / "architecture.md"
LAYOUT = '%%{init: {"flowchart": {"nodeSpacing": 40, "rankSpacing": 90}}}%%'

MINUTE = 60

Json = dict[str, Any]


def machine() -> Json:
    """The definition, its `${…}` not yet filled in."""
    found: Json = json.loads(MACHINE.read_text(encoding="utf-8"))
    return found


def evaluate(expression: str, **states: object) -> Any:
    """A JSONata expression of the definition, `{% … %}`, over `$states`."""
    return Jsonata(expression.removeprefix("{%").removesuffix("%}")).evaluate(None, {"states": states})


def route(choice: Json, status: str, *, assigned: bool, **more: object) -> list[str]:
    """Every state that this Choice leads to from there; its default when no condition holds."""
    standing = {"status": status, "assigned": assigned} | more
    found = [rule["Next"] for rule in choice["Choices"] if evaluate(rule["Condition"], input=standing)]
    return found or [choice["Default"]]


def flowchart() -> str:
    """Solid: the next state, both ways where it comes back. Dotted: an error, or a limit that was reached."""
    hub, states = machine()["StartAt"], machine()["States"]
    routed = _statuses(states[hub])
    lines = [f"start(( )) --> {hub}", *map(_node, states, states.values())]
    for target, statuses in routed.items():
        arrow = "<-->" if states[target].get("Next") == hub else "-->"
        lines.append(f'{hub} {arrow} |"{"<br/>".join(statuses)}"| {target}')
    for name, state in states.items():
        lines += [f"{name} {arrow}" for arrow in _arrows(state) if arrow != f"--> {hub}" or name not in routed]
    return "\n    ".join([f"{LAYOUT}\nflowchart LR", *lines])


def _node(name: str, state: Json) -> str:
    """The hub is a diamond, a wait is slanted and says how long at most, an end is round."""
    if state["Type"] == "Choice":
        return f"{name}{{{name}}}"
    if state["Type"] in ("Succeed", "Fail"):
        return f"{name}([{name}])"
    limit = state.get("Seconds") or (state["TimeoutSeconds"] if is_wait(state) else None)
    return f'{name}[/"{name}<br/>{_words(limit)}"/]' if limit else f"{name}[{name}]"


def is_wait(state: Json) -> bool:
    return str(state.get("Resource", "")).endswith(".waitForTaskToken")


def _statuses(choice: Json) -> dict[str, list[str]]:
    """By state: the statuses that lead there; `free` while nobody is assigned, `photo` while one is on its way."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for status in Status:
        free, taken = (route(choice, status, assigned=assigned)[0] for assigned in (False, True))
        coming = route(choice, status, assigned=False, evidence_on_its_way=True)[0]
        if coming != free:
            found[coming].append(f"{status}, photo")
        if free == taken:
            found[free].append(status)
        else:
            found[free].append(f"{status}, free")
            found[taken].append(f"{status}, taken")
    return found


def _arrows(state: Json) -> Iterator[str]:
    if state["Type"] == "Choice":
        yield f'--> |"any other"| {state["Default"]}'
    if "Next" in state:
        yield f"--> {state['Next']}"
    for catch in state.get("Catch", []):
        if catch["Next"] != state.get("Next"):
            yield f"-.-> {catch['Next']}"
    if state.get("End"):
        yield "--> finish(( ))"


def _words(seconds: int) -> str:
    time = timedelta(seconds=seconds)
    if time.days:
        return f"{time.days} days"
    return f"{seconds // 60} minutes" if seconds >= MINUTE else f"{seconds} seconds"


def lifecycle() -> str:
    lines = [f"    [*] --> {Status.SUBMITTED} : {Step.FILED}"]
    lines += [f"    {source} --> {target} : {', '.join(steps)}" for (source, target), steps in _moves().items()]
    lines += [f"    {status} --> [*]" for status in Status if status in FINAL]
    return "\n".join(["stateDiagram-v2", "    direction LR", *lines])


def _moves() -> dict[tuple[Status, Status], list[Step]]:
    """From which status to which, by which steps, in the order of the statuses."""
    return {
        (source, target): steps
        for source in Status
        for target in Status
        if (steps := [step for step, moves in TRANSITIONS.items() if target in moves.get(source, ())])
    }


def drawn(page: str) -> str:
    """The page with both diagrams in it. Raises `ValueError` without their places."""
    for name, diagram in (("machine", flowchart()), ("lifecycle", lifecycle())):
        page = filled(page, name, f"```mermaid\n{diagram}\n```")
    return page
