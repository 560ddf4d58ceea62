"""What ops and the store prepare before the first customer comes."""

import json
from base64 import b64encode
from contextlib import suppress
from typing import Any

from aftersales.aws import client
from aftersales.identity.principal import Principal
from aftersales.items import item
from aftersales.settings import Setting
from aftersales.staff import store as staff
from tests.integration.gateway import Answer, call, shop

WEBHOOK_SECRET = "whsec_" + b64encode(b"a secret of thirty-two bytes ...").decode()
SHOPIFY_SECRET = "shpss_lantern"
EVERY_TYPE = ["refund_only", "return_refund", "exchange", "repair", "resend", "complaint", "consultation"]


class Backstage:
    """Stores, people, and the order LT-1001."""

    def register_store(self, store_id: str, name: dict[str, str], zone: str, **changes: Any) -> None:
        """Registered again it is changed, as ops would do it."""
        document = {
            "store_id": store_id,
            "name": name,
            "country": "CN",
            "time_zone": zone,
            "mail_from": f"service@{store_id}.example",
            "webhook_url": f"http://127.0.0.1:9/{store_id}",
            "page_url": f"https://help.{store_id}.example",
        }
        known = {name: value for name, value in (document | changes).items() if value is not None}
        self._put(Setting.STORES_TABLE, {"entry": f"store#{store_id}"} | known)
        with suppress(client("sesv2").exceptions.AlreadyExistsException):
            client("sesv2").create_email_identity(EmailIdentity=f"service@{store_id}.example")
        with suppress(client("secretsmanager").exceptions.ResourceExistsException):
            client("secretsmanager").create_secret(**self._secrets(store_id))

    def changes_secret(self, store_id: str, **changes: str) -> None:
        secrets = self._secrets(store_id, **changes)
        client("secretsmanager").put_secret_value(SecretId=secrets["Name"], SecretString=secrets["SecretString"])

    def _secrets(self, store_id: str, **changes: str) -> dict[str, str]:
        secrets = {"shopify_secret": SHOPIFY_SECRET, "webhook_secret": WEBHOOK_SECRET} | changes
        return {"Name": f"{Setting.STORE_SECRETS.read()}{store_id}", "SecretString": json.dumps(secrets)}

    def hire(
        self,
        member_id: str,
        *,
        languages: list[str],
        skills: list[str] | dict[str, int] | None = None,
        capacity: int = 5,
        **more: Any,
    ) -> None:
        """`more` is the rest of what the roster knows of them. Skills in a list are of the first level."""
        person = {"member_id": member_id, "name": member_id.title(), "email": f"{member_id}@desk.example", "open": 0}
        can = {"skills": EVERY_TYPE if skills is None else skills, "languages": languages, "capacity": capacity}
        self._put(Setting.STAFF_TABLE, {"roster": "staff"} | person | can | more)

    def make_team(self, team_id: str, name: dict[str, str], *leads: str) -> None:
        team = {"roster": "teams", "member_id": team_id, "name": name, "leads": list(leads)}
        self._put(Setting.STAFF_TABLE, team)

    def leaves(self, member_id: str) -> None:
        """The roster knows it, and nothing was taken back yet."""
        staff.remove(member_id)

    def _put(self, table: Setting, document: dict[str, Any]) -> None:
        client("dynamodb").put_item(TableName=table.read(), Item=item(document))

    def order_body(self, **changes: Any) -> dict[str, Any]:
        sold = {
            "teapot": {"title": "紫砂壶 Zisha teapot", "category": "general", "quantity": 3, "paid": 29900},
            "cup": {"title": "品茗杯 Tasting cup", "category": "general", "quantity": 6, "paid": 1000},
            "gift": {"title": "茶巾 Tea towel (gift)", "category": "general", "quantity": 1, "paid": 0},
            "card": {"title": "电子礼品卡 Gift card", "category": "digital", "quantity": 1, "paid": 10000},
        }
        told = {
            "currency": "CNY",
            "placed_at": "2026-03-01T08:00:00Z",
            "changed_at": "2026-03-08T09:00:00Z",
            "delivered_at": "2026-03-08T08:30:00Z",
            "lines": [{"line_id": line_id, **line} for line_id, line in sold.items()],
        }
        return told | changes

    def tell_order(self, number: str = "LT-1001", who: Principal | None = None, **changes: Any) -> Answer:
        return call(who or shop(), "PUT", f"/orders/{number}", self.order_body(**changes))
