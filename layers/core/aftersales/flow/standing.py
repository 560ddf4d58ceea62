"""All that the state machine knows of an application: where it stands. No contact, no words, no secret."""

from aftersales.applications.lifecycle import Status
from aftersales.applications.model import Application
from aftersales.model import Model


class Standing(Model):
    """Input and output of every task of the state machine."""

    number: str
    status: Status
    assigned: bool = False


def standing(application: Application) -> Standing:
    return Standing(number=application.number, status=application.status, assigned=application.assignee is not None)
