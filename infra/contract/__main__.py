"""python -m infra.contract: write the file anew."""

from pathlib import Path

import yaml

from infra.contract.document import document

CONTRACT = Path(__file__).parents[1] / "openapi.yaml"
HEADER = "# Written by `make contract`. Change layers/core/aftersales/routes/ and the models instead.\n"


class _Dumper(yaml.SafeDumper):
    """Without anchors, which an included template may not have; text of several lines as a block."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True


def _block(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _block)


def text() -> str:
    """The whole file."""
    return HEADER + yaml.dump(document(), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)


if __name__ == "__main__":
    CONTRACT.write_text(text(), encoding="utf-8")
