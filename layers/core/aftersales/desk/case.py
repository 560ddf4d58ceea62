"""All that the desk shows of one case, gathered."""

from typing import NamedTuple
from urllib.parse import urlsplit

from aftersales.applications import store as applications
from aftersales.applications.model import Application
from aftersales.applications.other_case import OtherCase
from aftersales.applications.refund import Quote
from aftersales.desk.fields import Scene
from aftersales.desk.roster import Roster
from aftersales.errors import Problem
from aftersales.identity.principal import Principal
from aftersales.model import Moment
from aftersales.orders import store as orders
from aftersales.orders.model import Order
from aftersales.resolution.quoting import quote_of
from aftersales.sla.clock import ClockKind
from aftersales.sla.refresh import clocks_of
from aftersales.staff import store as staff
from aftersales.staff.case import CaseView, case
from aftersales.stores import store as stores
from aftersales.stores.model import Store


class Case(NamedTuple):
    """`quote` is what it comes to now, if it comes to anything; `clocks` say when what was promised is due.

    `others` are the same customer's.
    """

    view: CaseView
    store: Store
    order: Order | None
    quote: Quote | None
    others: list[OtherCase]
    roster: Roster
    clocks: dict[ClockKind, Moment]

    @property
    def application(self) -> Application:
        return self.view.application

    @property
    def photos_from(self) -> str:
        """The origin of the links to its photos: all lie in one bucket. Empty without photos."""
        link = urlsplit(next(iter(self.view.photo_links.values()), ""))
        return f"{link.scheme}://{link.netloc}" if link.netloc else ""

    def scene(self, who: Principal) -> Scene:
        zone, tasks = self.store.time_zone, self.view.tasks
        return Scene(self.application, zone, who, self.quote, tasks, self.roster)


def form_scene(number: str, who: Principal) -> Scene:
    """By which a form is read that was sent; to show one takes more. Raises `NotFound`."""
    application = applications.load(number)
    return Scene(application, stores.load(application.store_id).time_zone, who)


def gather(number: str, who: Principal) -> Case:
    """Raises `NotFound`."""
    application = applications.load(number)
    order = orders.load(application.store_id, application.order_number)
    view = case(application, who)
    return Case(
        view=view,
        store=stores.load(application.store_id),
        order=order,
        quote=_quote(application, order) if order else None,
        others=applications.others_of(application),
        roster=Roster(tuple(staff.roster()), tuple(staff.teams())),
        clocks=clocks_of(application, view.timeline).first("due_at"),
    )


def _quote(application: Application, order: Order) -> Quote | None:
    """Nothing where it comes to nothing."""
    try:
        return quote_of(application, order)
    except Problem:
        return None
