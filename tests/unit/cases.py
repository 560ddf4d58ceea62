"""A state machine about many applications at once."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from aftersales.applications.model import Application


class Cases(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.cases: list[Application] = []

    def keep(self, known: Application | None) -> None:
        self.cases += [known] if known else []


def about(matches: Callable[[Application], bool], **drawn: Any) -> Callable[[Callable[..., Any]], Any]:
    """A rule about one of the cases that match. What it comes to takes the case's place; None ends it."""

    def decorate(act: Callable[..., Application | None]) -> Any:
        def run(machine: Cases, data: some.DataObject, **values: Any) -> None:
            fitting = [index for index, known in enumerate(machine.cases) if matches(known)]
            known = machine.cases.pop(data.draw(some.sampled_from(fitting)))
            machine.keep(act(machine, known, **values))

        run.__name__ = act.__name__
        made: Any = rule(data=some.data(), **drawn)
        return precondition(lambda machine: any(map(matches, machine.cases)))(made(run))

    return decorate
