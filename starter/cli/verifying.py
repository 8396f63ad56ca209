"""`uide verify`: whether the register is whole, agrees with its roots and with Temporal."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, NamedTuple

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from temporalio.service import RPCError

from activities.register.checks.found import Check
from activities.register.checks.walk import MOST_FOUND
from activities.register.evidence.root_folder import Root, RootFolder, RootsDamaged
from activities.register.evidence.rooting import agrees_with_roots, write_root
from activities.register.pool import Pool
from activities.register.verify import Progress as Tell
from activities.register.verify import Report, Violation
from activities.register.verify import verify as verify_register
from domain.legal_time import local_time
from domain.refusal import InputRefused
from starter.cli.answers import FAILED, answer
from starter.cli.monitoring import (
    Monitoring,
    Resend,
    Since,
    require_monitoring_asked,
    verify_monitoring,
)
from starter.cli.options import AsJson, Data
from starter.cli.screen import console, say, say_if_unsealed, show_table
from starter.place import Place, find_place
from starter.preparation import ANSWER_SECONDS, find_temporal
from starter.register_access import open_register
from starter.temporal_agreement import TEMPORAL_AGREES, find_disagreements
from worker.connection import TemporalUnreachable, connect_service
from worker.runtime import build_runtime_without_metrics

ROOTS_AGREE = "roots_agree"
"""The name of the check against the roots in the report."""

AskTemporal = Annotated[
    bool | None,
    typer.Option(
        "--temporal/--no-temporal",
        help="Compare with Temporal; without either, where one is named and answers.",
        show_default=False,
    ),
]
WriteRoot = Annotated[
    bool, typer.Option("--write-root", help="Write a root as well, if nothing is violated (UIDE_ROOTS).")
]


class _Verified(NamedTuple):
    report: Report
    newest: Root | None
    written: Root | None
    not_asked: str | None
    """Why Temporal was not asked."""


def verify(
    data: Data = None,
    temporal: AskTemporal = None,
    write_root: WriteRoot = False,
    monitoring: Monitoring = False,
    since: Since = None,
    resend: Resend = False,
    as_json: AsJson = False,
) -> None:
    """Check every invariant of the register, its chains of hashes, its roots, and that Temporal agrees.

    Reads only, however large the register is; names the first violations of each kind, and ends with 1 if there is
    one. Roots are in the folder UIDE_ROOTS, or that of the stack.

    \b
    Examples:
      uide verify
      uide verify --no-temporal --json
      uide verify --write-root
      uide verify --monitoring --resend
    """
    place = find_place(data)
    if monitoring:
        verify_monitoring(place, since, resend=resend, as_json=as_json)
        return
    require_monitoring_asked(since, resend=resend)
    if write_root and place.roots is None:
        raise _no_folder()
    verified = asyncio.run(_verify(place, temporal, write_root, shown=not as_json))
    report = verified.report
    document = {
        "ok": not report.violations,
        **report.model_dump(mode="json"),
        "newest_root": verified.newest.model_dump(mode="json") if verified.newest else None,
        "written_root": verified.written.model_dump(mode="json") if verified.written else None,
        "temporal_not_asked": verified.not_asked,
    }
    answer(document, as_json=as_json, screen=lambda: _show(verified, place))
    if report.violations:
        raise typer.Exit(FAILED)


def _no_folder() -> InputRefused:
    return InputRefused.of(
        "no_folder_of_roots",
        "environment.UIDE_ROOTS",
        "no folder of roots is named",
        "A root proves something only where whoever changes the database cannot change it, too",
        "Set UIDE_ROOTS to a folder outside of the database, the same as for the workers",
    )


async def _verify(place: Place, temporal: bool | None, write: bool, *, shown: bool) -> _Verified:
    folder = RootFolder(place.roots) if place.roots else None
    besides: dict[str, Check] = {ROOTS_AGREE: agrees_with_roots(folder)} if folder else {}
    async with open_register(place.database_url, size=1) as pool:
        with _bar(shown=shown) as tell:
            report = await verify_register(pool, besides=besides, tell=tell)
            report, not_asked = await _with_temporal(report, pool, place, asked=temporal)
        newest = _newest(folder)
        written = None
        if write and folder and not report.violations:
            newest = written = await write_root(pool, folder, datetime.now(UTC))
    return _Verified(report, newest, written, not_asked)


async def _with_temporal(
    report: Report, pool: Pool, place: Place, *, asked: bool | None
) -> tuple[Report, str | None]:
    where = find_temporal(place) if asked is not False else None
    if where is None:
        if asked:
            raise TemporalUnreachable(
                "no Temporal is named. Name its server in TEMPORAL_ADDRESS or a profile"
            )
        return report, "it was not to be asked" if asked is False else "none is named"
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            service = await connect_service(
                where.namespace,
                runtime=build_runtime_without_metrics(),
                address=where.address if place.stack else None,
            )
        found = await find_disagreements(pool, service, where.namespace)
    except (TemporalUnreachable, TimeoutError, RPCError) as away:
        if asked:
            raise TemporalUnreachable(f"Temporal does not answer at {where.address}. Start it") from away
        return report, f"it does not answer at {where.address}"
    violations = tuple(Violation(check=TEMPORAL_AGREES, **dict(one)) for one in found[:MOST_FOUND])
    more = (TEMPORAL_AGREES,) if len(found) > MOST_FOUND else ()
    whole = Report(
        checks=(*report.checks, TEMPORAL_AGREES),
        violations=(*report.violations, *violations),
        cut_short=(*report.cut_short, *more),
    )
    return whole, None


def _newest(folder: RootFolder | None) -> Root | None:
    try:
        return folder.newest() if folder else None
    except RootsDamaged:
        return None  # the check has named it


@contextmanager
def _bar(*, shown: bool) -> Iterator[Tell]:
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    watched = shown and sys.stderr.isatty()
    with Progress(
        *columns, TimeElapsedColumn(), console=console(errors=True), transient=True, disable=not watched
    ) as progress:
        task = progress.add_task("verifying")

        def tell(check: str, done: float, checks: int) -> None:
            progress.update(task, description=check.replace("_", " "), completed=done, total=checks)

        yield tell


def _show(verified: _Verified, place: Place) -> None:
    report = verified.report
    say(f"{len(report.checks)} checks, {len(report.violations)} violations.")
    if report.violations:
        rows = (tuple(violation.model_dump(mode="json").values()) for violation in report.violations)
        show_table("Violations", tuple(type(report.violations[0]).model_fields), rows)
    for check in report.cut_short:
        say(f"{check}: there are more than these {MOST_FOUND}.")
    say(*_about_roots(verified, place))
    if verified.not_asked:
        say(f"Temporal was not compared: {verified.not_asked}.")
    say_if_unsealed(place)


def _about_roots(verified: _Verified, place: Place) -> Iterator[str]:
    if verified.newest:
        newest = verified.newest
        done = "Written" if verified.written else "The newest"
        yield (
            f"{done} root: {local_time(newest.at):%d.%m.%Y %H:%M}, {newest.cases} cases, {newest.links} links, "
            f"{newest.root}"
        )
    elif place.roots is None:
        yield "No folder of roots is named (UIDE_ROOTS): what was cut off with its links cannot be seen."
    else:
        yield f"There is no root in {place.roots}: what was cut off with its links cannot be seen."
