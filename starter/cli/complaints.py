"""`uide complain`, and how complaints are shown (paragraphs 9 and 10)."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from activities.register.complaints.reading import ComplaintStatus, ComplaintTermStatus
from domain.act_kinds import ActKind
from domain.complaint_acts import Addressee
from domain.complaint_stages import ComplaintStage
from domain.standard import Channel
from starter.cli.filing import do_act
from starter.cli.next_step import next_lines
from starter.cli.options import AsJson, Data, Number
from starter.cli.screen import day, moment

ComplaintFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="The complaint as a JSON file (docs/schemas/act.json).")
]


def complain(number: Number, file: ComplaintFile, data: Data = None, as_json: AsJson = False) -> None:
    """File a complaint in a case and wait for its registration.

    Against a decision, an action or an inaction, to the head of the school (5 working days) or to the authorised
    body (15 working days from its registration there). It gets a number of its own, which uide act and uide status
    take. Exit code 2 when it is refused. A complaint to court cannot be filed here: its order is set by law.

    \b
    Examples:
      uide complain AT001-2026-00003 examples/acts/complain-to-head.json
      uide complain AT001-2026-00004 examples/acts/complain-to-body.json --json
      uide act AT001-2026-S00001 examples/acts/uphold-complaint.json
    """
    do_act(number, file, data, as_json=as_json, kind=ActKind.FILE_COMPLAINT)


def complaint_lines(complaint: ComplaintStatus, data: Path | None) -> Iterator[str]:
    """A complaint with its terms, and what it waits for."""
    yield f"Complaint {complaint.number} · {_to_whom(complaint)} · stage {complaint.stage}" + (
        " · OVERDUE" if complaint.overdue else ""
    )
    yield f"  of           {complaint.object} in case {complaint.case_number}, round {complaint.round}"
    yield f"  registered   {moment(complaint.registered_at)} (Almaty), {complaint.form}, via {complaint.via}"
    if complaint.body_registered_at:
        yield f"  at the body  No {complaint.body_number}, {moment(complaint.body_registered_at)}"
    yield f"  answer by    {moment(complaint.due_at) if complaint.due_at else _no_term(complaint)}"
    if complaint.ruling or complaint.stage is ComplaintStage.SETTLED:
        yield f"  decided      {complaint.ruling or 'settled by the school'}, {moment(complaint.decided_at)}"
    if complaint.measure:
        yield f"  measure      {complaint.measure} ({_on(complaint.measure_on)})"
    if complaint.late:
        yield "  LATE: filed after the three months; whoever decides it judges that (D2)"
    if complaint.conflict:
        yield "  CONFLICT: the head is to decide on an act of the head's own (D5)"
    for term in complaint.terms:
        yield from _term_lines(term)
    for awaited in complaint.awaits:
        yield from next_lines(complaint.number, Channel.PORTAL, awaited, data)


def _to_whom(complaint: ComplaintStatus) -> str:
    return "to the head" if complaint.addressee is Addressee.HEAD else "to the authorised body"


def _no_term(complaint: ComplaintStatus) -> str:
    if complaint.stage.is_final:
        return "nobody had to answer it"
    return "runs from the registration at the authorised body"


def _on(measure_on: date | None) -> str:
    return day(measure_on) if measure_on else ""


def _term_lines(term: ComplaintTermStatus) -> Iterator[str]:
    extension = f", extended by {term.extended_by}" if term.extended_by else ""
    counted_anew = f", counted anew: {term.act}" if term.act else ""
    kept = f"; done {moment(term.kept_at)}" if term.kept_at else ""
    lapsed = f"; lapsed {moment(term.lapsed_at)}" if term.lapsed_at else ""
    yield (
        f"  term         {term.kind}: {term.working_days} working days from {moment(term.starts_at)}{extension}: "
        f"until {moment(term.due_at)}{counted_anew}{kept}{lapsed}{'; OVERDUE' if term.overdue else ''}"
        f"{'; provisional' if term.provisional else ''}"
    )
