"""Signing in: Cognito is asked with user name and password, and answers with a token or with a further question."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal, NamedTuple

from aftersales.aws import client
from aftersales.settings import Setting

Reason = Literal["wrong", "weak", "used", "late", "reset", "busy", "down", "unknown", "not_staff"]
"""Wrong: the name or the password, and nobody is told which. Weak: not a password that the pool takes. Used: they had
it before. Late: the first password was given too long ago. Reset: an administrator has taken the password back. Down:
Cognito does not answer as it should. Unknown: it asks for something that the desk has no form for. Not staff: all was
right, and they have no work here.
"""

ANY_TIME: dict[str, Reason] = {
    "TooManyRequestsException": "busy",
    "LimitExceededException": "busy",
    "ForbiddenException": "down",
    "InternalErrorException": "down",
    "PasswordResetRequiredException": "reset",
    "UserNotConfirmedException": "wrong",
    "UserNotFoundException": "wrong",
}
SIGNING_IN = ANY_TIME | {"InvalidParameterException": "wrong", "NotAuthorizedException": "wrong"}
CHOOSING = ANY_TIME | {
    "InvalidPasswordException": "weak",
    "InvalidParameterException": "weak",
    "PasswordHistoryPolicyViolationException": "used",
    "CodeMismatchException": "late",
    "ExpiredCodeException": "late",
    "NotAuthorizedException": "late",
}
"""By Cognito's errors, to each of its two questions."""

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
    with _refusing(SIGNING_IN):
        answer = client("cognito-idp").initiate_auth(
            AuthFlow="USER_PASSWORD_AUTH",
            ClientId=Setting.STAFF_CLIENT_ID.read(),
            AuthParameters={"USERNAME": user_name, "PASSWORD": password},
        )
    return _answered(answer, user_name)


def choose_password(wanted: PasswordWanted, password: str) -> Token:
    """Raises `Refused`."""
    if not wanted.user_name or len(wanted.session) < SHORTEST_SESSION:
        raise Refused("late")
    if not password:
        raise Refused("weak")
    with _refusing(CHOOSING):
        answer = client("cognito-idp").respond_to_auth_challenge(
            ChallengeName="NEW_PASSWORD_REQUIRED",
            ClientId=Setting.STAFF_CLIENT_ID.read(),
            Session=wanted.session,
            ChallengeResponses={"USERNAME": wanted.user_name, "NEW_PASSWORD": password},
        )
    entered = _answered(answer, wanted.user_name)
    if isinstance(entered, PasswordWanted):
        raise Refused("unknown")
    return entered


@contextmanager
def _refusing(reasons: Mapping[str, Reason]) -> Iterator[None]:
    """What has no reason here is a fault of ours."""
    try:
        yield
    except client("cognito-idp").exceptions.ClientError as error:
        code = error.response["Error"]["Code"]
        if code not in reasons:
            raise
        raise Refused(reasons[code]) from None


def _answered(answer: Mapping[str, Any], user_name: str) -> Token | PasswordWanted:
    match answer:
        case {"AuthenticationResult": {"AccessToken": str(token), "ExpiresIn": int(seconds)}}:
            return Token(token, seconds)
        case {"ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": str(session)}:
            return PasswordWanted(user_name, session)
        case _:
            raise Refused("unknown")
