"""Signing in: Cognito is asked with user name and password, and answers with a token or with a further question."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from aftersales.aws import client
from aftersales.settings import Setting

Reason = Literal["wrong", "weak", "late", "busy", "unknown", "not_staff"]
"""Wrong: the name or the password, and nobody is told which. Weak: not a password that the pool takes. Late: the first
password was given too long ago. Unknown: Cognito asks for something that the desk has no form for. Not staff: all was
right, and they have no work here.
"""


SHORTEST_SESSION = 20
"""Characters. The SDK asks for no shorter one, nor for an empty name or password."""


class Refused(Exception):
    """Nobody was signed in."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class Token(NamedTuple):
    """An access token, and how long it is good."""

    token: str
    seconds: int


class PasswordWanted(NamedTuple):
    """The first password was right, and one of their own is to replace it. Cognito knows `session` for minutes."""

    user_name: str
    session: str


def sign_in(user_name: str, password: str) -> Token | PasswordWanted:
    """Raises `Refused`."""
    if not user_name or not password:
        raise Refused("wrong")
    errors = client("cognito-idp").exceptions
    try:
        answer = client("cognito-idp").initiate_auth(
            AuthFlow="USER_PASSWORD_AUTH",
            ClientId=Setting.STAFF_CLIENT_ID.read(),
            AuthParameters={"USERNAME": user_name, "PASSWORD": password},
        )
    except errors.TooManyRequestsException:
        raise Refused("busy") from None
    except (
        errors.InvalidParameterException,
        errors.NotAuthorizedException,
        errors.PasswordResetRequiredException,
        errors.UserNotConfirmedException,
        errors.UserNotFoundException,
    ):
        raise Refused("wrong") from None
    return _answered(answer, user_name)


def choose_password(wanted: PasswordWanted, password: str) -> Token:
    """Raises `Refused`."""
    if not wanted.user_name or len(wanted.session) < SHORTEST_SESSION:
        raise Refused("late")
    if not password:
        raise Refused("weak")
    errors = client("cognito-idp").exceptions
    try:
        answer = client("cognito-idp").respond_to_auth_challenge(
            ChallengeName="NEW_PASSWORD_REQUIRED",
            ClientId=Setting.STAFF_CLIENT_ID.read(),
            Session=wanted.session,
            ChallengeResponses={"USERNAME": wanted.user_name, "NEW_PASSWORD": password},
        )
    except errors.TooManyRequestsException:
        raise Refused("busy") from None
    except (errors.InvalidPasswordException, errors.InvalidParameterException):
        raise Refused("weak") from None
    except (errors.CodeMismatchException, errors.ExpiredCodeException, errors.NotAuthorizedException):
        raise Refused("late") from None
    entered = _answered(answer, wanted.user_name)
    if isinstance(entered, PasswordWanted):
        raise Refused("unknown")
    return entered


def _answered(answer: Mapping[str, Any], user_name: str) -> Token | PasswordWanted:
    match answer:
        case {"AuthenticationResult": {"AccessToken": str(token), "ExpiresIn": int(seconds)}}:
            return Token(token, seconds)
        case {"ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": str(session)}:
            return PasswordWanted(user_name, session)
        case _:
            raise Refused("unknown")
