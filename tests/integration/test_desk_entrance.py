"""Signing in to the desk and out of it, and who is let in."""

from http.cookies import SimpleCookie

import pytest

from tests.integration import cloud
from tests.integration.desk import Desk
from tests.integration.desk_visitor import (
    Visitor,
    cognito_refuses,
    cognito_says,
    entered,
    form_of,
    hidden_fields,
    token,
)
from tests.integration.visitor import Page

pytestmark = pytest.mark.usefixtures("staff_pool")

MEIS = {"user_name": "mei", "password": "Teapot-2026-lid"}
CHALLENGE = {"ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": "s" * 40, "ChallengeParameters": {}}


@pytest.fixture
def visitor(desk: Desk) -> Visitor:
    return Visitor()


def test_the_desk_asks_who_is_there(visitor: Visitor) -> None:
    page = visitor.sees("/desk")
    assert page.status == 200
    assert page.forms == ["/desk/language", "/desk/sign-in"]


def test_who_signs_in_comes_to_their_work(visitor: Visitor) -> None:
    with cognito_says(**entered(token("mei", "agent"))):
        assert visitor.sends("/desk/sign-in", MEIS).goes_on_to == "/desk/work"
    assert "<h1>我的工作</h1>" in visitor.sees("/desk/work").html
    assert visitor.sees("/desk").goes_on_to == "/desk/work"


@pytest.mark.parametrize(("host", "secure"), [("desk.example.com", True), ("localhost:4566", False)])
def test_the_cookie_is_for_the_desk_alone_and_for_no_script(visitor: Visitor, host: str, secure: bool) -> None:
    """Without a path it is good below the address that set it, and only those right below the desk's set one."""
    visitor.headers["host"] = host
    with cognito_says(**entered(token("mei", "agent"))):
        page = visitor.sends("/desk/sign-in", MEIS)
    [cookie] = SimpleCookie(page.headers["Set-Cookie"]).values()
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", "3600")
    assert (bool(cookie["secure"]), cookie["path"], cookie["domain"]) == (secure, "", "")


@pytest.mark.parametrize("code", ["NotAuthorizedException", "UserNotFoundException", "UserNotConfirmedException"])
def test_nobody_is_told_whether_it_was_the_name_or_the_password(visitor: Visitor, code: str) -> None:
    with cognito_refuses(code):
        page = visitor.sends("/desk/sign-in", MEIS)
    assert page.status == 401
    assert "用户名或密码不正确。" in page.text
    assert 'value="mei"' in page.html
    assert MEIS["password"] not in page.html
    assert "desk_session" not in visitor.cookies


def test_too_many_tries_are_told_apart(visitor: Visitor) -> None:
    with cloud.answering(
        "InitiateAuth",
        iter([{"Error": {"Code": "TooManyRequestsException", "Message": "slow"}}] * 9),
        service="cognito-idp",
    ):
        assert "尝试次数过多" in visitor.sends("/desk/sign-in", MEIS).text


@pytest.mark.parametrize("path", ["/desk/sign-in", "/desk/password"])
def test_an_empty_form_is_no_fault_of_ours(visitor: Visitor, path: str) -> None:
    assert visitor.sends(path).status == 401


@pytest.mark.parametrize("groups", [(), ("tea-lovers",), ("policy_owner",)])
def test_who_has_no_work_at_the_desk_is_not_let_in(visitor: Visitor, groups: tuple[str, ...]) -> None:
    with cognito_says(**entered(token("lin", *groups))):
        page = visitor.sends("/desk/sign-in", MEIS)
    assert (page.status, "此账号不能使用工作台" in page.text) == (401, True)
    assert Visitor(access_token=token("lin", *groups)).sees("/desk/work").status == 401


def test_a_second_factor_is_said_to_be_missing_here(visitor: Visitor) -> None:
    with cognito_says(ChallengeName="SOFTWARE_TOKEN_MFA", Session="s-1"):
        assert "工作台不支持" in visitor.sends("/desk/sign-in", MEIS).text


# --- the first password


def challenged(visitor: Visitor) -> Page:
    with cognito_says(**CHALLENGE):
        return visitor.sends("/desk/sign-in", MEIS)


def chooses(visitor: Visitor, page: Page, password: str) -> Page:
    hidden = hidden_fields(form_of(page, "password"))
    return visitor.sends("/desk/password", hidden, user_name=MEIS["user_name"], new_password=password)


