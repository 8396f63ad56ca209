"""The folder of templates: one folder a version, and a file that names the version in use."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from domain.refusal import InputRefused

_BUILT_IN = Path(__file__).parent / "templates"
_CURRENT = "current.toml"
_MAIN = "paper.typ"
# A version becomes part of a path: it never leads out of the folder.
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,31}")


@dataclass(frozen=True)
class Templates:
    """All versions of the templates in one folder; `current` is the one that new papers are made with."""

    folder: Path
    current: str

    @classmethod
    def built_in(cls) -> Self:
        """The templates that come with the service."""
        return cls.at(_BUILT_IN)

    @classmethod
    def at(cls, folder: Path) -> Self:
        """The templates of that folder; `InputRefused` if it names no version that is there."""
        templates = cls(folder=folder.resolve(), current=_current(folder / _CURRENT))
        if templates.main(templates.current) is None:
            raise _unusable(
                folder / _CURRENT, f"it names the version {templates.current}, which has no {_MAIN} beside it"
            )
        return templates

    def main(self, version: str) -> Path | None:
        """The file that typst begins with, None if the folder does not have that version."""
        main = self.folder / version / _MAIN
        return main if _VERSION.fullmatch(version) and main.is_file() else None


def _current(file: Path) -> str:
    try:
        version = tomllib.loads(file.read_text(encoding="utf-8")).get("version")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _unusable(file, f"it cannot be read: {error}") from error
    if not isinstance(version, str):
        raise _unusable(file, "it names no version")
    return version


def _unusable(file: Path, what: str) -> InputRefused:
    return InputRefused.of(
        "paper_templates",
        str(file),
        what,
        "A folder of templates has a folder for each version and the file current.toml that names one of them",
        'Write it as: version = "2026-11", with the name of a folder that holds paper.typ (docs/papers.md)',
    )
