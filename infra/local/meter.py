"""MiniStack with a meter: each DynamoDB call and what it consumed, one JSON object a line in METER_FILE.

The capacity is asked for behind the signature check, so callers need not ask; who did not ask sees no difference.
A failed call consumes nothing here; on AWS a failed condition consumes a write.
"""

import json
import os
import time
from pathlib import Path
from typing import Any

from ministack.core.iam_evaluator import caller_arn
from ministack.services import dynamodb

SINGLE = ("PutItem", "GetItem", "DeleteItem", "UpdateItem", "Query", "Scan")
SEVERAL = ("BatchWriteItem", "BatchGetItem", "TransactWriteItems", "TransactGetItems")
METERED = frozenset((*SINGLE, *SEVERAL))
# Headers that describe the body before the meter took its own part out.
STALE = frozenset(("content-length", "x-amz-crc32"))

Answer = tuple[int, dict[str, str], bytes]
answer_unmetered = dynamodb.handle_request


async def answer_metered(method: str, path: str, headers: dict[str, str], body: bytes, query: Any) -> Answer:
    """Answer as MiniStack does, and write the line."""
    operation = headers.get("x-amz-target", "").rpartition(".")[2]
    if operation not in METERED:
        return await _unmetered(method, path, headers, body, query)
    asked = json.loads(body)
    measured = json.dumps({**asked, "ReturnConsumedCapacity": "INDEXES"}).encode()
    status, fields, text = await _unmetered(method, path, headers, measured, query)
    answer = json.loads(text)
    _write(operation, status, answer.get("ConsumedCapacity"))
    if asked.get("ReturnConsumedCapacity", "NONE") != "NONE":
        return status, fields, text
    answer.pop("ConsumedCapacity", None)
    return status, {k: v for k, v in fields.items() if k.lower() not in STALE}, json.dumps(answer).encode()


async def _unmetered(method: str, path: str, headers: dict[str, str], body: bytes, query: Any) -> Answer:
    status, fields, text = await answer_unmetered(method, path, headers, body, query)
    return status, fields, text


def _write(operation: str, status: int, capacity: Any) -> None:
    tables = capacity if isinstance(capacity, list) else [capacity] if capacity else []
    line = {
        "at": time.time(),
        "caller": str(caller_arn()).rpartition("/")[2],
        "operation": operation,
        "status": status,
        "units": {table["TableName"]: table["CapacityUnits"] for table in tables},
    }
    with Path(os.environ["METER_FILE"]).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def start() -> None:
    dynamodb.handle_request = answer_metered
