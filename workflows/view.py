"""What operators see of a case in the Temporal UI: its details in words, and the attributes to search by."""

from collections.abc import Sequence
from typing import Any

from temporalio.common import SearchAttributeKey, SearchAttributeUpdate

from domain.acts import ActKind
from domain.awaited import awaited
from domain.legal_time import local_time
from domain.progress import Progress
from domain.verdict import Verdict
from domain.vocabulary import (
    CHANNEL_ATTRIBUTE,
    DUE_ATTRIBUTE,
    OUTCOME_ATTRIBUTE,
    OVERDUE_ATTRIBUTE,
    SCHOOL_ATTRIBUTE,
    STAGE_ATTRIBUTE,
    complaint_workflow_id,
)

STAGE = SearchAttributeKey.for_keyword(STAGE_ATTRIBUTE)
SCHOOL = SearchAttributeKey.for_keyword(SCHOOL_ATTRIBUTE)
_CHANNEL = SearchAttributeKey.for_keyword(CHANNEL_ATTRIBUTE)
DUE = SearchAttributeKey.for_datetime(DUE_ATTRIBUTE)
OVERDUE = SearchAttributeKey.for_bool(OVERDUE_ATTRIBUTE)
_OUTCOME = SearchAttributeKey.for_keyword(OUTCOME_ATTRIBUTE)


def details(progress: Progress, refused: Sequence[Verdict], *, cancelled: bool) -> str:
    """The case in words: stage, due moment in local time, who is awaited, what was refused lately."""
    lines = [
        f"**{progress.number}** · stage **{progress.stage}**",
        "",
        f"- due **{local_time(progress.due_at):%d.%m.%Y %H:%M}** (Almaty){_lateness(progress)}",
        f"- waits for {_awaited(progress)}",
    ]
    if not progress.stage.is_outcome:
        lines.append(f"- the applicant may send `{ActKind.ADD_DOCUMENTS}` or `{ActKind.WITHDRAW}`")
    if progress.window_until:
        lines.append(f"- open for complaints until {local_time(progress.window_until):%d.%m.%Y}")
    if progress.papers_to_render:
        lines.append(f"- papers that are not rendered yet: {progress.papers_to_render}")
    lines += [f"- complaint open: `{complaint_workflow_id(id_)}`" for id_ in progress.open_complaints]
    return "\n".join([*lines, *refusals(refused), *note_on_cancellation(cancelled)])


def refusals(refused: Sequence[Verdict]) -> list[str]:
    """What was refused lately, a line each."""
    return [f"- refused: act `{verdict.act_id}`: {verdict.reason}" for verdict in refused]


def note_on_cancellation(cancelled: bool) -> list[str]:
    """What became of a request to cancel, if there was one."""
    note = "- a cancellation was requested and not followed: a case ends by its procedure only"
    return [note] if cancelled else []


def _awaited(progress: Progress) -> str:
    next_act = awaited(progress.stage, progress.channel, answered=progress.answered_at is not None)
    if next_act is None:
        return "nobody: the time in which one may complain runs (par. 9)"
    return f"the **{next_act.role.lower()}** {next_act.words}, signal `{next_act.act}`"


def _lateness(progress: Progress) -> str:
    if not progress.overdue:
        return ""
    return " — **answered after the term**" if progress.answered_at else " — **overdue, no answer in time**"


def search_attributes(progress: Progress) -> list[SearchAttributeUpdate[Any]]:
    """The attributes of the case as it stands; none of them is personal."""
    outcome = [_OUTCOME.value_set(progress.stage.value)] if progress.stage.is_outcome else []
    if progress.round > 1 and not outcome:
        outcome = [_OUTCOME.value_unset()]
    return [
        STAGE.value_set(progress.stage.value),
        SCHOOL.value_set(progress.school),
        _CHANNEL.value_set(progress.channel.value),
        DUE.value_set(progress.due_at),
        OVERDUE.value_set(progress.overdue),
        *outcome,
    ]
