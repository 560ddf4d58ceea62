"""All that the state machine knows of an application: where it stands. No contact, no words, no secret."""

from typing import Literal

from aftersales.applications.lifecycle import FOR_A_PERSON, Status
from aftersales.applications.model import Application
from aftersales.applications.plan import by_itself
from aftersales.model import Model


class Standing(Model):
    """Input and output of every task of the state machine. After a review: whether it has to wait for a photo.

    `automatic`: the desk has a next step that needs no person.
    """

    number: str
    status: Status
    assigned: bool = False
    evidence_on_its_way: Literal[True] | None = None
    automatic: Literal[True] | None = None

    def is_left(self, application: Application) -> bool:
        """Whether the application stands elsewhere by now. Who has it counts where it waits for a person."""
        if application.status is not self.status:
            return True
        return self.status in FOR_A_PERSON and (application.assignee is not None) != self.assigned


def standing(application: Application, *, evidence_on_its_way: bool = False, in_vain: bool = False) -> Standing:
    """`in_vain`: what the desk does by itself was not possible, so a person does it."""
    return Standing(
        number=application.number,
        status=application.status,
        assigned=application.assignee is not None,
        evidence_on_its_way=True if evidence_on_its_way else None,
        automatic=True if by_itself(application) and not in_vain else None,
    )
