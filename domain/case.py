"""A case as the procedure sees it at one moment: all that the verdict on an act depends on."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from domain.acts import Admit, CheckPackage, SubmitPlan
from domain.consequence import OtherCase
from domain.headship import Acting
from domain.inquiry import FactKind
from domain.package import Defect, Document, Finding, defects
from domain.staff import Role
from domain.stages import Stage
from domain.standard import Channel


class DoneAct(BaseModel):
    """An act of the case that was taken, in whichever round."""

    model_config = ConfigDict(frozen=True)

    act_id: str
    step: str
    actor: str
    round: int


class WhenAnswered(BaseModel):
    """Where an application stood when a complaint was answered: by the acts done before the answer alone."""

    model_config = ConfigDict(frozen=True)

    stage: Stage
    round: int
    due_at: datetime
    """The end of the term of that round."""


class Case(BaseModel):
    """One application in its current round."""

    model_config = ConfigDict(frozen=True)

    case_id: UUID
    number: str
    channel: Channel
    school: str
    authorised_body: str
    """The body that controls the quality of the school's services, by its BIN."""
    applicant_iin: str
    standard_version: str
    received_at: datetime
    filing_day: date
    stage: Stage
    round: int
    documents: tuple[Document, ...]
    """The package as it was filed and added to."""
    check: CheckPackage | None = None
    """The last check of it by the clerk."""
    checked_by: str | None = None
    """Who did that check, by the id of the staff directory."""
    findings: tuple[Finding, ...] = ()
    """What the last check found, or the refusal named; the head decides by those that still stand."""
    registration_number: str | None = None
    notice_sent: bool = False
    admitted: Admit | None = None
    plan: SubmitPlan | None = None
    delivered: bool = False
    due_at: datetime | None = None
    """The end of the term of this round; None where nobody looked it up."""
    outcome_act: str | None = None
    """The act that gave the case the outcome it has in this round."""
    done: tuple[DoneAct, ...] = ()
    set_aside: tuple[Finding, ...] = ()
    """The defects that a complaint upheld has set aside: no refusal can rest on them again."""
    facts: tuple[FactKind, ...] = ()
    """What information systems have answered about: to be disputed, never to be decided by."""
    other: OtherCase | None = None
    """What else there is of the child; looked up where a complaint is answered, None elsewhere."""
    when_answered: WhenAnswered | None = None
    """Looked up where a complaint is answered: acts done after the answer may have been judged. None elsewhere."""
    school_year_ends: date | None = None
    """The last day of the school year in which the head may set the end of teaching at home (Q23)."""

    @property
    def package(self) -> tuple[Document, ...]:
        """The package as the clerk found it; as it was filed while nobody has looked.

        A paper that was filed is in it also against the clerk's word, where a ruling has set that word aside.
        """
        if self.check is None:
            return self.documents
        seen = self.check.as_seen(self.documents)
        counts = {kind for kind, defect in defects(self.set_aside) if defect is Defect.MISSING}
        counts -= {document.kind for document in seen}
        return (*seen, *(document for document in self.documents if document.kind in counts))

    @property
    def standing_findings(self) -> tuple[Finding, ...]:
        """The findings that no ruling has set aside: those by which the head decides."""
        return self.standing_of(self.findings)

    def standing_of(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Of these findings those that no ruling has set aside."""
        barred = defects(self.set_aside)
        return tuple(finding for finding in findings if not defects([finding]) & barred)


class Standing(BaseModel):
    """Who an actor is in the directory at the moment of the act."""

    model_config = ConfigDict(frozen=True)

    known: bool
    roles: frozenset[Role] = frozenset()
    """At the case's school; the head's is with whoever acts in the post while an acting order runs."""
    schools: frozenset[str] = frozenset()
    """The schools where the actor holds any role at that moment."""
    specialists: frozenset[str] = frozenset()
    """All specialists of the case's school at that moment."""
    heads: frozenset[str] = frozenset()
    """Who has the authority of the head of the case's school at that moment, by the post or by an acting order."""
    bodies: frozenset[str] = frozenset()
    """The authorised bodies whose officer the actor is at that moment."""
    acting: Acting | None = None
    """By which order the actor acts as head of the school."""
    replaced_by: str | None = None
    """Who acts for the actor, who holds the post of the head."""
    acted_until: datetime | None = None
    """When the last order ended by which the actor had acted as head."""

    @property
    def acting_for(self) -> str | None:
        """Whom the actor replaces as head; None also where the post is free."""
        return self.acting.for_whom if self.acting else None
