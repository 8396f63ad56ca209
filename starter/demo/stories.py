"""The cases of the demo: who does what, and what the register has to say afterwards."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from domain.events import Event
from domain.package import Defect
from domain.paper_kinds import PaperKind
from domain.stages import Stage
from domain.standard import DocumentKind

EXAMPLES = Path(__file__).parents[2] / "examples"


class Of(StrEnum):
    """What an act of a story is done to."""

    THE_CASE = "case"
    THE_COMPLAINT = "complaint"


@dataclass(frozen=True)
class StoryAct:
    """An act of the examples, and what it is in plain words."""

    file: str
    words: str
    of: Of = Of.THE_CASE

    @property
    def path(self) -> Path:
        """Where the act is."""
        return EXAMPLES / "acts" / f"{self.file}.json"


class Wait(StrEnum):
    """Time in which nobody acts, until the morning after a term or the afternoon of its last day."""

    TERM_IS_OVER = "nobody acts; the server skips the time until"
    LAST_DAY_OF_THE_COMPLAINT = "the body considers; the server skips the time until"


@dataclass(frozen=True)
class Expected:
    """What must be on file at the end; anything else is a failure of the demo."""

    outcome: Stage
    overdue: bool
    events: tuple[Event, ...]
    papers: tuple[PaperKind, ...]
    defects: tuple[tuple[DocumentKind, Defect], ...] = ()
    answered_late: bool = False
    """Whether the answer of the last round came after its term."""
    rounds: int = 1


@dataclass(frozen=True)
class Story:
    """One case from its application to its outcome, with the waits between the acts."""

    name: str
    title: str
    application: str
    steps: tuple[StoryAct | Wait, ...]
    expected: Expected

    @property
    def acts(self) -> tuple[StoryAct, ...]:
        """What people do in it."""
        return tuple(step for step in self.steps if isinstance(step, StoryAct))

    @property
    def silent(self) -> bool:
        """Whether nobody acts until the first term is over."""
        return self.steps[0] is Wait.TERM_IS_OVER

    @property
    def path(self) -> Path:
        """Where the application is."""
        return EXAMPLES / f"{self.application}.json"


_CHECKED = StoryAct("check-package-complete", "the clerk checks the package: nothing is missing or expired")
_SIGNED = StoryAct("sign-order", "the head signs the order")

_FROM_THE_HEADS_REVIEW = (
    Event.HEAD_REVIEW,
    Event.GRADE_AND_LANGUAGE_SET,
    Event.WITH_SPECIALISTS,
    Event.PLAN_SUBMITTED,
    Event.ORDER_ISSUED,
)
_TO_THE_ORDER = (Event.REGISTERED, Event.NOTICE_SENT, *_FROM_THE_HEADS_REVIEW)
_FROM_THE_HEADS_DESK = (Event.NOTICE_SENT, *_FROM_THE_HEADS_REVIEW)
"""Of a portal request whose refusal was set aside: the notice of acceptance goes out when the head admits."""

STORIES = (
    Story(
        name="admitted",
        title="Portal: admitted, planned, ordered",
        application="portal-admitted",
        steps=(
            _CHECKED,
            StoryAct("admit", "the head sets grade and language and hands over to the specialists"),
            StoryAct("plan", "a specialist submits the plan of teaching"),
            _SIGNED,
        ),
        expected=Expected(
            outcome=Stage.ORDER_ISSUED,
            overdue=False,
            events=(Event.RECEIVED, *_TO_THE_ORDER),
            papers=(PaperKind.NOTICE_OF_ACCEPTANCE, PaperKind.ORDER),
        ),
    ),
    Story(
        name="refused",
        title="Office: package incomplete and expired, refused with each defect named",
        application="office-refused",
        steps=(
            StoryAct("check-package-defects", "the clerk checks the package: one paper absent, one expired"),
            StoryAct("refuse", "the head refuses with reasons"),
            StoryAct("record-delivery", "the clerk hands the refusal over"),
        ),
        expected=Expected(
            outcome=Stage.REFUSED,
            overdue=False,
            events=(
                Event.RECEIVED,
                Event.RECEIPT_ISSUED,
                Event.REGISTERED,
                Event.REFUSAL_PROPOSED,
                Event.HANDED_TO_HEAD,
                Event.REFUSED,
                Event.RESULT_DELIVERED,
            ),
            papers=(PaperKind.RECEIPT, PaperKind.REFUSAL),
            defects=(
                (DocumentKind.APPLICATION, Defect.MISSING),
                (DocumentKind.VKK_CONCLUSION, Defect.EXPIRED),
            ),
        ),
    ),
    Story(
        name="silence",
        title="Portal: nobody acts until the term is over; decided late",
        application="portal-silence",
        steps=(
            Wait.TERM_IS_OVER,
            _CHECKED,
            StoryAct("admit-russian", "the head sets grade and language and hands over, late"),
            StoryAct("plan-russian", "a specialist submits the plan of teaching"),
            _SIGNED,
        ),
        expected=Expected(
            outcome=Stage.ORDER_ISSUED,
            overdue=True,
            answered_late=True,
            events=(
                Event.RECEIVED,
                Event.REMINDED,
                Event.LAST_DAY,
                Event.TERM_BREACHED,
                *_TO_THE_ORDER,
                Event.ANSWERED_LATE,
            ),
            papers=(PaperKind.SILENCE_NOTICE, PaperKind.NOTICE_OF_ACCEPTANCE, PaperKind.ORDER),
        ),
    ),
    Story(
        name="upheld",
        title="Portal: refused wrongly, complained of to the head, upheld, decided anew and ordered",
        application="portal-refused-wrongly",
        steps=(
            StoryAct("check-package-unseen", "the clerk overlooks the seal: the conclusion does not count"),
            StoryAct("refuse-unseen", "the head refuses with reasons"),
            StoryAct("complain-to-head", "the parent complains to the head (par. 9)"),
            StoryAct(
                "uphold-complaint", "the head upholds the complaint: the case is reopened", Of.THE_COMPLAINT
            ),
            StoryAct("admit", "the head sets grade and language and hands over, in the second round"),
            StoryAct("plan", "a specialist submits the plan of teaching"),
            _SIGNED,
        ),
        expected=Expected(
            outcome=Stage.ORDER_ISSUED,
            overdue=False,
            rounds=2,
            events=(
                Event.RECEIVED,
                Event.REGISTERED,
                Event.REFUSAL_PROPOSED,
                Event.REFUSED,
                Event.COMPLAINT_REGISTERED,
                Event.COMPLAINT_DECIDED,
                Event.REOPENED,
                *_FROM_THE_HEADS_DESK,
            ),
            papers=(
                PaperKind.REFUSAL,
                PaperKind.COMPLAINT_CONFIRMATION,
                PaperKind.COMPLAINT_REPLY,
                PaperKind.NOTICE_OF_ACCEPTANCE,
                PaperKind.ORDER,
            ),
            defects=((DocumentKind.VKK_CONCLUSION, Defect.MISSING),),
        ),
    ),
    Story(
        name="to-the-body",
        title="Portal: silence taken to the authorised body, extended once, decided on the last day, ordered",
        application="portal-silence-complained",
        steps=(
            Wait.TERM_IS_OVER,
            StoryAct(
                "complain-to-body", "the parent complains to the authorised body, through the school (par. 9)"
            ),
            StoryAct("forward-complaint", "the school forwards it with the case file", Of.THE_COMPLAINT),
            StoryAct(
                "register-complaint", "the body registers it: its 15 working days run", Of.THE_COMPLAINT
            ),
            Wait.LAST_DAY_OF_THE_COMPLAINT,
            StoryAct(
                "extend-complaint", "the body extends the term, once, by 5 working days", Of.THE_COMPLAINT
            ),
            Wait.LAST_DAY_OF_THE_COMPLAINT,
            StoryAct("uphold-complaint-of-silence", "the body upholds it on the last day", Of.THE_COMPLAINT),
            _CHECKED,
            StoryAct("admit-russian", "the head sets grade and language and hands over, in the second round"),
            StoryAct("plan-russian", "a specialist submits the plan of teaching"),
            _SIGNED,
        ),
        expected=Expected(
            outcome=Stage.ORDER_ISSUED,
            overdue=False,
            rounds=2,
            events=(
                Event.RECEIVED,
                Event.REMINDED,
                Event.LAST_DAY,
                Event.TERM_BREACHED,
                Event.COMPLAINT_REGISTERED,
                Event.COMPLAINT_FORWARDED,
                Event.COMPLAINT_AT_THE_BODY,
                Event.COMPLAINT_REMINDED,
                Event.COMPLAINT_LAST_DAY,
                Event.COMPLAINT_EXTENDED,
                Event.COMPLAINT_REMINDED,
                Event.COMPLAINT_LAST_DAY,
                Event.COMPLAINT_DECIDED,
                Event.REOPENED,
                *_TO_THE_ORDER,
            ),
            papers=(
                PaperKind.SILENCE_NOTICE,
                PaperKind.COMPLAINT_CONFIRMATION,
                PaperKind.COVERING_LETTER,
                PaperKind.COMPLAINT_CONFIRMATION,
                PaperKind.EXTENSION_NOTICE,
                PaperKind.COMPLAINT_REPLY,
                PaperKind.NOTICE_OF_ACCEPTANCE,
                PaperKind.ORDER,
            ),
        ),
    ),
)
