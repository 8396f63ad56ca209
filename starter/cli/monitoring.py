"""`uide verify --monitoring`: whether the monitoring system has what it was told (R8.2)."""

import asyncio
from datetime import UTC, datetime, time
from typing import Annotated, Any

import typer

from activities.sending.failures import NotThrough
from activities.sending.monitoring import MonitoringSystem
from activities.sending.reconciling import Reconciliation, reconcile
from domain.legal_time import moment_at
from domain.reconciliation import Discrepancy
from domain.refusal import InputRefused
from starter.cli.answers import FAILED, answer
from starter.cli.screen import moment, say, say_if_unsealed, show_table
from starter.monitoring_away import MonitoringAway
from starter.place import Place
from starter.register_access import open_register

Monitoring = Annotated[
    bool,
    typer.Option(
        "--monitoring",
        help="Compare the stages on file with those that the monitoring system has, and look at nothing else.",
    ),
]
Since = Annotated[
    datetime | None,
    typer.Option(
        metavar="DAY",
        formats=["%Y-%m-%d"],
        help="With --monitoring: only stages that were reached on this day or later.",
        show_default=False,
    ),
]
Resend = Annotated[
    bool, typer.Option("--resend", help="With --monitoring: have what is missing there sent again.")
]


def require_monitoring_asked(since: datetime | None, *, resend: bool) -> None:
    """`InputRefused` for options that mean nothing without --monitoring."""
    if since or resend:
        raise InputRefused.of(
            "monitoring_not_asked",
            "--resend" if resend else "--since",
            "the option is for the comparison with the monitoring system",
            "All invariants of the register are looked into, of every day, and nothing is sent",
            "Add --monitoring, or leave the option out",
        )


def verify_monitoring(place: Place, since: datetime | None, *, resend: bool, as_json: bool) -> None:
    """Compares both sides and tells it; ends with 1 if something is wrong that can be mended.

    With `resend` what is missing there is asked to be sent again. `MonitoringAway` when it does not answer.
    """
    begins = moment_at(since.date(), time.min) if since else None
    found = asyncio.run(_reconcile(place, _address(place), begins, resend=resend))
    answer(_document(found), as_json=as_json, screen=lambda: _show(found, place))
    if not found.is_clean:
        raise typer.Exit(FAILED)


def _address(place: Place) -> str:
    if place.monitoring_url:
        return place.monitoring_url
    raise InputRefused.of(
        "monitoring_not_named",
        "environment.UIDE_MONITORING_URL",
        "no monitoring system is named",
        "Both sides are compared, so both must be known",
        "Set UIDE_MONITORING_URL as for the worker",
    )


async def _reconcile(place: Place, url: str, since: datetime | None, *, resend: bool) -> Reconciliation:
    # One connection reads while the other one writes what is to be sent again.
    async with open_register(place.database_url, size=2) as pool, MonitoringSystem.at(url) as monitoring:
        try:
            return await reconcile(pool, monitoring, datetime.now(UTC), since=since, resend=resend)
        except NotThrough as failure:
            raise MonitoringAway(
                f"the monitoring system at {url} does not answer as it should ({failure.cause}). Bring it back, or "
                "correct UIDE_MONITORING_URL, and run this again"
            ) from None


def _document(found: Reconciliation) -> dict[str, Any]:
    plain = found.model_dump(mode="json", exclude={"differences"})
    oldest = found.oldest_unsent
    return {
        "ok": found.is_clean,
        "checks": list(Discrepancy),
        "violations": [difference.model_dump(mode="json") for difference in found.differences],
        "monitoring": {
            **plain,
            "oldest_unsent": oldest and {"key": oldest.key, "at": plain["oldest_unsent"]["at"]},
        },
    }


def _show(found: Reconciliation, place: Place) -> None:
    oldest = found.oldest_unsent
    say(
        f"The register has {found.here} events, the monitoring system {found.there}.",
        f"  missing there    {found.missing}",
        f"  extra there      {found.extra}",
        f"  different there  {found.differing}",
        f"  sent late        {found.late}" + (f", the first: {found.first_late[0]}" if found.late else ""),
        f"  not sent yet     {found.unsent}"
        + (f", the oldest: {oldest.key} of {moment(oldest.at)}" if oldest else ""),
    )
    if found.asked_to_resend:
        say(f"Asked to be sent again: {found.asked_to_resend}. The sender does it within its next round.")
    if found.differences:
        rows = (tuple(difference.model_dump(mode="json").values()) for difference in found.differences)
        show_table("Violations", ("check", "event", "what", "instead"), rows)
    say_if_unsealed(place)
