"""What a scenario has measured, as a table for people; and how large it is played."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Size:
    """Short for `make test`, full for `make faults`; the seed decides what is left to chance."""

    full: bool
    seed: int = 1

    SHORT: ClassVar["Size"]
    FULL: ClassVar["Size"]

    def of(self, short: T, full: T) -> T:
        """The one of the two that belongs to this size."""
        return full if self.full else short


Size.SHORT = Size(full=False)
Size.FULL = Size(full=True)


@dataclass
class Figures:
    """Rows of label and value, and the violations, of which there must be none."""

    name: str
    title: str
    size: Size
    rows: list[tuple[str, str]] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    seconds: float = 0.0
    _begun: float = field(default_factory=time.monotonic)

    def row(self, label: str, value: object) -> None:
        """One more figure; numbers with a fraction are rounded."""
        self.rows.append((label, f"{value:.1f}" if isinstance(value, float) else str(value)))

    def violated(self, found: Iterable[str]) -> None:
        """What must not be."""
        self.violations.extend(found)

    def ended(self) -> "Figures":
        """The same, with the time it took."""
        self.seconds = time.monotonic() - self._begun
        return self

    @property
    def all_rows(self) -> list[tuple[str, str]]:
        """The figures, and those that every scenario has."""
        own = [*self.rows, ("violations", str(len(self.violations)))]
        return [*own, ("seconds", f"{self.seconds:.0f}"), ("seed", str(self.size.seed))]


def as_markdown(all_figures: Iterable[Figures]) -> str:
    """One table: scenario, figure, value."""
    lines = ["| scenario | figure | value |", "|---|---|---|"]
    for figures in all_figures:
        for index, (label, value) in enumerate(figures.all_rows):
            lines.append(f"| {f'`{figures.name}`' if index == 0 else ''} | {label} | {value} |")
    return "\n".join(lines)


def as_text(figures: Figures) -> str:
    """For a terminal, with the violations named."""
    width = max(len(label) for label, _ in figures.all_rows)
    lines = [f"{figures.name}: {figures.title}"]
    lines += [f"  {label:<{width}}  {value}" for label, value in figures.all_rows]
    return "\n".join([*lines, *(f"  VIOLATED {violation}" for violation in figures.violations)])
