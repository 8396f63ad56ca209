"""Deciding a case anew: the next round, at the head's desk, with a term of its own (design: rounds)."""

from datetime import datetime

from activities.register.calendar import read_calendar
from activities.register.directory import read_school
from activities.register.records import LockedCase
from activities.register.statements import fetch_one, sql
from activities.register.terms import insert_term
from domain.acts import Act, ReopenCase
from domain.events import Event
from domain.procedure import Taken
from domain.standard import standard_version
from domain.term import count_term


async def reopen_or_link(locked: LockedCase, act: Act, taken: Taken, at: datetime) -> Taken:
    """Begins the next round; where the child has another open case by then, that one is linked instead.

    What the round before decided stays on file as replaced. The term runs from `at`, when the school has the ruling.
    """
    content = act.content
    assert isinstance(content, ReopenCase), "only the register reopens"
    other = await locked.connection.fetchval(sql("find_other_open_case"), locked.case_id)
    if other is not None:
        return Taken(stage=locked.stage, events=(Event.REOPENING_LINKED,), linked_case=other)
    await locked.connection.execute(sql("replace_outcome"), locked.case_id)
    await locked.connection.execute(sql("reopen_procedure"), locked.case_id, taken.stage)
    locked.round += 1
    await _count_the_term(locked, act, at)
    for position, finding in enumerate(content.set_aside, start=1):
        await locked.connection.execute(
            sql("insert_set_aside"),
            locked.case_id,
            locked.round,
            content.complaint_id,
            position,
            finding.model_dump(mode="json"),
        )
    return taken


async def _count_the_term(locked: LockedCase, act: Act, at: datetime) -> None:
    connection = locked.connection
    application = await fetch_one(connection, "read_application", locked.case_id)
    school = await read_school(connection, locked.school_bin)
    calendar = await read_calendar(connection, school.week)
    days = standard_version(application["standard_version"]).term_working_days
    term = count_term(at, days, school.office_hours, calendar)
    await insert_term(
        connection, locked.case_id, locked.round, term, school.office_hours, calendar, cause=act.act_id
    )
