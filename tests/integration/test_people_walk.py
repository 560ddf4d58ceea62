"""People come and go while cases change hands: nobody has too much, nothing is lost, and each thing is told once."""

import pytest

from tests.integration.clock_works import leads_listen
from tests.integration.desk import Desk
from tests.integration.people_walk import PeopleWalk

SEEDS, MOVES = 5, 80
"""More of both finds more, and takes longer."""


@pytest.mark.parametrize("seed", range(SEEDS))
def test_whoever_comes_and_goes_the_books_balance(desk: Desk, seed: int) -> None:
    leads_listen()
    walk = PeopleWalk(desk, seed)
    try:
        walk.go(MOVES)
        walk.all_come()
    except AssertionError as error:
        error.add_note("\n".join(walk.log[-20:]))
        raise
