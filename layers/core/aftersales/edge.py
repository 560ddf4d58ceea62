"""The edge of the HTTP functions: a request becomes a model, an error becomes a problem document."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import unquote

from chalice.app import Chalice, Request, Response
from pydantic import BaseModel, ValidationError

from aftersales.applications.idempotency import Attempt
from aftersales.errors import InvalidRequest, Problem, TooLarge
from aftersales.identity.principal import Principal, principal_of
from aftersales.telemetry import count, logger, metrics, tracer

M = TypeVar("M", bound=BaseModel)
View = Callable[..., Response]
Refuse = Callable[[Problem], Response]
Handler = Callable[[dict[str, Any], Any], dict[str, Any]]

PROBLEM = {"Content-Type": "application/problem+json"}
MAX_BODY_BYTES = 256 * 1024
MAX_KEY_LENGTH = 128


def _document(problem: Problem) -> Response:
    return Response(problem.document(), status_code=problem.status, headers=PROBLEM)


class App(Chalice):  # type: ignore[misc] # Chalice has no types
    """Chalice turns what a view raises into its own error bodies; so each view answers for itself."""

    def __init__(self, name: str, refuse: Refuse) -> None:
        super().__init__(app_name=name, configure_logs=False)
        self._refuse = refuse

    def route(self, path: str, **options: Any) -> Callable[[View], View]:
        register = super().route(path, **options)
        return lambda view: register(_answering(view, self._refuse))


def new_app(name: str, refuse: Refuse = _document) -> App:
    """A Chalice app whose errors are problem documents, or what `refuse` makes of them."""
    return App(name, refuse)


def _answering(view: View, refuse: Refuse) -> View:
    @wraps(view)
    def answering(*parameters: str, **named: str) -> Response:
        plain = {name: unquote(value) for name, value in named.items()}  # API Gateway leaves paths encoded
        return _or_problem(lambda: view(*parameters, **plain), refuse)

    return answering


def _or_problem(respond: Callable[[], Response], refuse: Refuse) -> Response:
    try:
        return respond()
    except Problem as problem:
        note(problem)
        return refuse(problem)
    except Exception:  # noqa: BLE001
        # Chalice would answer by itself and Lambda would see a success: so it is logged and counted here.
        logger.exception("unhandled")
        count("Unhandled")
        return refuse(Problem())


def note(problem: Problem) -> None:
    """Log and count a refusal."""
    logger.info("refused", problem=problem.slug, detail=problem.detail)
    count(f"Refused{problem.status}")


def lambda_handler(app: App) -> Handler:
    """The handler of an HTTP function: logs carry the correlation id, counters leave with the log."""

    @metrics.log_metrics(capture_cold_start_metric=True)
    @tracer.capture_lambda_handler(capture_response=False)
    @logger.inject_lambda_context(correlation_id_path="requestContext.requestId", clear_state=True)
    def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
        answer: dict[str, Any] = app(event, context)
        return _in_our_words(answer)

    return handler  # type: ignore[no-any-return]


def _in_our_words(answer: dict[str, Any]) -> dict[str, Any]:
    """What Chalice refuses by itself, such as another content type, becomes a problem document as well.

    It names no content type of its own; every answer of ours does.
    """
    if answer["statusCode"] < 400 or "Content-Type" in answer["headers"]:
        return answer
    said = json.loads(answer["body"])
    problem = InvalidRequest(str(said.get("Message", ""))).document() | {"status": answer["statusCode"]}
    return answer | {"headers": PROBLEM, "body": json.dumps(problem)}


def body(request: Request, model: type[M]) -> M:
    """The request's JSON body as `model`. Raises `InvalidRequest` naming each field that does not fit."""
    return parse(request.raw_body, model)


def parse(raw: bytes, model: type[M], *, strict: bool = True) -> M:
    if len(raw) > MAX_BODY_BYTES:
        raise TooLarge(f"at most {MAX_BODY_BYTES} bytes")
    try:
        return model.model_validate_json(raw or b"{}", strict=strict)
    except ValidationError as error:
        raise InvalidRequest("the body does not fit", errors=_errors(error)) from None


def _errors(error: ValidationError) -> list[dict[str, str]]:
    """Where and what, never the value: it may be personal."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return [{"field": ".".join(map(str, e["loc"])), "message": e["msg"]} for e in found]


def header(request: Request, name: str) -> str | None:
    """Case does not matter, wherever the request came through."""
    value: str | None = request.headers.get(name)
    return value


def principal(request: Request) -> Principal:
    """Who asks, as the authorizer said."""
    return principal_of(request.context["authorizer"])


def attempt(request: Request, who: Principal, content: BaseModel) -> Attempt | None:
    """The repeated request that this may be, by its `Idempotency-Key`; None without one."""
    key = header(request, "Idempotency-Key")
    if key is None:
        return None
    if not 1 <= len(key) <= MAX_KEY_LENGTH:
        raise InvalidRequest(f"Idempotency-Key has 1 to {MAX_KEY_LENGTH} characters")
    return Attempt(
        caller=f"{who.kind}:{who.id}:{request.path}:{request.uri_params or {}}",
        key=key,
        body=content.model_dump_json().encode(),
    )


def once(request: Request, who: Principal, content: BaseModel, act: Callable[[], object]) -> None:
    """Run `act`, with an `Idempotency-Key` once. Raises `KeyReused`."""
    known = attempt(request, who, content)
    if known:
        known.once(act)
    else:
        act()


def answer(document: BaseModel, status: int = 200) -> Response:
    """JSON that no cache between us and the customer may keep."""
    content = document.model_dump(mode="json", exclude_none=True)
    headers = {"Content-Type": "application/json", "Cache-Control": "no-store"}
    return Response(json.dumps(content, ensure_ascii=False), status_code=status, headers=headers)
