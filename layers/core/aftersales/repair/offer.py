"""The customer takes the offer of a repair that costs something, or declines it."""

from aftersales.applications import commit, store
from aftersales.applications.lifecycle import Step
from aftersales.applications.model import CUSTOMER, Actor, Application
from aftersales.applications.plan import back_to_work
from aftersales.applications.repair import Repair
from aftersales.charges.ask import ask_for
from aftersales.errors import StepNotPossible
from aftersales.model import Model


class QuoteAnswer(Model):
    """The body of `POST /applications/{number}/quote-answer`."""

    accept: bool


def answer(number: str, answered: QuoteAnswer) -> Application:
    """Accepted, it is to be paid first. Raises `StepNotPossible`."""
    end = accept if answered.accept else decline
    return commit.until_written(lambda: end(store.load(number), CUSTOMER))


def accept(application: Application, actor: Actor) -> Application:
    repair = application.repair
    if repair is None or repair.price is None:
        raise StepNotPossible("no repair was offered")
    return ask_for(repair.price.amount, "repair", application, Step.QUOTE_ACCEPTED, actor)


def decline(application: Application, actor: Actor) -> Application:
    """Also by silence: the goods that are here go back as they came."""
    repair = application.repair or Repair()
    declined = repair.model_copy(update={"outcome": "declined"})
    return commit.step(application, Step.QUOTE_DECLINED, actor, to=back_to_work(application), repair=declined)
