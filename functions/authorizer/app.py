"""The authorizer of the API: who holds this token, and which routes are open to them."""

from typing import Any

from aftersales.background import lambda_handler
from aftersales.identity.authorize import authorize
from aftersales.identity.cognito import BadToken
from aftersales.model import Foreign
from aftersales.telemetry import count, logger


class AuthorizerRequest(Foreign):
    """The part of a REQUEST authorizer's event that is needed. Header names may come in any case."""

    methodArn: str  # noqa: N815 API Gateway's name
    headers: dict[str, str]


def work(request: AuthorizerRequest) -> dict[str, Any]:
    header = next((v for k, v in request.headers.items() if k.lower() == "authorization"), "")
    try:
        return authorize(header, request.methodArn)
    except BadToken as error:
        logger.info("unauthorized", reason=str(error))
        count("Unauthorized")
        # API Gateway answers 401 to exactly this word, and 500 to any other.
        raise Exception("Unauthorized") from error  # noqa: TRY002
    except Exception:
        count("Unhandled")  # a wrong token is a Lambda error too, so the alarm watches this instead
        raise


handler = lambda_handler(AuthorizerRequest, work)
