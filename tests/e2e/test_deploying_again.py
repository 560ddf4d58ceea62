"""What was there before a second deployment goes on: in place, and with what is new."""

from dataclasses import replace

from rich.console import Console

from infra.local import cloud, stack
from infra.local.deploy import deploy
from infra.local.stack import Standing
from infra.ops.register import read, register_store


def test_an_update_of_a_nested_stack_keeps_what_it_does_not_change(standing: Standing) -> None:
    """Photos may now come from one web page only: the bucket changes, the tables stay the same tables.

    The tests after it work on what was updated.
    """
    changed = stack.parameters(standing.place) | {"UploadOrigins": "https://lantern.example"}
    assert deploy(stack.deployment(standing.place), changed, Console(stderr=True)) == standing.outputs


def test_a_store_from_before_a_scope_gets_it_when_it_is_registered_again(standing: Standing) -> None:
    known = read(stack.DEMO).stores[0].model_copy(update={"store_id": "from-before"})
    credentials = register_store(known, standing.outputs)
    cloud.client("cognito-idp", standing.place.port).update_user_pool_client(
        UserPoolId=standing.outputs["PoolId"],
        ClientId=credentials.client_id,
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthFlows=["client_credentials"],
        AllowedOAuthScopes=["aftersales/orders.write"],
    )
    assert register_store(known, standing.outputs) == credentials
    told = {"outcome": "reserved"}
    storefront = replace(standing, store=credentials).storefront("aftersales/goods.write")
    assert storefront.call("POST", "/replacements/0000-0000-0000-0000.3/confirmation", told).status == 404
