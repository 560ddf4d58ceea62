"""A function may end at any moment while a case changes hands, and is asked again: nobody can tell."""

import pytest

from tests.integration.desk import Desk
from tests.integration.interruption import answer_is_lost_of, dies_after
from tests.integration.people_works import PEOPLE_WORKS
from tests.integration.test_crashes import Trial, writing
from tests.integration.works import Work


@pytest.mark.parametrize("work", PEOPLE_WORKS, ids=lambda work: work.__name__)
def test_what_is_begun_is_done_once(desk: Desk, work: Work) -> None:
    trial = Trial(desk, work)
    expected, calls = trial.undisturbed()
    for index in [0, *writing(calls)]:
        assert trial.interrupted(dies_after(index)) == expected, f"died after {calls[:index]}"
        assert trial.interrupted(answer_is_lost_of(index)) == expected, f"lost the answer of {calls[:index]}"
