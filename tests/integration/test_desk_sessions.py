"""Sessions of the desk's page: odd cookies, a session that was renewed elsewhere, and what Cognito may answer."""

import pytest

from tests.integration import cloud
from tests.integration.desk import Desk
from tests.integration.desk_visitor import Visitor, cognito_refuses, cognito_says, entered, form_of, token
from tests.integration.visitor import Page

pytestmark = pytest.mark.usefixtures("staff_pool")

MEIS = {"user_name": "mei", "password": "Teapot-2026-lid"}
CHALLENGED = {"user_name": "mei", "session": "s" * 40, "new_password": "Teapot-2026-lid"}


@pytest.fixture
def mei(desk: Desk) -> Visitor:
    return Visitor(access_token=token("mei", "agent"))


# --- cookies


@pytest.mark.parametrize(
    "cookies",
    [
        'prefs={{"a":1}}; desk_session={}',
        "desk_session={}; desk_session=x",
        "=; ;x;desk_session={} ; theme=dark",
        "a=b=c; Path=/; desk_session={}",
        "desk_sessions=x; desk_session={}",
    ],
)
def test_other_cookies_lock_nobody_out(desk: Desk, cookies: str) -> None:
    visitor = Visitor()
    visitor.headers["cookie"] = cookies.format(token("mei", "agent"))
    assert visitor.sees("/desk/work").status == 200


def test_a_session_that_another_site_of_the_domain_has_planted_does_not_come_before_ones_own(desk: Desk) -> None:
    visitor = Visitor()
    visitor.headers["cookie"] = f"desk_session={token('mei', 'agent')}; desk_session={token('eve', 'agent')}"
    assert "mei" in visitor.sees("/desk/work").text


@pytest.mark.parametrize("host", ["[", "", "localhost.evil.example", "evil@localhost", "[::1", "127.0.0.1:x"])
def test_whatever_host_is_named_the_cookie_is_for_encrypted_connections(desk: Desk, host: str) -> None:
    visitor = Visitor()
    visitor.headers["host"] = host
    with cognito_says(**entered(token("mei", "agent"))):
        page = visitor.sends("/desk/sign-in", MEIS)
    assert (page.status, page.headers["Set-Cookie"].endswith("; Secure")) == (303, True)


# --- a form of another session


def renewed(mei: Visitor) -> None:
    """In another window she signs in again."""
    mei.cookies["desk_session"] = token("mei", "agent", jti="another")


def test_what_was_typed_before_a_new_session_is_shown_to_be_sent_again(desk: Desk, mei: Visitor) -> None:
    number = desk.in_progress()
    page = mei.sees(f"/desk/cases/{number}")
    renewed(mei)
    again = mei.fills(page, "information-request", message="请补一张照片。")
    assert (again.status, "您在别处重新登录过" in again.text) == (403, True)
    assert "请补一张照片。</textarea>" in again.html
    assert "information_requested" not in desk.steps(number)
    assert mei.fills(again, "information-request", message="请补一张照片。").status == 303
    assert "information_requested" in desk.steps(number)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("more", [{}, {"insert": "message", "reply": "photo:en"}])
def test_what_another_site_has_typed_is_not_shown(desk: Desk, mei: Visitor, site: str, more: dict[str, str]) -> None:
    number = desk.in_progress()
    mei.headers["sec-fetch-site"] = site
    page = mei.sends(f"/desk/cases/{number}/notes", more, message="请拨打 400 000")
    assert (page.status, "400 000" in page.html) == (403, False)
    out = Visitor()
    out.headers["sec-fetch-site"] = site
    page = out.sends(f"/desk/cases/{number}/notes", more, message="请拨打 400 000")
    assert (page.status, "400 000" in page.html) == (401, False)


def test_all_that_was_written_when_the_session_ended_can_be_copied(desk: Desk) -> None:
    late = Visitor(access_token=token("mei", "agent", exp=1))
    page = late.sends(f"/desk/cases/{desk.in_progress()}/diagnosis", finding="内胆进水。", message="已拍照。")
    assert "已拍照。\n\n内胆进水。</textarea>" in page.html


