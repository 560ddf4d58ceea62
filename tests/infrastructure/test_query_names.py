"""What may stand behind the `?` of an address: the contract names what is read, and nothing else."""

import ast
from collections.abc import Iterator

import pytest

from aftersales.routes import ROUTES
from tests.infrastructure.source import reachable, tree
from tests.infrastructure.spec import operation

FUNCTIONS = sorted({route.function for route in ROUTES})


def promised(function: str) -> set[str]:
    """The query names that the contract has for the routes of a function."""
    parameters = (each for route in ROUTES if route.function == function for each in operation(route)["parameters"])
    return {each["name"] for each in parameters if each["in"] == "query"}


def read_by(module: str) -> set[str]:
    """The names that a module takes from a query."""
    return {name for node in ast.walk(tree(module)) for name in _read(node, module)}


def _read(node: ast.AST, module: str) -> Iterator[str]:
    """`query.get("team")`, `query["team"]`, `"team" in query`; and all of `LISTS` in `for name in LISTS if …`."""
    match node:
        case ast.Call(func=ast.Attribute(value=of, attr="get"), args=[ast.Constant(value=str(name)), *_]):
            yield from [name] if _is_query(of) else []
        case ast.Subscript(value=of, slice=ast.Constant(value=str(name))):
            yield from [name] if _is_query(of) else []
        case ast.Compare(left=ast.Constant(value=str(name)), comparators=[of]):
            yield from [name] if _is_query(of) else []
        case ast.comprehension(iter=ast.Name(id=listed), ifs=[ast.Compare(comparators=[of])]):
            yield from _constant(module, listed) if _is_query(of) else []


def _is_query(expression: ast.expr) -> bool:
    return "query" in ast.unparse(expression)


def _constant(module: str, wanted: str) -> tuple[str, ...]:
    for node in tree(module).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == wanted:
            return tuple(ast.literal_eval(node.value))
    raise AssertionError(f"{module} has no constant {wanted}")


@pytest.mark.parametrize("function", FUNCTIONS)
def test_what_the_contract_names_the_function_reads(function: str) -> None:
    found = {name for module in reachable(function.title()) for name in read_by(module)}
    assert promised(function) <= found


@pytest.mark.parametrize("function", FUNCTIONS)
def test_what_the_function_itself_reads_the_contract_names(function: str) -> None:
    assert read_by(f"functions.{function}.app") <= promised(function)
