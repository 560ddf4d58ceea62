"""Behind the stream of policies: a backtest that runs is moved on, until it is done."""

from typing import Any

from aftersales.background import lambda_handler
from aftersales.items import document_of
from aftersales.model import Foreign
from aftersales.policy.backtest import move_on
from aftersales.telemetry import count, logger


class _Change(Foreign):
    NewImage: dict[str, dict[str, Any]]


class _Record(Foreign):
    dynamodb: _Change


class RunningBatch(Foreign):
    """Heads of backtests as they were written."""

    Records: tuple[_Record, ...]


class Running(Foreign):
    """The part of a head that says what to do; it is kept for a store."""

    kept_for: str
    backtest_id: str
    step: int


def work(batch: RunningBatch) -> None:
    for record in batch.Records:
        running = Running.model_validate(document_of(record.dynamodb.NewImage))
        logger.info("backtest", store_id=running.kept_for, backtest_id=running.backtest_id, step=running.step)
        if move_on(running.kept_for, running.backtest_id, running.step):
            count("BacktestMoved")


handler = lambda_handler(RunningBatch, work)
