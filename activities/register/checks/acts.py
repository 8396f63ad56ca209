"""The acts as they were taken: each step allowed at its stage, each record as it arrived."""

from collections.abc import AsyncIterator

from activities.register.checks.found import Found
from activities.register.checks.walk import each_row, first_of
from activities.register.pool import Connection, Row
from domain.acts import ActKind, hash_of_act, restore_act
from domain.stages import TRANSITIONS, Stage, Step


async def steps_are_allowed(connection: Connection) -> list[Found]:
    """Replays the acts taken in each case on the table of transitions; the last stage is that of the case."""
    return await first_of(_wrong_steps(connection))


async def _wrong_steps(connection: Connection) -> AsyncIterator[Found]:
    case: list[Row] = []
    async for row in each_row(connection, "list_taken_steps"):
        if case and case[0]["number"] != row["number"]:
            for found in _replay(case):
                yield found
            case = []
        case.append(row)
    for found in _replay(case) if case else ():
        yield found


def _replay(rows: list[Row]) -> list[Found]:
    stage = Stage.RECEIVED
    found = []
    for row in rows:
        if row["act_id"] is not None:
            found += _step(row, stage)
            stage = Stage(row["stage"])
    number, stands_at = rows[0]["number"], rows[0]["stands_at"]
    if stage != stands_at:
        found.append(Found(subject=number, what=f"the case stands at {stands_at}", instead=stage))
    return found


def _step(row: Row, stage: Stage) -> list[Found]:
    try:
        step = restore_act(row["act_id"], ActKind(row["kind"]), row["actor"], row["content"]).step
    except ValueError:
        what = f"act {row['act_id']} was taken and cannot be read"
        return [Found(subject=row["number"], what=what, instead="an act of the procedure")]
    allowed = TRANSITIONS.get((stage, step), frozenset()) if isinstance(step, Step) else frozenset()
    if row["stage"] in allowed and row["effects"]["stage"] == row["stage"]:
        return []
    what = f"act {row['act_id']}, {step}, led from {stage} to {row['stage']}"
    return [
        Found(subject=row["number"], what=what, instead=" or ".join(sorted(allowed)) or "a refused verdict")
    ]


async def acts_are_intact(connection: Connection) -> list[Found]:
    """Every act has the hash of what it says."""
    return await first_of(
        Found(
            subject=row["number"],
            what=f"act {row['act_id']} is not what was accepted",
            instead="kind, actor and content with the hash on file",
        )
        async for row in each_row(connection, "list_act_records")
        if row["content_hash"] != _hash(row)
    )


def _hash(row: Row) -> str:
    # Of a message that is no act only the hash is kept.
    unreadable = row["content"].get("unreadable")
    if unreadable is not None:
        return str(unreadable["sha256"])
    return hash_of_act(row["kind"], row["actor"], row["content"])
