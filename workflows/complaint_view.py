"""What operators see of a complaint in the Temporal UI: its details in words, and the attributes to search by."""

from collections.abc import Sequence
from typing import Any

from temporalio.common import SearchAttributeUpdate

from domain.complaint_awaited import complaint_awaited
from domain.complaint_progress import ComplaintProgress, RunningTerm
from domain.legal_time import local_time
from domain.verdict import Verdict
from workflows.view import DUE, OVERDUE, SCHOOL, STAGE, note_on_cancellation, refusals

COMPLAINT_DETAILS = (
    "Paragraphs 9-10 of the Rules (Order No 223 of 27 May 2020, Appendix 3). The legal record is the register: "
    "`uide status NUMBER` shows it, `docs/operating.md` says what can be done here by hand."
)


def complaint_details(progress: ComplaintProgress, refused: Sequence[Verdict], *, cancelled: bool) -> str:
    """The complaint in words: stage, terms in local time, who is awaited, what was refused lately."""
    lines = [
        f"**{progress.number}** · complaint in case {progress.case_number} · stage **{progress.stage}**",
        "",
        *(f"- {_due(term)}" for term in progress.running),
        f"- waits for {_awaited(progress)}",
    ]
    if progress.conflict:
        lines.append("- **conflict**: the head is to decide on an act of the head's own (D5)")
    if progress.papers_to_render:
        lines.append(f"- papers of the case that are not rendered yet: {progress.papers_to_render}")
    return "\n".join([*lines, *refusals(refused), *note_on_cancellation(cancelled)])


def _due(term: RunningTerm) -> str:
    overdue = " — **overdue**" if term.overdue else ""
    return f"term {term.kind} due **{local_time(term.due_at):%d.%m.%Y %H:%M}** (Almaty){overdue}"


def _awaited(progress: ComplaintProgress) -> str:
    over = [term.kind for term in progress.running if term.overdue]
    next_act = complaint_awaited(progress.stage, progress.addressee, over)
    if next_act is None:
        return "nobody: the complaint is closed"
    return f"the **{next_act.role.lower()}** {next_act.words}, signal `{next_act.act}`"


def complaint_attributes(progress: ComplaintProgress) -> list[SearchAttributeUpdate[Any]]:
    """The attributes of the complaint as it stands; none of them is personal.

    When no term runs any more, the last due moment and whether it passed stay as they were.
    """
    terms: list[SearchAttributeUpdate[Any]] = (
        [
            DUE.value_set(progress.running[0].due_at),
            OVERDUE.value_set(any(term.overdue for term in progress.running)),
        ]
        if progress.running
        else []
    )
    return [STAGE.value_set(progress.stage.value), SCHOOL.value_set(progress.school), *terms]
