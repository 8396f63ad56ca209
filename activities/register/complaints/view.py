"""Reading a complaint as its workflow sees it."""

from collections.abc import Sequence
from uuid import UUID

from activities.register.pool import Connection, Row
from activities.register.statements import fetch_one, sql
from domain.complaint_progress import ComplaintProgress, RunningTerm
from domain.progress import Milestone


async def read_complaint_progress(connection: Connection, complaint_id: UUID) -> ComplaintProgress:
    """Where the complaint stands, for its workflow; LookupError when there is no such complaint."""
    row = await fetch_one(connection, "read_complaint", complaint_id)
    application = await fetch_one(connection, "read_application", row["case_id"])
    return ComplaintProgress(
        complaint_id=complaint_id,
        case_id=row["case_id"],
        revision=application["entries"],
        number=row["number"],
        case_number=row["case_number"],
        school=row["school_bin"],
        addressee=row["addressee"],
        stage=row["stage"],
        conflict=row["conflict"],
        running=await running_terms(connection, complaint_id),
        ended=row["ended_at"] is not None,
        papers_to_render=await connection.fetchval(sql("count_papers_to_render"), row["case_id"]),
    )


async def running_terms(connection: Connection, complaint_id: UUID) -> tuple[RunningTerm, ...]:
    """The terms that somebody has to keep, the nearest due moment first."""
    reached = await connection.fetch(sql("list_complaint_milestones"), complaint_id)
    terms = (
        RunningTerm(
            kind=row["kind"],
            due_at=row["due_at"],
            reminder_at=row["reminder_at"],
            last_day_at=row["last_day_at"],
            reached=_reached(row, reached),
        )
        for row in await connection.fetch(sql("list_complaint_terms"), complaint_id)
        if row["ended_at"] is None
    )
    return tuple(sorted(terms, key=lambda term: term.due_at))


def _reached(term: Row, milestones: Sequence[Row]) -> tuple[Milestone, ...]:
    found = (one for one in milestones if (one["term_kind"], one["due_at"]) == (term["kind"], term["due_at"]))
    # A term of one day began when its reminder would have come: nobody is reminded of what they have just been told.
    passed = (Milestone.REMINDER,) if term["reminder_at"] <= term["starts_at"] else ()
    return tuple(dict.fromkeys((*passed, *(Milestone(one["kind"]) for one in found))))