# --- refusals while signed in


def test_who_is_refused_can_go_on_from_there(desk: Desk, mei: Visitor) -> None:
    for page in (mei.sees("/desk/work?owner=tom"), mei.sees("/desk/cases/nonsense"), mei.sends("/desk/sign-out")):
        assert page.status in (403, 404)
        assert {"/desk/work", "/desk/work?backlog=true"} <= set(page.links)
        assert {"/desk/search", "/desk/sign-out"} <= set(page.forms)


def test_who_is_not_signed_in_is_offered_nothing(desk: Desk) -> None:
    visitor = Visitor()
    visitor.headers["sec-fetch-site"] = "cross-site"
    assert visitor.sends("/desk/sign-in", MEIS).forms == ["/desk/language"]


@pytest.mark.parametrize("place", ["cases/壶", "work?team=ｄesk", "people/x", "work\n"])
def test_a_place_has_plain_letters_only(desk: Desk, place: str) -> None:
    with cognito_says(**entered(token("mei", "agent"))):
        assert Visitor().sends("/desk/sign-in", MEIS, place=place).goes_on_to == "/desk/work"


# --- what Cognito answers

SIGNING_IN = {
    "PasswordResetRequiredException": "您的密码已被重置",
    "TooManyRequestsException": "尝试次数过多",
    "LimitExceededException": "尝试次数过多",
    "ForbiddenException": "登录服务暂时不可用",
    "InternalErrorException": "登录服务暂时不可用",
    "UserNotFoundException": "用户名或密码不正确",
}
CHOOSING = {
    "UserNotFoundException": ("用户名或密码不正确", "/desk/sign-in"),
    "UserNotConfirmedException": ("用户名或密码不正确", "/desk/sign-in"),
    "PasswordResetRequiredException": ("您的密码已被重置", "/desk/sign-in"),
    "PasswordHistoryPolicyViolationException": ("这个密码以前用过", "/desk/password"),
    "LimitExceededException": ("尝试次数过多", "/desk/password"),
    "InternalErrorException": ("登录服务暂时不可用", "/desk/password"),
}


def refused(visitor: Visitor, code: str, operation: str, path: str, fields: dict[str, str]) -> Page:
    """The SDK asks several times for what may pass."""
    answers = iter([{"Error": {"Code": code, "Message": "no"}}] * 9)
    with cloud.answering(operation, answers, service="cognito-idp"):
        return visitor.sends(path, fields)


@pytest.mark.parametrize(("code", "says"), SIGNING_IN.items(), ids=list(SIGNING_IN))
def test_why_nobody_was_signed_in_is_said_in_words(desk: Desk, code: str, says: str) -> None:
    page = refused(Visitor(), code, "InitiateAuth", "/desk/sign-in", MEIS)
    assert (page.status, says in page.text, page.forms[-1]) == (401, True, "/desk/sign-in")


@pytest.mark.parametrize(("code", "answer"), CHOOSING.items(), ids=list(CHOOSING))
def test_why_a_password_was_not_taken_is_said_in_words(desk: Desk, code: str, answer: tuple[str, str]) -> None:
    page = refused(Visitor(), code, "RespondToAuthChallenge", "/desk/password", CHALLENGED)
    says, form = answer
    assert (page.status, says in page.text, page.forms[-1]) == (401, True, form)


def test_what_cognito_never_said_before_is_our_fault(desk: Desk) -> None:
    with cognito_refuses("UnexpectedLambdaException"):
        page = Visitor().sends("/desk/sign-in", MEIS)
    assert (page.status, "系统出错了" in page.text) == (500, True)


def test_each_form_of_a_new_session_has_its_own_mark(desk: Desk, mei: Visitor) -> None:
    before = form_of(mei.sees("/desk/work"), "sign-out")
    renewed(mei)
    assert form_of(mei.sees("/desk/work"), "sign-out") != before
