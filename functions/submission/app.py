"""POST /applications: file an application for a customer."""

from chalice.app import Response

from aftersales import edge
from aftersales.applications.submit import Filing, submit
from aftersales.identity.principal import Principal
from aftersales.telemetry import count

app = edge.new_app("submission")


@app.route("/applications", methods=["POST"])
def file() -> Response:
    request = app.current_request
    who = edge.principal(request)
    filing = edge.body(request, Filing)
    filed = submit(store_of(who), filing, edge.attempt(request, who, filing), request.context["requestId"])
    count("Filed")
    return edge.answer(filed.answer(), 202)


def store_of(who: Principal) -> str:
    assert who.store_id, "only storefronts reach this route"
    return who.store_id


handler = edge.lambda_handler(app)
