"""What a mail says, in the language of the application."""

from datetime import datetime

from aftersales.applications.lifecycle import Step
from aftersales.applications.model import Application, Decision, TimelineEvent
from aftersales.applications.shown import next_words
from aftersales.applications.words import STATUS, STEP
from aftersales.messaging.facts import Fact, facts, limit
from aftersales.messaging.words import NEWS, TEXTS
from aftersales.pages.moments import local
from aftersales.stores.model import Store


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
        return self._say("subject", title=self._texts["survey_title"] if self.is_survey else self._title)

    @property
    def text(self) -> str:
        body = [self._say("survey")] if self.is_survey else self._body()
        link = "" if self.is_survey else self._say("link") + "\n"
        parts = [self._greeting(), *body, link + self._link, self._say("number"), self._say("sign")]
        return "\n\n".join(parts) + "\n"

    @property
    def _title(self) -> str:
        step = self._event.step
        return STEP[self._application.language][step] if step in NEWS else self._status

    @property
    def _status(self) -> str:
        return STATUS[self._application.language][self._event.status_to].name

    def _greeting(self) -> str:
        return self._say("greeting", name=self._application.contact.name or self._texts["nobody"])

    def _body(self) -> list[str]:
        parts = [self._say("status", status=self._status), next_words(self._application, self._event.status_to)]
        parts += [self._fact(fact) for fact in facts(self._application, self._event, self._moment)]
        if self._application.decision and self._is_decision:
            parts += self._decided(self._application.decision)
        elif self._event.message and self._event.actor.kind == "staff":
            parts.append(f"{self._say('message')}\n{self._event.message}")
        until = limit(self._application, self._event, self._moment)
        return [*parts, self._fact(until)] if until else parts

    def _fact(self, fact: Fact) -> str:
        return self._say(fact.text, **fact.values)

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
