"""The state machine as a Mermaid diagram in `docs/architecture.md`."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from jsonata import Jsonata  # type: ignore[import-untyped]

from aftersales.applications.lifecycle import Status
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


ALONE = {"evidence_on_its_way": "photo", "automatic": "automatic"}
"""What a standing may say beside its status and its assignee, and the word for it."""


def _statuses(choice: Json) -> dict[str, list[str]]:
    """By state: the statuses that lead there; `free` while nobody is assigned, and by the words of `ALONE`."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for status in Status:
        free, taken = (route(choice, status, assigned=assigned)[0] for assigned in (False, True))
        for more, word in ALONE.items():
            other = route(choice, status, assigned=False, **{more: True})[0]
            if other != free:
                found[other].append(f"{status}, {word}")
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


def drawn(page: str) -> str:
    """The page with the diagram in it. Raises `ValueError` without its place."""
    return filled(page, "machine", f"```mermaid\n{flowchart()}\n```")
