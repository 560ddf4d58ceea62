"""Shopify's order webhook, read into our own terms.

Source: Shopify Admin REST API, resource Order (2025-10): prices are decimal strings in the shop's currency, discounts
are allocated to lines, taxes are listed by line, fulfilments carry the carrier's `shipment_status`. A guest's order has
no `customer`; addresses have a two-letter `country_code`; `source_name` says where it was sold, `payment_gateway_names`
how it was paid, and a line's `vendor` who sells it. An allocation points into `discount_applications` by its
`discount_application_index`; one whose `allocation_method` is `across` was given on the whole order. What had to be
spent for it is not told, nor how much each gateway or gift card paid: that is in the resource Transaction.
"""

import hashlib
import hmac
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable
from typing import Annotated

from pydantic import AwareDatetime, Field, ValidationError

from aftersales.errors import BadSignature, InvalidRequest
from aftersales.model import Foreign
from aftersales.money import minor_units
from aftersales.orders.facts import OrderFacts
from aftersales.orders.model import Discount, OrderCustomer, OrderLine

MADE = frozenset({None, "pending", "open", "success"})
"""Fulfilments that were not cancelled and did not fail."""


PAID = frozenset({None, "paid", "partially_refunded", "refunded"})
"""Of a part payment Shopify does not say for which line it is: it counts when the rest has come."""


class _Allocation(Foreign):
    amount: str
    discount_application_index: int | None = None


class _Discount(Foreign):
    """`code` of a discount code, `title` of one that was given by itself or by hand."""

    code: str | None = None
    title: str | None = None
    allocation_method: str | None = None


class _Tax(Foreign):
    price: str


class _LineItem(Foreign):
    id: int
    title: str
    sku: str | None = None
    vendor: str | None = None
    quantity: Annotated[int, Field(ge=0)]
    price: str
    discount_allocations: tuple[_Allocation, ...] = ()
    tax_lines: tuple[_Tax, ...] = ()


class _Shipping(Foreign):
    price: str
    discount_allocations: tuple[_Allocation, ...] = ()
    tax_lines: tuple[_Tax, ...] = ()


class _Fulfilment(Foreign):
    status: str | None = None
    shipment_status: str | None = None
    updated_at: AwareDatetime


class _Customer(Foreign):
    id: int | None = None


class _Address(Foreign):
    country_code: str | None = None


