"""A case that is to be repaired."""

from aftersales.applications.lifecycle import Type
from aftersales.applications.model import Application
from aftersales.applications.repair import Repair
from aftersales.errors import StepNotPossible
from aftersales.identity.principal import Principal
from aftersales.staff.mine import mine


def repair_of(number: str, who: Principal) -> tuple[Application, Repair]:
    """With what is known of its repair so far. Raises `NotFound`, `NotYours`, `StepNotPossible`."""
    application = mine(number, who)
    if application.type is not Type.REPAIR:
        raise StepNotPossible("this application is not for a repair")
    return application, application.repair or Repair()
