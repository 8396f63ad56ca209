"""Who may import whom: domain <- activities <- workflows <- worker, starter; nothing points back."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FORBIDDEN = {
    "domain": {"activities", "workflows", "worker", "starter"}
    | {
        "temporalio",
        "asyncpg",
        "subprocess",
        "socket",
        "shutil",
        "asyncio",
        "logging",
        "structlog",
        "random",
    },
    "activities": {"workflows", "worker", "starter"},
    "workflows": {"worker", "starter", "asyncpg"},
    "worker": {"starter"},
    "starter": set(),
}


def imported(module: Path) -> set[str]:
    """The top-level names that a module imports, wherever in it."""
    nodes = list(ast.walk(ast.parse(module.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    assert not any(isinstance(node, ast.ImportFrom) and node.level for node in nodes), "a relative import"
    named = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in plain | named}


@pytest.mark.parametrize("folder", FORBIDDEN)
def test_imports_point_from_the_outside_to_the_law_and_never_back(folder: str) -> None:
    modules = sorted((ROOT / folder).rglob("*.py"))
    back = {str(module): imported(module) & (FORBIDDEN[folder] | {"tests"}) for module in modules}
    assert modules
    assert {module: names for module, names in back.items() if names} == {}
