"""What staff do: list their work and move a case."""

from chalice.app import Response

from aftersales import edge
from aftersales.applications import store
from aftersales.applications.number import known_number
from aftersales.followup import follow_up
from aftersales.model import Model
from aftersales.staff import casework, decision, work
from aftersales.staff.acting import act

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
    return edge.answer(work.case(store.load(known_number(number))))


@app.route(CASE + "/claim", methods=["POST"])
def claim(number: str) -> Response:
    return act(app.current_request, number, Model, lambda n, who, _: casework.claim(n, who))


@app.route(CASE + "/information-request", methods=["POST"])
def ask(number: str) -> Response:
    return act(app.current_request, number, casework.Question, casework.ask)


@app.route(CASE + "/decision", methods=["POST"])
def decide(number: str) -> Response:
    return act(app.current_request, number, decision.StaffDecision, decision.decide)


@app.route(CASE + "/receipt", methods=["POST"])
def receive(number: str) -> Response:
    return act(app.current_request, number, casework.Remark, casework.receive)


@app.route(CASE + "/inspection", methods=["POST"])
def inspect(number: str) -> Response:
    return act(app.current_request, number, casework.Inspection, casework.inspect)


@app.route(CASE + "/completion", methods=["POST"])
def complete(number: str) -> Response:
    return act(app.current_request, number, casework.Question, casework.complete)


@app.route(CASE + "/notes", methods=["POST"])
def note(number: str) -> Response:
    return act(app.current_request, number, casework.Question, casework.note)


@app.route(CASE + "/follow-up", methods=["POST"])
def followed_up(number: str) -> Response:
    return act(app.current_request, number, casework.Question, follow_up.done)


handler = edge.lambda_handler(app)
