"""What a mail says, in the language of the application."""

from typing import Any

from aftersales.applications.lifecycle import Step
from aftersales.applications.model import Application, TimelineEvent
from aftersales.applications.words import STATUS
from aftersales.money import decimal_text
from aftersales.stores.model import Store

TEXTS: dict[str, dict[str, str]] = {
    "zh-CN": {
        "subject": "[{store}] 售后申请 {number}：{title}",
        "greeting": "{name}，您好：",
        "nobody": "尊敬的顾客",
        "status": "您的售后申请(订单 {order})当前状态：{status}。",
        "survey_title": "请评价我们的服务",
        "survey": "您的售后申请已办结。占用您一分钟，告诉我们做得如何：",
        "refund": "退款金额：{refund}",
        "reasons": "说明：",
        "message": "专员留言：",
        "link": "查看进度和后续操作：",
        "number": "申请编号：{number}",
        "sign": "{store} 售后服务",
    },
    "en": {
        "subject": "[{store}] Application {number}: {title}",
        "greeting": "Dear {name},",
        "nobody": "customer",
        "status": "Your application about order {order} is now: {status}.",
        "survey_title": "How did we do?",
        "survey": "Your application is complete. Please take a minute to tell us how we did:",
        "refund": "Refund: {refund}",
        "reasons": "Reasons:",
        "message": "Message from our team:",
        "link": "See where it stands and what you can do:",
        "number": "Application number: {number}",
        "sign": "{store} after-sales service",
    },
}


class Letter:
    """Subject and plain text of one mail to one customer."""

    def __init__(self, store: Store, application: Application, event: TimelineEvent, link: str) -> None:
        self._texts = TEXTS[application.language]
        self._application = application
        self._event = event
        self._link = link
        self._store = store.name.get(application.language) or next(iter(store.name.values()))

    @property
    def is_survey(self) -> bool:
        return self._event.step is Step.SURVEY_SENT

    @property
    def subject(self) -> str:
        title = self._texts["survey_title"] if self.is_survey else self._status.name
        return self._say("subject", title=title)

    @property
    def text(self) -> str:
        body = [self._say("survey")] if self.is_survey else self._body()
        link = "" if self.is_survey else self._say("link") + "\n"
        parts = [self._greeting(), *body, link + self._link, self._say("number"), self._say("sign")]
        return "\n\n".join(parts) + "\n"

    @property
    def _status(self) -> Any:
        return STATUS[self._application.language][self._event.status_to]

    def _greeting(self) -> str:
        return self._say("greeting", name=self._application.contact.name or self._texts["nobody"])

    def _body(self) -> list[str]:
        parts = [self._say("status", status=self._status.name), self._status.next]
        if self._application.refund and self._event.data.get("refund_id"):
            parts.append(self._say("refund", refund=decimal_text(self._application.refund.total)))
        if self._event.step in (Step.REJECTED, Step.ACCEPTED, Step.REFERRED) and self._application.decision:
            reasons = [r.sentence(self._application.language) for r in self._application.decision.reasons]
            parts.append("\n".join([self._say("reasons"), *(f"- {reason}" for reason in reasons)]))
        elif self._event.message and self._event.actor.kind == "staff":
            parts.append(f"{self._say('message')}\n{self._event.message}")
        return parts

    def _say(self, key: str, **values: str) -> str:
        return self._texts[key].format(
            **{"store": self._store, "number": self._application.number, "order": self._application.order_number}
            | values
        )
