"""The handler of a function that no person waits for: logged, traced, counted, its input a model."""

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel

from aftersales.telemetry import logger, metrics, tracer

M = TypeVar("M", bound=BaseModel)
Handler = Callable[[dict[str, Any], Any], Any]


def lambda_handler(model: type[M], work: Callable[[M], Any]) -> Handler:
    """`work` gets the event as `model`. What it raises fails the invocation: its trigger tries again."""

    @metrics.log_metrics(capture_cold_start_metric=True)
    @tracer.capture_lambda_handler(capture_response=False)
    @logger.inject_lambda_context(clear_state=True)
    def handler(event: dict[str, Any], context: Any) -> Any:  # noqa: ARG001 Lambda passes it, the decorators read it
        return work(model.model_validate(event))

    return handler  # type: ignore[no-any-return]