def test_a_new_person_chooses_a_password(visitor: Visitor) -> None:
    page = challenged(visitor)
    assert "<h1>设置新密码</h1>" in page.html
    assert 'name="user_name" value="mei" readonly' in page.html
    answer = entered(token("mei", "agent"))
    with cloud.answering("RespondToAuthChallenge", answer, service="cognito-idp"):
        assert chooses(visitor, page, "Teapot-2026-lid").goes_on_to == "/desk/work"
    assert visitor.sees("/desk/work").status == 200


@pytest.mark.parametrize(
    ("code", "says", "form"),
    [
        ("InvalidPasswordException", "密码不符合要求", "/desk/password"),
        ("NotAuthorizedException", "请用初始密码重新登录", "/desk/sign-in"),
    ],
)
def test_a_password_that_is_not_taken(visitor: Visitor, code: str, says: str, form: str) -> None:
    page = challenged(visitor)
    with cognito_refuses(code, "RespondToAuthChallenge"):
        again = chooses(visitor, page, "teapot")
    assert (again.status, says in again.text, again.forms[-1]) == (401, True, form)


# --- sessions that are over


def test_who_comes_to_a_case_signs_in_and_is_there(desk: Desk, visitor: Visitor) -> None:
    number = desk.in_progress()
    page = visitor.sees(f"/desk/cases/{number}")
    assert page.status == 401
    with cognito_says(**entered(token("mei", "agent"))):
        sent = visitor.sends("/desk/sign-in", hidden_fields(form_of(page, "sign-in")) | MEIS)
    assert sent.goes_on_to == f"/desk/cases/{number}"


@pytest.mark.parametrize(
    "place", ["//evil.example", "https://evil.example", "../../evil", "work/../x", "cases/\r\nX: y"]
)
def test_nobody_is_led_away(visitor: Visitor, place: str) -> None:
    with cognito_says(**entered(token("mei", "agent"))):
        assert visitor.sends("/desk/sign-in", MEIS, place=place).goes_on_to == "/desk/work"


def test_what_was_written_when_the_session_ended_can_be_copied(desk: Desk) -> None:
    number = desk.in_progress()
    late = Visitor(access_token=token("mei", "agent", exp=1))
    assert "登录已过期" in late.sees("/desk/work").text
    page = late.sends(f"/desk/cases/{number}/notes", message="老顾客 <b>")
    assert page.status == 401
    assert "老顾客 &lt;b&gt;</textarea>" in page.html
    assert "noted" not in desk.steps(number)


@pytest.mark.parametrize("access_token", ["nonsense", "a.b.c", "%00", "é"])
def test_a_cookie_that_is_no_token_opens_nothing(desk: Desk, access_token: str) -> None:
    assert Visitor(access_token=access_token).sees("/desk/work").status == 401


def test_a_storefronts_token_opens_nothing(desk: Desk) -> None:
    foreign = token("lantern-shop", "lead", client_id="lantern-shop", scope="aftersales/orders.write")
    assert Visitor(access_token=foreign).sees("/desk/work").status == 401


def test_signing_out_takes_the_cookie_back(desk: Desk) -> None:
    mei = Visitor(access_token=token("mei", "agent"))
    page = mei.sees("/desk/work")
    assert mei.fills(page, "sign-out").goes_on_to == "/desk"
    assert mei.cookies == {}


# --- languages, and other sites


@pytest.mark.parametrize(
    ("accepted", "language"), [("en-GB,en;q=0.9", "en"), ("zh-TW", "zh-CN"), ("fr", "en"), ("", "en")]
)
def test_the_browser_says_which_language(desk: Desk, accepted: str, language: str) -> None:
    assert f'<html lang="{language}"' in Visitor(accepted).sees("/desk").html


def test_another_language_is_chosen_and_kept(desk: Desk) -> None:
    mei = Visitor(access_token=token("mei", "agent"))
    page = mei.sees("/desk/work?type=repair")
    assert mei.fills(page, "language", language="en").goes_on_to == "/desk/work?type=repair"
    assert "<h1>My work</h1>" in mei.sees("/desk/work").html
    mei.sends("/desk/language", language="tlh")
    assert mei.cookies["desk_language"] == "en"


@pytest.mark.parametrize("path", ["/desk/sign-in", "/desk/password", "/desk/language"])
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_no_other_site_signs_anybody_in(visitor: Visitor, path: str, site: str) -> None:
    visitor.headers["sec-fetch-site"] = site
    page = visitor.sends(path, MEIS)
    assert (page.status, "Set-Cookie" in page.headers) == (403, False)
