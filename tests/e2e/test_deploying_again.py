"""A second deployment updates in place."""

from rich.console import Console

from infra.local import stack
from infra.local.deploy import deploy
from infra.local.stack import Standing


def test_an_update_of_a_nested_stack_keeps_what_it_does_not_change(standing: Standing) -> None:
    """Photos may now come from one web page only: the bucket changes, the tables stay the same tables."""
    console = Console(stderr=True)
    changed = stack.parameters(standing.place) | {"UploadOrigins": "https://lantern.example"}
    try:
        assert deploy(stack.deployment(standing.place), changed, console) == standing.outputs
    finally:
        deploy(stack.deployment(standing.place), stack.parameters(standing.place), console)
