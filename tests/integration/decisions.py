"""Cases that were decided one way or another, whatever rules a store has."""

from typing import Any

from aftersales.applications import store as applications
from aftersales.applications.decision import carry_out
from aftersales.applications.model import SYSTEM, Application, Decision, LineDecision, Outcome, PolicyReason
from tests.integration.desk import MEI, Desk

SAID = {"zh-CN": "请上传一张能看到裂纹的照片。", "en": "Please add a photo that shows the crack."}
WHY = {"message": "收到时就有裂纹，并非使用造成。"}
"""Why a customer appeals."""
TEAPOT_AND_CUPS = [
    {"line_id": "teapot", "quantity": 1, "reason": "defective"},
    {"line_id": "cup", "quantity": 2, "reason": "changed_mind"},
]
TEAPOT_ONLY = ({"line_id": "teapot", "outcome": "accept"}, {"line_id": "cup", "outcome": "reject"})


def policy_says(number: str, outcome: Outcome, *lines: dict[str, Any], **more: Any) -> Application:
    """Written as the review writes it. `lines` say where one differs from the outcome, or from the usual terms."""
    application = applications.load(number)
    differing = {line["line_id"]: line for line in lines}
    decision = Decision(
        outcome=outcome,
        reasons=(PolicyReason(code="photo_needed", text=SAID),),
        policy="lantern@3",
        lines=tuple(_line(line.line_id, outcome, differing) for line in application.lines),
        **more,
    )
    return carry_out(application, decision, SYSTEM, data={"policy": decision.policy})


def _line(line_id: str, outcome: Outcome, differing: dict[str, dict[str, Any]]) -> LineDecision:
    usual = {"line_id": line_id, "outcome": outcome, "rules": (f"{line_id}_rule",), "reasons": (f"{line_id}_rule",)}
    return LineDecision.model_validate(usual | differing.get(line_id, {}))


def under_review(desk: Desk, **changes: Any) -> str:
    """Mei has to decide on it."""
    number = desk.filed(**{"type": "refund_only"} | changes)
    policy_says(number, "manual_review")
    desk.assign(number)
    return number


def rejected(desk: Desk, **changes: Any) -> str:
    """Mei has decided: no."""
    number = under_review(desk, **changes)
    assert desk.staff(MEI, number, "decision", {"outcome": "reject", "message": "壶身有使用痕迹。"}).status == 200
    return number


def appealed(desk: Desk, **changes: Any) -> str:
    """Mei's no is not taken; nobody has the case yet."""
    number = rejected(desk, **changes)
    assert desk.customer(number, "appeal", WHY).status == 200
    return number