class ShopifyOrder(Foreign):
    """The part of the webhook's body that after-sales needs."""

    id: int
    name: str
    currency: str
    created_at: AwareDatetime
    updated_at: AwareDatetime
    taxes_included: bool = False
    financial_status: str | None = None
    cancelled_at: AwareDatetime | None = None
    line_items: Annotated[tuple[_LineItem, ...], Field(min_length=1)]
    shipping_lines: tuple[_Shipping, ...] = ()
    discount_applications: tuple[_Discount, ...] = ()
    fulfillment_status: str | None = None
    fulfillments: tuple[_Fulfilment, ...] = ()
    customer: _Customer | None = None
    shipping_address: _Address | None = None
    billing_address: _Address | None = None
    source_name: str | None = None
    payment_gateway_names: tuple[str, ...] = ()

    @property
    def is_paid(self) -> bool:
        """Before payment, and after cancelling, there is nothing that the desk could pay back."""
        return self.cancelled_at is None and self.financial_status in PAID

    @property
    def has_goods(self) -> bool:
        """An order whose every item was edited away has nothing that could be applied for."""
        return any(item.quantity for item in self.line_items)

    @property
    def order_number(self) -> str:
        """`#1001` is what customers see; they type it without the sign."""
        return self.name.removeprefix("#")

    def facts(self) -> OrderFacts:
        """Raises `InvalidRequest` when a price cannot be read or a line paid less than nothing."""
        try:
            return OrderFacts(
                currency=self.currency,
                placed_at=self.created_at,
                changed_at=self.updated_at,
                delivered_at=self._delivered_at(),
                customer=self._customer(),
                country=self._country(),
                channel=(self.source_name or "")[:50],
                payment_instrument=next((name[:50] for name in self.payment_gateway_names), None),
                prices_include_tax=self.taxes_included,
                discounts=self._discounts(),
                shipping=sum(self._paid(line, 1) for line in self.shipping_lines),
                lines=[self._line(item) for item in self._goods],
            )
        except ValidationError as error:
            first = error.errors(include_input=False)[0]
            where = ".".join(map(str, first["loc"]))
            raise InvalidRequest(f"order {self.name}: {where}: {first['msg']}") from None
        except ValueError as error:
            raise InvalidRequest(f"order {self.name}: {error}") from None

    def _delivered_at(self) -> AwareDatetime | None:
        """The last parcel's delivery: the window of a split order opens when all of it has arrived."""
        live = [parcel for parcel in self.fulfillments if parcel.status in MADE]
        if not live or self.fulfillment_status not in (None, "fulfilled"):
            return None
        if any(parcel.shipment_status != "delivered" for parcel in live):
            return None
        return max(parcel.updated_at for parcel in live)

    def _customer(self) -> OrderCustomer | None:
        return OrderCustomer(customer_id=str(self.customer.id)) if self.customer and self.customer.id else None

    def _country(self) -> str | None:
        """Where the goods went; of what was not shipped, where it was billed."""
        codes = (address.country_code for address in (self.shipping_address, self.billing_address) if address)
        return next((code for code in codes if code), None)

    @property
    def _goods(self) -> list[_LineItem]:
        return [item for item in self.line_items if item.quantity]

    def _line(self, item: _LineItem) -> OrderLine:
        return OrderLine(
            line_id=str(item.id),
            title=item.title[:200],
            sku=(item.sku or "")[:100],
            quantity=item.quantity,
            paid=self._paid(item, item.quantity),
            price=self._units(item.price) if self.is_paid else None,
            discount=self._sum(allocation.amount for allocation in item.discount_allocations),
            order_discount=self._sum(a.amount for a in item.discount_allocations if self._on_order(a)),
            tax=self._sum(tax.price for tax in item.tax_lines),
            seller=(item.vendor or "")[:100],
        )

    def _discounts(self) -> tuple[Discount, ...]:
        taken: Counter[int | None] = Counter()
        for item in self._goods:
            for allocation in filter(self._on_order, item.discount_allocations):
                taken[allocation.discount_application_index] += self._units(allocation.amount)
        named = {index: self.discount_applications[index or 0] for index in taken}
        return tuple(
            Discount(code=(named[index].code or named[index].title or "?")[:200], amount=amount)
            for index, amount in taken.items()
        )

    def _on_order(self, allocation: _Allocation) -> bool:
        index = allocation.discount_application_index
        known = index is not None and 0 <= index < len(self.discount_applications)
        return known and self.discount_applications[index or 0].allocation_method == "across"

    def _paid(self, sold: _LineItem | _Shipping, quantity: int) -> int:
        if not self.is_paid:
            return 0
        taxes = () if self.taxes_included else sold.tax_lines
        discount = self._sum(allocation.amount for allocation in sold.discount_allocations)
        return self._units(sold.price) * quantity - discount + self._sum(tax.price for tax in taxes)

    def _sum(self, texts: Iterable[str]) -> int:
        return sum(map(self._units, texts))

    def _units(self, text: str) -> int:
        return minor_units(text, self.currency)


def check_signature(secret: str, body: bytes, signature: str) -> None:
    """`X-Shopify-Hmac-Sha256` is the base64 of HMAC-SHA256 over the raw body. Raises `BadSignature`."""
    expected = b64encode(hmac.digest(secret.encode(), body, hashlib.sha256))
    if not hmac.compare_digest(expected, signature.encode()):
        raise BadSignature
