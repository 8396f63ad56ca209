"""A program built with Go from a module of this checkout, whose go.sum pins every file it is made of."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from starter.embedded.program_cache import cached, unfinished
from starter.embedded.progress import run_with_progress, tell

OLDEST_GO = "1.26.8"
TOOLS = Path(__file__).parents[2] / "tools"

_ENVIRONMENT = {"CGO_ENABLED": "0", "GOFLAGS": "-mod=readonly", "GOWORK": "off"}


class NotBuilt(Exception):
    """Go is not here, or the build failed; the text says which."""


@dataclass(frozen=True)
class GoProgram:
    """A package of the module `tools/<module>`; `minutes` is what a first build takes on two cores."""

    name: str
    version: str
    module: str
    package: str
    minutes: str
    stamp: str = ""
    """What the linker sets, beside leaving out symbols."""

    @property
    def kept(self) -> Path:
        """Where it stays once it is made."""
        return cached(f"{self.name}-{self.version}")

    def have(self) -> Path:
        """The program, built if it is not there yet; `NotBuilt` when it cannot be."""
        if not self.kept.exists():
            with unfinished() as folder:
                if not self.kept.exists():
                    self.build(folder).replace(self.kept)
        return self.kept

    def build(self, folder: Path) -> Path:
        """The program, made anew in the folder; `NotBuilt` when that did not succeed."""
        go = shutil.which("go")
        if go is None:
            raise NotBuilt(f"it cannot be built: there is no Go ({OLDEST_GO} or newer) on the PATH")
        tell(
            f"building {self.name} {self.version} from its Go module ({self.minutes} minutes on two cores, once)"
        )
        output = folder / self.name
        failure = run_with_progress("building", self._command(go, output), _ENVIRONMENT, folder)
        if failure is not None:
            raise NotBuilt(f"building it with {go} failed: {failure}")
        return output

    def _command(self, go: str, output: Path) -> list[str]:
        build = [go, "-C", str(TOOLS / self.module), "build", "-trimpath", "-ldflags", f"-s -w {self.stamp}"]
        return [*build, "-o", str(output), self.package]
