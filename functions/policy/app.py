"""What policy owners do: write a draft, try it on history, publish it, roll back."""

from chalice.app import Response

from aftersales import edge
from aftersales.errors import NotFound, PolicyRefused
from aftersales.policy import backtest, drafts, library, publish
from aftersales.routes.route import POLICY
from aftersales.telemetry import count, logger

app = edge.new_app("policy")


@app.route(POLICY, methods=["GET"])
def state(store_id: str) -> Response:
    return edge.answer(library.state(store_id))


@app.route(POLICY + "/versions/{version}", methods=["GET"])
def version(store_id: str, version: str) -> Response:
    """Also of a pack, by its name."""
    return edge.answer(library.look(store_id, version))


@app.route(POLICY + "/draft", methods=["GET"])
def draft(store_id: str) -> Response:
    return edge.answer(drafts.load(store_id))


@app.route(POLICY + "/draft", methods=["PUT"])
def save(store_id: str) -> Response:
    request = app.current_request
    return edge.answer(drafts.save(store_id, edge.principal(request), edge.body(request, drafts.NewDraft)))


@app.route(POLICY + "/publication", methods=["POST"])
def publication(store_id: str) -> Response:
    request = app.current_request
    who, wanted = edge.principal(request), edge.body(request, publish.Publication)
    logger.append_keys(store_id=store_id, who=who.id)  # for who is called when it is refused
    try:
        publish.publish(store_id, who, wanted, edge.attempt(request, who, wanted))
    except PolicyRefused:
        count("PolicyRefused")
        raise
    return edge.answer(library.state(store_id), 201)


@app.route(POLICY + "/rollback", methods=["POST"])
def rollback(store_id: str) -> Response:
    request = app.current_request
    who, wanted = edge.principal(request), edge.body(request, publish.Rollback)
    publish.roll_back(store_id, who, wanted, edge.attempt(request, who, wanted))
    return edge.answer(library.state(store_id), 201)


@app.route(POLICY + "/backtests", methods=["POST"])
def try_on_history(store_id: str) -> Response:
    request = app.current_request
    wanted = edge.body(request, backtest.BacktestWanted)
    return edge.answer(backtest.begin(store_id, edge.principal(request), wanted), 202)


@app.route(POLICY + "/backtests/{backtest_id}", methods=["GET"])
def tried(store_id: str, backtest_id: str) -> Response:
    return edge.answer(backtest.look(store_id, _id(backtest_id)))


@app.route(POLICY + "/backtests/{backtest_id}/differences", methods=["GET"])
def differences(store_id: str, backtest_id: str) -> Response:
    query = app.current_request.query_params or {}
    return edge.answer(backtest.differences(store_id, _id(backtest_id), query.get("cursor")))


def _id(text: str) -> str:
    """What else stands beneath the key of a backtest is not for the API."""
    if not text.isalnum():
        raise NotFound
    return text


handler = edge.lambda_handler(app)
