"""Wherever one gets by what is possible, the books balance, what is listed can be done, and every case ends."""

import pytest

from tests.integration.desk import Desk
from tests.integration.walks import Walk


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_in_whatever_order_all_is_in_order_and_ends(desk: Desk, seed: int) -> None:
    desk.register_store("lantern", {"zh-CN": "灯笼茶器"}, "Asia/Shanghai", coupon_below_minimum="claw_back")
    desk.hire("mei", languages=["zh-CN"], capacity=50)
    desk.hire("hua", languages=["zh-CN"], skills=[], capacity=50, leads=True)
    walk = Walk(desk, seed)
    walk.go(40)
    walk.end()
