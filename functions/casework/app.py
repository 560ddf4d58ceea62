"""What staff do: list their work and move a case."""

from chalice.app import Response

from aftersales import edge
from aftersales.applications import store
from aftersales.applications.number import known_number
from aftersales.followup import follow_up
from aftersales.model import Model
from aftersales.routes.route import CASE
from aftersales.staff import casework, decision, pass_on, tasks, worklist
from aftersales.staff.acting import act
from aftersales.staff.case import case

app = edge.new_app("casework")


@app.route("/staff/work", methods=["GET"])
def my_work() -> Response:
    """`?backlog=true` for what nobody of one's team has yet; `team`, `department` and `owner` for other lists."""
    request = app.current_request
    query = request.query_params or {}
    return edge.answer(worklist.page_of(worklist.list_for(edge.principal(request), query), query.get("cursor")))


@app.route(CASE, methods=["GET"])
def look(number: str) -> Response:
    return edge.answer(case(store.load(known_number(number)), edge.principal(app.current_request)))


@app.route(CASE + "/claim", methods=["POST"])
def claim(number: str) -> Response:
    return act(app.current_request, number, Model, lambda n, who, _: casework.claim(n, who))


@app.route(CASE + "/information-request", methods=["POST"])
def ask(number: str) -> Response:
    return act(app.current_request, number, casework.Question, casework.ask)


@app.route(CASE + "/message", methods=["POST"])
def write(number: str) -> Response:
    return act(app.current_request, number, casework.Question, casework.write)


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


@app.route(CASE + "/transfer", methods=["POST"])
def transfer(number: str) -> Response:
    return act(app.current_request, number, pass_on.Transfer, pass_on.transfer)


@app.route(CASE + "/handover", methods=["POST"])
def hand_over(number: str) -> Response:
    return act(app.current_request, number, pass_on.Handover, pass_on.hand_over)


@app.route(CASE + "/takeover", methods=["POST"])
def take_over(number: str) -> Response:
    return act(app.current_request, number, Model, lambda n, who, _: pass_on.take_over(n, who))


@app.route(CASE + "/tasks", methods=["POST"])
def open_task(number: str) -> Response:
    return act(app.current_request, number, tasks.TaskWanted, tasks.open_task)


@app.route(CASE + "/tasks/{task_id}/completion", methods=["POST"])
def finish_task(number: str, task_id: str) -> Response:
    return act(
        app.current_request, number, casework.Question, lambda n, who, words: tasks.finish(n, task_id, who, words)
    )


@app.route(CASE + "/notes", methods=["POST"])
def note(number: str) -> Response:
    return act(app.current_request, number, casework.Question, casework.note)


@app.route(CASE + "/follow-up", methods=["POST"])
def followed_up(number: str) -> Response:
    return act(app.current_request, number, casework.Question, follow_up.done)


handler = edge.lambda_handler(app)
