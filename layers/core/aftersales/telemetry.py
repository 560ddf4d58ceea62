"""Logs, metrics and traces, made once. Names and namespace come from the POWERTOOLS_* variables of the template."""

from aws_lambda_powertools.logging import Logger
from aws_lambda_powertools.metrics import Metrics, MetricUnit
from aws_lambda_powertools.tracing import Tracer

logger = Logger()
metrics = Metrics()
tracer = Tracer(auto_patch=False)  # patching imports and wraps every HTTP library it knows: a fifth of a cold start


def count(name: str, value: int = 1) -> None:
    """Add to the counter `name`; it leaves with the log when the invocation ends."""
    metrics.add_metric(name=name, unit=MetricUnit.Count, value=value)


def observe(name: str, seconds: int) -> None:
    """How long something took, by the name of a metric; it leaves as counters do."""
    metrics.add_metric(name=name, unit=MetricUnit.Seconds, value=seconds)
