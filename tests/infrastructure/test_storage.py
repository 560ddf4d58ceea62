"""What is kept: encrypted, to be had back, and not lost with a stack of production."""

import re
from typing import Any

import pytest

from aftersales.aws import client
from aftersales.settings import Setting
from tests.infrastructure.templates import properties, resources, template, words
from tests.integration import cloud as integration

TABLES = properties("storage", "AWS::DynamoDB::Table")
BUCKET = properties("storage", "AWS::S3::Bucket")["PhotosBucket"]
KEPT = [
    *(("storage", name) for name in resources("storage", "AWS::DynamoDB::Table", "AWS::S3::Bucket")),
    *(("identity", name) for name in resources("identity", "AWS::Cognito::UserPool")),
]


@pytest.mark.parametrize(("stack", "name"), KEPT)
def test_kept_in_production(stack: str, name: str) -> None:
    """When the stack is deleted, and when a change would replace it."""
    found = resources(stack)[name]
    assert found["DeletionPolicy"] == found["UpdateReplacePolicy"] == {"Fn::If": ["KeepData", "Retain", "Delete"]}
    assert template(stack)["Conditions"]["KeepData"] == {"Fn::Equals": [{"Ref": "Keep"}, "true"]}


@pytest.mark.parametrize("stack", ["Storage", "Identity"])
def test_production_says_so_to_its_stacks(stack: str) -> None:
    given = properties("root", "AWS::Serverless::Application")[stack]["Parameters"]["Keep"]
    assert given == {"Fn::If": ["IsProduction", "true", "false"]}
    assert template("root")["Conditions"]["IsProduction"] == {"Fn::Equals": [{"Ref": "Stage"}, "production"]}


@pytest.mark.parametrize("table", TABLES)
def test_table_is_encrypted_recoverable_and_protected(table: str) -> None:
    found = TABLES[table]
    assert found["SSESpecification"] == {"SSEEnabled": True}
    assert found["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert found["DeletionProtectionEnabled"] == {"Fn::If": ["KeepData", True, False]}
    assert found["BillingMode"] == "PAY_PER_REQUEST"


@pytest.mark.parametrize("table", TABLES)
def test_table_declares_exactly_its_keys(table: str) -> None:
    indexes = TABLES[table].get("GlobalSecondaryIndexes", [])
    keys = {key["AttributeName"] for schema in (TABLES[table], *indexes) for key in schema["KeySchema"]}
    assert keys == {attribute["AttributeName"] for attribute in TABLES[table]["AttributeDefinitions"]}


INDEXES = {
    "OrdersTable": {"customer": (["customer_key", "placed_at"], {"ProjectionType": "KEYS_ONLY"})},
    "ApplicationsTable": {
        "customer": (["customer", "filed_at"], {"ProjectionType": "KEYS_ONLY"}),
        "due": (["due_shard", "due_next"], {"ProjectionType": "ALL"}),
        "work": (
            ["work_owner", "work_due"],
            {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["type", "status", "priority", "language"]},
        ),
    },
}
"""By table and index: its keys, and what it holds beside them."""


@pytest.mark.parametrize("table", TABLES)
def test_table_has_exactly_these_indexes(table: str) -> None:
    found = {
        index["IndexName"]: ([key["AttributeName"] for key in index["KeySchema"]], index["Projection"])
        for index in TABLES[table].get("GlobalSecondaryIndexes", [])
    }
    assert found == INDEXES.get(table, {})


@pytest.mark.parametrize("table", TABLES)
def test_integration_tests_have_the_same_table(table: str, cloud: None) -> None:
    """An index that only the tests have would be missed by nobody else."""
    integration.tables()
    name = Setting[re.sub("Table$", "_TABLE", table).upper()].read()
    made = client("dynamodb").describe_table(TableName=name)["Table"]
    assert made["KeySchema"] == TABLES[table]["KeySchema"]
    assert by_name(made) == by_name(TABLES[table])


def by_name(table: dict[str, Any]) -> dict[str, Any]:
    return {
        index["IndexName"]: (index["KeySchema"], index["Projection"])
        for index in table.get("GlobalSecondaryIndexes", [])
    }


def test_applications_stream_what_became_of_them() -> None:
    assert TABLES["ApplicationsTable"]["StreamSpecification"] == {"StreamViewType": "NEW_IMAGE"}


def test_records_of_repeated_requests_expire() -> None:
    assert TABLES["ApplicationsTable"]["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}


def test_photos_are_private_encrypted_and_forgotten() -> None:
    assert set(BUCKET["PublicAccessBlockConfiguration"].values()) == {True}
    assert len(BUCKET["PublicAccessBlockConfiguration"]) == 4
    assert BUCKET["BucketEncryption"]
    assert BUCKET["OwnershipControls"] == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    [rule] = BUCKET["LifecycleConfiguration"]["Rules"]
    assert rule["Status"] == "Enabled"
    assert rule["ExpirationInDays"] == 3 * 365


def test_photos_travel_encrypted_on_aws() -> None:
    [statement] = properties("storage", "AWS::S3::BucketPolicy")["PhotosBucketPolicy"]["PolicyDocument"]["Statement"]
    assert (statement["Effect"], statement["Action"], statement["Principal"]) == ("Deny", "s3:*", "*")
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert [words(resource) for resource in statement["Resource"]] == ["PhotosBucket.Arn", "${PhotosBucket.Arn}/*"]
    given = properties("root", "AWS::Serverless::Application")["Storage"]["Parameters"]["Encrypted"]
    assert given == {"Fn::If": ["IsLocal", "false", "true"]}
