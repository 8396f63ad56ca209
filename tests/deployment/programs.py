"""The programs that docker-compose.yml runs from images, made here from their Go modules at the same version."""

import re
import subprocess
from pathlib import Path

from starter.embedded.go_program import TOOLS, GoProgram

UI_MODULE = "github.com/temporalio/ui-server/v2"
SERVER_MODULE = "go.temporal.io/server"
LOADER_MODULE = "github.com/compose-spec/compose-go/v2"


def pinned(folder: str, module: str) -> str:
    """The version that the go.mod of a folder of tools names, without its v."""
    text = (TOOLS / folder / "go.mod").read_text(encoding="utf-8")
    found = re.search(rf"^(?:require)?\s+{re.escape(module)} v(\S+)", text, re.MULTILINE)
    assert found, f"tools/{folder}/go.mod does not name {module}"
    return found[1]


def _of_temporal(name: str, module: str, package: str, minutes: str) -> GoProgram:
    version = pinned("temporal-server", module)
    return GoProgram(name, version, "temporal-server", f"{module}/{package}", minutes)


SERVER = _of_temporal("temporal-server", SERVER_MODULE, "cmd/server", "2 to 10")
SCHEMA_TOOL = _of_temporal("temporal-sql-tool", SERVER_MODULE, "cmd/tools/sql", "1 to 5")
UI = _of_temporal("temporal-ui", UI_MODULE, "cmd/server", "1 to 3")
LOADER = GoProgram(
    "compose-check", pinned("compose-check", LOADER_MODULE), "compose-check", "local/compose-check", "1 to 2"
)


def folder_of_programs(folder: Path) -> Path:
    """The folder, holding each program under the name that it has in its image."""
    folder.mkdir()
    for program in (SERVER, SCHEMA_TOOL, UI, LOADER):
        (folder / program.name).symlink_to(program.have())
    return folder


def folder_of_module(folder: str, module: str) -> Path:
    """Where Go keeps the files of a module that a folder of tools names."""
    command = ["go", "-C", str(TOOLS / folder), "list", "-m", "-f", "{{.Dir}}", module]
    return Path(subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip())
