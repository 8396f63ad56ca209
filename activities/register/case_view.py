"""Reading a case as the procedure sees it."""

from typing import Any
from uuid import UUID

from activities.register.directory import read_school_year_end
from activities.register.inquiries import list_fact_kinds
from activities.register.packages import read_documents
from activities.register.pool import Connection
from activities.register.records import LockedCase
from activities.register.statements import fetch_one, sql
from domain.acts import ActKind, Admit, CheckPackage, Content, RecordDelivery, SubmitPlan, restore_act
from domain.case import Case, DoneAct
from domain.package import Finding
from domain.procedure import Taken
from domain.progress import Milestone, Progress
from domain.stages import Stage


async def read_case(locked: LockedCase) -> Case:
    """The case under its lock with all that its acts have made of it in this round."""
    connection = locked.connection
    row = await fetch_one(connection, "read_application", locked.case_id)
    registration = await connection.fetchrow(sql("read_registration"), locked.case_id)
    outcome = await connection.fetchrow(sql("read_outcome"), locked.case_id, locked.round)
    term = await fetch_one(connection, "read_term", locked.case_id, locked.round)
    set_aside = await connection.fetch(sql("list_set_aside"), locked.case_id)
    return Case(
        case_id=locked.case_id,
        number=row["number"],
        channel=row["channel"],
        school=row["school_bin"],
        authorised_body=row["authorised_body_bin"],
        applicant_iin=row["applicant_iin"],
        standard_version=row["standard_version"],
        received_at=row["received_at"],
        filing_day=row["filing_day"],
        stage=locked.stage,
        round=locked.round,
        documents=await read_documents(connection, locked.case_id),
        registration_number=registration["number"] if registration else None,
        notice_sent=await connection.fetchval(sql("was_notice_sent"), locked.case_id),
        due_at=term["due_at"],
        outcome_act=outcome["act_id"] if outcome else None,
        set_aside=tuple(Finding.model_validate(entry["finding"]) for entry in set_aside),
        facts=await list_fact_kinds(connection, locked.case_id),
        school_year_ends=await read_school_year_end(connection, row["filing_day"]),
        **await _done(connection, locked.case_id, locked.round, rulings=bool(set_aside)),
    )


async def _done(connection: Connection, case_id: UUID, round_: int, *, rulings: bool) -> dict[str, Any]:
    done: dict[str, Any] = {}
    acts: list[DoneAct] = []
    for row in await connection.fetch(sql("list_taken_acts"), case_id):
        act = restore_act(row["act_id"], ActKind(row["kind"]), row["actor"], row["content"])
        acts.append(DoneAct(act_id=act.act_id, step=act.step, actor=act.actor, round=row["round"]))
        if isinstance(act.content, CheckPackage) and (row["round"] == round_ or not rulings):
            # What the clerk saw of the package holds in a new round, too, unless a ruling set aside what was found.
            done |= {"check": act.content, "checked_by": act.actor}
        if row["round"] == round_:
            done |= _done_in_this_round(act.content, Taken.model_validate(row["effects"]))
    return {**done, "done": tuple(acts)}


def _done_in_this_round(content: Content, effects: Taken) -> dict[str, Any]:
    done: dict[str, Any] = {} if effects.findings is None else {"findings": effects.findings}
    if isinstance(content, Admit):
        done["admitted"] = content
    if isinstance(content, SubmitPlan):
        done["plan"] = content
    if isinstance(content, RecordDelivery):
        done["delivered"] = True
    return done


async def read_progress(connection: Connection, case_id: UUID) -> Progress | None:
    """Where the case stands, for its workflow; None when there is no such case."""
    row = await connection.fetchrow(sql("read_application"), case_id)
    if row is None:
        return None
    term = await fetch_one(connection, "read_term", case_id, row["round"])
    outcome = await connection.fetchrow(sql("read_outcome"), case_id, row["round"])
    reached = await connection.fetch(sql("list_milestones"), case_id, row["round"], term["due_at"])
    complaints = await connection.fetch(sql("list_open_complaints"), case_id)
    to_render = await connection.fetchval(sql("count_papers_to_render"), case_id)
    return Progress(
        case_id=case_id,
        revision=row["entries"],
        number=row["number"],
        school=row["school_bin"],
        channel=row["channel"],
        stage=Stage(row["stage"]),
        round=row["round"],
        due_at=term["due_at"],
        reminder_at=term["reminder_at"],
        last_day_at=term["last_day_at"],
        reached=tuple(Milestone(entry["kind"]) for entry in reached),
        answered_at=outcome["answered_at"] if outcome else None,
        window_until=outcome["window_until"] if outcome else None,
        ended=row["ended_at"] is not None,
        papers_to_render=to_render,
        open_complaints=tuple(complaint["complaint_id"] for complaint in complaints),
    )
