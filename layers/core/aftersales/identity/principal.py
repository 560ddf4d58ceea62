"""Who is asking, as the authorizer found out."""

from collections.abc import Mapping
from typing import Literal

from aftersales.applications.model import Actor
from aftersales.errors import NotFound
from aftersales.model import Model

Role = Literal["agent", "policy_owner", "lead", "admin"]


class Principal(Model):
    """A storefront speaks for one store, a customer for one application, a member of staff for themselves."""

    kind: Literal["storefront", "customer", "staff"]
    id: str
    store_id: str | None = None
    role: Role | None = None

    @property
    def leads(self) -> bool:
        return self.role in ("lead", "admin")

    def actor(self) -> Actor:
        return Actor(kind=self.kind, id=None if self.kind == "customer" else self.id)

    def must_own(self, number: str, store_id: str | None = None) -> None:
        """Raises `NotFound` unless the application is the customer's, or of the storefront's store."""
        if self.kind == "customer" and self.id != number:
            raise NotFound
        if self.kind == "storefront" and self.store_id != store_id:
            raise NotFound

    def context(self) -> dict[str, str]:
        """As API Gateway carries it from the authorizer to the functions: strings only."""
        return {key: str(value) for key, value in self.document().items()}


def principal_of(context: Mapping[str, object]) -> Principal:
    """The principal in a request's authorizer context."""
    return Principal.model_validate({k: context[k] for k in Principal.model_fields if k in context})
