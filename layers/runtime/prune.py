"""Take out of an installed layer what no function uses: python prune.py DIRECTORY"""

import gzip
import json
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

# Folder in botocore/data -> name in endpoints.json. Another AWS service in the code needs a line here.
SERVICES = {
    "cloudwatch": "monitoring",
    "cognito-idp": "cognito-idp",
    "dynamodb": "dynamodb",
    "events": "events",
    "s3": "s3",
    "scheduler": "scheduler",
    "secretsmanager": "secretsmanager",
    "sesv2": "email",
    "sns": "sns",
    "sqs": "sqs",
    "stepfunctions": "states",
    "sts": "sts",
    "xray": "xray",  # the X-Ray SDK makes this client when it is imported outside Lambda
}
CHALICE = {"__init__.py", "app.py"}  # the rest is its command line and its deployer
DIST_INFO = {"METADATA", "licenses", "LICENSE", "LICENSE.txt", "NOTICE"}  # versions, and what the licences ask for
UNUSED = (
    "bin",  # scripts that name the building machine's Python
    "aws_lambda_powertools/event_handler",  # Chalice is the router
    "holidays/financial",  # exchanges; the desk asks for countries
    "holidays/locale",  # their names in other languages
    ".lock",  # uv's
)


def prune(site: Path) -> None:
    for name in UNUSED:
        remove(site / name)
    keep_only(CHALICE, site / "chalice")
    for info in site.glob("*.dist-info"):
        keep_only(DIST_INFO, info)
    data = site / "botocore" / "data"
    keep_only({*SERVICES, *(path.name for path in data.glob("*.json"))}, data)
    for path in list(json_files(data)):
        rewrite(path)


def keep_only(names: Iterable[str], folder: Path) -> None:
    for path in folder.iterdir():
        if path.name not in names:
            remove(path)


def remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def json_files(data: Path) -> Iterator[Path]:
    yield from data.rglob("*.json")
    yield from data.rglob("*.json.gz")


def rewrite(path: Path) -> None:
    """Three quarters of a service's model is its manual, and every cold start reads it all."""
    packed = path.suffix == ".gz"
    content = json.loads(gzip.decompress(path.read_bytes()) if packed else path.read_bytes())
    path.unlink()
    if path.name.startswith("examples-"):
        return
    if path.name == "endpoints.json":
        trim_endpoints(content)
    target = path.with_suffix("") if packed else path
    target.write_text(json.dumps(without_manual(content), separators=(",", ":")))


def trim_endpoints(content: dict) -> None:
    for partition in content["partitions"]:
        services = partition["services"]
        partition["services"] = {name: services[name] for name in services if name in SERVICES.values()}


def without_manual(node: object, key: str = "") -> object:
    if isinstance(node, list):
        return [without_manual(item) for item in node]
    if isinstance(node, dict):
        return {name: without_manual(value, name) for name, value in node.items()}
    # Emptied, not removed: botocore reads the key of some parameters.
    return "" if key == "documentation" else node


if __name__ == "__main__":
    prune(Path(sys.argv[1]))
