"""What is kept of labels and parcels, in the table of applications.

Sort keys: in the partition of an application, `label` is the shipment by which its label is bought, or why none was. A
parcel has a partition of its own, `parcel#STORE#NUMBER`, with an item for each application whose goods are in it.
"""

from typing import Any, Literal

from aftersales import tables
from aftersales.applications.consignment import plain
from aftersales.aws import client
from aftersales.items import document_of, item
from aftersales.model import Model
from aftersales.settings import Setting
from aftersales.tables import Write

TABLE = Setting.APPLICATIONS_TABLE
LABEL = "label"
Direction = Literal["in", "out"]
"""In: goods that come back to the store."""


class AskedLabel(Model):
    """What came of asking for the label of an application. `refused` is why there will be none."""

    shipment_id: str | None = None
    refused: str | None = None


class Followed(Model):
    """A parcel of the application `about`. Carriers use their numbers again: `tracker_id` is of this parcel alone."""

    about: str
    direction: Direction
    tracker_id: str | None = None


def asked_label(number: str) -> AskedLabel:
    found = tables.load(TABLE, {"number": number, "item": LABEL}) or {}
    return AskedLabel(shipment_id=found.get("shipment_id"), refused=found.get("refused"))


def keep_shipment(number: str, shipment_id: str) -> str:
    """The shipment to buy by: this one, or one that was kept before."""
    document = {"number": number, "item": LABEL, "shipment_id": shipment_id}
    if tables.put_once(TABLE, document, "attribute_not_exists(shipment_id)"):
        return shipment_id
    return asked_label(number).shipment_id or shipment_id


def refusing(number: str, reason: str) -> Write:
    return tables.put(TABLE, {"number": number, "item": LABEL, "refused": reason})


def following(store_id: str, tracking_number: str, parcel: Followed) -> Write:
    return tables.put(TABLE, _document(store_id, tracking_number, parcel))


def follow(store_id: str, tracking_number: str, parcel: Followed) -> None:
    client("dynamodb").put_item(TableName=TABLE.read(), Item=item(_document(store_id, tracking_number, parcel)))


def followed(store_id: str, tracking_number: str) -> list[Followed]:
    """By the applications whose goods were in a parcel of this number, now or before."""
    found = client("dynamodb").query(
        TableName=TABLE.read(),
        KeyConditionExpression="#n = :n",
        ExpressionAttributeNames={"#n": "number"},
        ExpressionAttributeValues=item({":n": _partition(store_id, tracking_number)}),
        ConsistentRead=True,
    )
    return [_parcel(document_of(stored)) for stored in found["Items"]]


def _document(store_id: str, tracking_number: str, parcel: Followed) -> dict[str, Any]:
    about = {"number": _partition(store_id, tracking_number), "item": parcel.about}
    return parcel.document() | about


def _parcel(document: dict[str, Any]) -> Followed:
    return Followed.model_validate({name: value for name, value in document.items() if name not in {"number", "item"}})


def _partition(store_id: str, tracking_number: str) -> str:
    return f"parcel#{store_id}#{plain(tracking_number)}"
