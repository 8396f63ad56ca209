"""What operators read of a complaint in the Temporal UI."""

from datetime import timedelta
from uuid import UUID

from domain.complaint import ComplaintTermKind
from domain.complaint_acts import Addressee
from domain.complaint_progress import ComplaintProgress, RunningTerm
from domain.complaint_stages import ComplaintStage
from domain.progress import Milestone
from tests.builders import local
from workflows.complaint_view import complaint_details

DUE = local("2026-11-27 18:30")


def details(*reached: Milestone) -> str:
    term = RunningTerm(
        kind=ComplaintTermKind.CONSIDERATION,
        due_at=DUE,
        reminder_at=DUE - timedelta(days=1),
        last_day_at=DUE - timedelta(hours=9),
        reached=reached,
    )
    progress = ComplaintProgress(
        complaint_id=UUID(int=1),
        case_id=UUID(int=2),
        revision=1,
        number="S-2026-1",
        case_number="U-2026-1",
        school="123456789012",
        addressee=Addressee.HEAD,
        stage=ComplaintStage.REGISTERED,
        running=(term,),
    )
    return complaint_details(progress, (), cancelled=False)


def test_par_9_the_extension_is_offered_while_the_term_runs() -> None:
    assert "or to extend the term once" in details(Milestone.REMINDER, Milestone.LAST_DAY)


def test_par_9_no_extension_is_offered_after_the_term() -> None:
    overdue = details(Milestone.BREACH)
    assert "extend" not in overdue
    assert "**overdue**" in overdue
    assert "signal `complaint_decision`" in overdue
