"""The acts about complaints as they were taken: each step allowed at its stage."""

from collections.abc import AsyncIterator

from activities.register.checks.found import Found
from activities.register.checks.walk import each_row, first_of
from activities.register.pool import Connection, Row
from domain.acts import ActKind, restore_act
from domain.complaint_stages import COMPLAINT_TRANSITIONS, ComplaintStage

_FIRST = {
    ("HEAD", "SCHOOL"): ComplaintStage.REGISTERED,
    ("QUALITY_BODY", "SCHOOL"): ComplaintStage.FORWARDING,
    ("QUALITY_BODY", "AUTHORITY"): ComplaintStage.AT_AUTHORITY,
}
"""Where a complaint begins, by addressee and way (par. 9; D3)."""


async def complaint_steps_are_allowed(connection: Connection) -> list[Found]:
    """Replays the acts taken about each complaint on its table; the last stage is that of the complaint."""
    return await first_of(_wrong_steps(connection))


async def _wrong_steps(connection: Connection) -> AsyncIterator[Found]:
    number, stage, stands_at = "", "", ""
    async for row in each_row(connection, "list_taken_complaint_steps"):
        if row["number"] != number:
            if stage != stands_at:
                yield _elsewhere(number, stage, stands_at)
            number, stage, stands_at = row["number"], _FIRST[row["addressee"], row["via"]], row["stands_at"]
        if row["act_id"] is not None:
            if wrong := _step(row, ComplaintStage(stage)):
                yield wrong
            stage = row["stage"]
    if stage != stands_at:
        yield _elsewhere(number, stage, stands_at)


def _elsewhere(number: str, stage: str, stands_at: str) -> Found:
    return Found(subject=number, what=f"the complaint stands at {stands_at}", instead=stage)


def _step(row: Row, stage: ComplaintStage) -> Found | None:
    step = restore_act(row["act_id"], ActKind(row["kind"]), row["actor"], row["content"]).step
    allowed = COMPLAINT_TRANSITIONS.get((stage, step), frozenset())
    if row["stage"] in allowed:
        return None
    what = f"act {row['act_id']}, {step}, led from {stage} to {row['stage']}"
    return Found(
        subject=row["number"], what=what, instead=" or ".join(sorted(allowed)) or "a refused verdict"
    )
