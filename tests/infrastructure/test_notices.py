"""The bus rule of the mails lets through what may be worth one: changes of status, and some steps that are none."""

from aftersales.messaging.words import IN_THE_SAME_STATUS
from tests.infrastructure.templates import properties


def test_rule_lets_through_what_may_be_worth_a_mail() -> None:
    pattern = properties("messaging", "AWS::Events::Rule")["StatusChanged"]["EventPattern"]
    changed, named = pattern["$or"]
    assert changed == {"detail": {"status_changed": [True]}}
    assert set(named["detail-type"]) == {f"application.{step}" for step in IN_THE_SAME_STATUS}
