"""The options that commands have in common."""

from pathlib import Path
from typing import Annotated

import typer

AsJson = Annotated[
    bool,
    typer.Option("--json", help="Print one JSON document on standard output; logs go to standard error."),
]

Data = Annotated[
    Path | None,
    typer.Option(
        help="The data folder of a stack started with uide up. Without it: DATABASE_URL if set, else UIDE_DATA, "
        "else ./.uide.",
        show_default=False,
    ),
]

Number = Annotated[
    str, typer.Argument(metavar="NUMBER", help="The number of the case, as its receipt has it.")
]

SchoolBin = Annotated[str, typer.Option("--school", metavar="BIN", help="The BIN of the school.")]

WorkingWeek = Annotated[
    int, typer.Option("--week", metavar="5|6", min=5, max=6, help="Working days a week of the school.")
]
