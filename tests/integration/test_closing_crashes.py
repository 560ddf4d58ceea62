"""Between every two side effects the function may end: what was given, confirmed or disputed is so once."""

import pytest

from tests.integration.closing_works import CLOSING_WORKS
from tests.integration.desk import Desk
from tests.integration.interruption import answer_is_lost_of, dies_after
from tests.integration.test_crashes import Trial, writing
from tests.integration.works import Work


@pytest.mark.parametrize("work", CLOSING_WORKS, ids=lambda work: work.__name__)
def test_a_function_that_dies_anywhere_is_asked_again_and_nobody_can_tell(desk: Desk, work: Work) -> None:
    trial = Trial(desk, work)
    expected, calls = trial.undisturbed()
    for index in [0, *writing(calls)]:
        assert trial.interrupted(dies_after(index)) == expected, f"died after {calls[:index]}"
        assert trial.interrupted(answer_is_lost_of(index)) == expected, f"lost the answer of {calls[:index]}"
