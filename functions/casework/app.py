"""What staff do: list their work and move a case."""

from collections.abc import Callable

from chalice.app import Response

from aftersales import edge
from aftersales.applications import store
from aftersales.applications.number import parse_number
from aftersales.errors import NotFound
from aftersales.followup import follow_up
from aftersales.identity.principal import Principal
from aftersales.model import Model
from aftersales.resolution.confirm import confirm_offline
from aftersales.resolution.confirmation import OfflineConfirmation
from aftersales.resolution.order import RefundOrder, order_refund
from aftersales.resolution.quoting import quote_of_case
from aftersales.staff import casework, decision, work

app = edge.new_app("casework")
CASE = "/staff/applications/{number}"


@app.route("/staff/work", methods=["GET"])
def my_work() -> Response:
    """`?backlog=true` for what nobody has yet."""
    request = app.current_request
    query = request.query_params or {}
    owner = store.BACKLOG if query.get("backlog") == "true" else edge.principal(request).id
    return edge.answer(work.work_of(owner, query.get("cursor")))


@app.route(CASE, methods=["GET"])
def look(number: str) -> Response:
    return edge.answer(work.case(store.load(_number(number))))


@app.route(CASE + "/quote", methods=["GET"])
def quote(number: str) -> Response:
    return edge.answer(quote_of_case(_number(number)))


@app.route(CASE + "/claim", methods=["POST"])
def claim(number: str) -> Response:
    return _act(number, Model, lambda n, who, _: casework.claim(n, who))


@app.route(CASE + "/information-request", methods=["POST"])
def ask(number: str) -> Response:
    return _act(number, casework.Question, casework.ask)


@app.route(CASE + "/decision", methods=["POST"])
def decide(number: str) -> Response:
    return _act(number, decision.StaffDecision, decision.decide)


@app.route(CASE + "/receipt", methods=["POST"])
def receive(number: str) -> Response:
    return _act(number, casework.Remark, casework.receive)


@app.route(CASE + "/inspection", methods=["POST"])
def inspect(number: str) -> Response:
    return _act(number, casework.Inspection, casework.inspect)


@app.route(CASE + "/refund", methods=["POST"])
def refund(number: str) -> Response:
    return _act(number, RefundOrder, order_refund)


@app.route(CASE + "/refund-confirmation", methods=["POST"])
def confirm(number: str) -> Response:
    return _act(number, OfflineConfirmation, confirm_offline)


@app.route(CASE + "/completion", methods=["POST"])
def complete(number: str) -> Response:
    return _act(number, casework.Question, casework.complete)


@app.route(CASE + "/notes", methods=["POST"])
def note(number: str) -> Response:
    return _act(number, casework.Question, casework.note)


@app.route(CASE + "/follow-up", methods=["POST"])
def followed_up(number: str) -> Response:
    return _act(number, casework.Question, follow_up.done)


def _act(number: str, model: type[edge.M], act: Callable[[str, Principal, edge.M], object]) -> Response:
    request = app.current_request
    known = _number(number)
    who = edge.principal(request)
    content = edge.body(request, model)
    edge.once(request, who, content, lambda: act(known, who, content))
    return edge.answer(work.case(store.load(known)))


def _number(text: str) -> str:
    try:
        return parse_number(text)
    except ValueError:
        raise NotFound from None


handler = edge.lambda_handler(app)
