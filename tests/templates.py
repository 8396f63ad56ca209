"""Templates of papers for tests: the built-in ones, until a test replaces some of their files."""

import shutil
from pathlib import Path

from activities.papers import Templates

BUILT_IN = Templates.built_in()
REFUSAL_AT_FAULT = {"refusal": "#let refusal(..) = panic()"}
"""Refusals cannot be rendered, all other papers can."""


def templates_with(folder: Path, replaced: dict[str, str]) -> Templates:
    """A version named `other` in that folder: the built-in one with the files that are given."""
    shutil.copytree(BUILT_IN.folder / BUILT_IN.current, folder / "other")
    (folder / "current.toml").write_text('version = "other"')
    for name, text in replaced.items():
        (folder / "other" / f"{name}.typ").write_text(text)
    return Templates.at(folder)
