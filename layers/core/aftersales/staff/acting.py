"""What staff ask of one case: done once, and answered with the case as it then stands."""

from collections.abc import Callable

from chalice.app import Request, Response

from aftersales import edge
from aftersales.applications import store
from aftersales.applications.number import known_number
from aftersales.identity.principal import Principal
from aftersales.staff.case import case


def act(
    request: Request, number: str, model: type[edge.M], use_case: Callable[[str, Principal, edge.M], object]
) -> Response:
    """Let who asks do `use_case` with the body, which is a `model`. Raises `NotFound`, and what the use case raises."""
    known = known_number(number)
    who = edge.principal(request)
    content = edge.body(request, model)
    edge.once(request, who, content, lambda: use_case(known, who, content))
    return edge.answer(case(store.load(known), who))
