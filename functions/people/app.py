"""Who works at the desk: the roster, its teams, whether one is there; and what they have promised to a store."""

from chalice.app import Response
from pydantic import TypeAdapter, ValidationError

from aftersales import edge
from aftersales.applications.model import TeamId
from aftersales.errors import InvalidRequest
from aftersales.routes.route import MEMBER, SERVICE
from aftersales.sla import promised
from aftersales.sla.terms import ServiceTerms
from aftersales.staff import people
from aftersales.staff.model import MemberFacts, MemberId, TeamFacts

app = edge.new_app("people")
MEMBERS = "/staff/members"
TEAMS = "/staff/teams"


@app.route(MEMBERS, methods=["GET"])
def members() -> Response:
    return edge.answer(people.members())


@app.route(MEMBER, methods=["GET"])
def member(member_id: str) -> Response:
    return edge.answer(people.member(member_id))


@app.route(MEMBER, methods=["PUT"])
def save(member_id: str) -> Response:
    facts = edge.body(app.current_request, MemberFacts)
    return edge.answer(people.save(_named(member_id, MemberId), facts))


@app.route(MEMBER, methods=["DELETE"])
def remove(member_id: str) -> Response:
    return edge.answer(people.remove(_named(member_id, MemberId), edge.principal(app.current_request)))


@app.route("/staff/presence", methods=["PUT"])
def present() -> Response:
    request = app.current_request
    return edge.answer(people.present(edge.principal(request).id, edge.body(request, people.PresenceTold)))


@app.route(TEAMS, methods=["GET"])
def teams() -> Response:
    return edge.answer(people.teams())


@app.route(TEAMS + "/{team_id}", methods=["PUT"])
def save_team(team_id: str) -> Response:
    facts = edge.body(app.current_request, TeamFacts)
    return edge.answer(people.save_team(_named(team_id, TeamId), facts))


@app.route(SERVICE, methods=["GET"])
def service(store_id: str) -> Response:
    return edge.answer(promised.look(store_id))


@app.route(SERVICE, methods=["PUT"])
def promise(store_id: str) -> Response:
    return edge.answer(promised.replace(store_id, edge.body(app.current_request, ServiceTerms)))


def _named(name: str, kind: object) -> str:
    """Raises `InvalidRequest` for a name that nobody can have."""
    try:
        valid: str = TypeAdapter(kind).validate_python(name)
    except ValidationError:
        raise InvalidRequest("the name in the path cannot be one") from None
    return valid


handler = edge.lambda_handler(app)
