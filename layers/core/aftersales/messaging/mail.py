"""What a mail says, in the language of the application."""

from datetime import datetime
from typing import Any

from aftersales.applications.lifecycle import LIMITS, Step
from aftersales.applications.model import Application, Decision, TimelineEvent
from aftersales.applications.words import STATUS
from aftersales.money import decimal_text
from aftersales.pages.moments import local
from aftersales.stores.model import Store

TEXTS: dict[str, dict[str, str]] = {
    "zh-CN": {
        "subject": "[{store}] 售后申请 {number}：{title}",
        "greeting": "{name}，您好：",
        "nobody": "尊敬的顾客",
        "status": "您的售后申请（订单 {order}）当前状态：{status}。",
        "survey_title": "请评价我们的服务",
        "survey": "您的售后申请已办结。占用您一分钟，告诉我们做得如何：",
        "refund": "退款金额：{refund}",
        "reasons": "说明：",
        "partly": "以下商品未通过审核，其余商品已受理：",
        "wanted": "需要您补充：",
        "by": "请在 {until} 前补充，逾期申请将关闭。",
        "appeal": "如果您不同意这个结果，可以在 {until} 前通过下面的链接申诉一次，由未参与原决定的专员重新审核。",
        "final": "这是您申诉后的最终结果。",
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
        "partly": "These items could not be accepted; the others were:",
        "wanted": "What we need from you:",
        "by": "Please answer by {until}; after that the application is closed.",
        "appeal": "If you do not agree, you may appeal once, by the link below, until {until}. "
        "A person who did not make this decision will look at it again.",
        "final": "This is the final answer to your appeal.",
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
        self._zone = store.time_zone
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
        if self._application.decision and self._is_decision:
            parts += self._decided(self._application.decision)
        elif self._event.message and self._event.actor.kind == "staff":
            parts.append(f"{self._say('message')}\n{self._event.message}")
        return [*parts, *self._limit()]

    def _limit(self) -> list[str]:
        """Until when the customer may answer a question."""
        if self._event.step is not Step.INFORMATION_REQUESTED:
            return []
        return [self._say("by", until=self._moment(self._event.at + LIMITS[self._event.status_to]))]

    def _moment(self, at: datetime) -> str:
        there = local(at, self._zone, self._application.language)
        return f"{there.text} ({there.offset})"

    @property
    def _is_decision(self) -> bool:
        """A question is one when the policy asks it."""
        asked_by_policy = self._event.step is Step.INFORMATION_REQUESTED and self._event.actor.kind == "system"
        return asked_by_policy or self._event.step in (Step.REJECTED, Step.ACCEPTED, Step.REFERRED)

    def _decided(self, decision: Decision) -> list[str]:
        reasons = [f"- {reason.sentence(self._application.language)}" for reason in decision.reasons]
        heading = "wanted" if self._event.step is Step.INFORMATION_REQUESTED else "reasons"
        parts = ["\n".join([self._say(heading), *reasons])]
        if self._event.data.get("outcome") == "partly_accept":
            refused = [f"- {line.title or line.line_id} × {line.quantity}" for line in self._application.refused_lines]
            parts.insert(0, "\n".join([self._say("partly"), *refused]))
        if self._event.step is Step.REJECTED:
            parts += self._appeal(decision)
        return parts

    def _appeal(self, decision: Decision) -> list[str]:
        """How to appeal, or that this was the answer to an appeal."""
        if decision.appeal_until:
            return [self._say("appeal", until=self._moment(decision.appeal_until))]
        return [self._say("final")] if self._event.data.get("appeal") else []

    def _say(self, key: str, **values: str) -> str:
        return self._texts[key].format(
            **{"store": self._store, "number": self._application.number, "order": self._application.order_number}
            | values
        )
