"""The three cases of the demo: who does what, and what the register has to say afterwards."""

from dataclasses import dataclass
from pathlib import Path

from domain.events import Event
from domain.package import Defect
from domain.paper_kinds import PaperKind
from domain.stages import Stage
from domain.standard import DocumentKind

EXAMPLES = Path(__file__).parents[2] / "examples"


@dataclass(frozen=True)
class StoryAct:
    """An act of the examples, and what it is in plain words."""

    file: str
    words: str

    @property
    def path(self) -> Path:
        """Where the act is."""
        return EXAMPLES / "acts" / f"{self.file}.json"


@dataclass(frozen=True)
class Expected:
    """What must be on file at the end; anything else is a failure of the demo."""

    outcome: Stage
    overdue: bool
    events: tuple[Event, ...]
    papers: tuple[PaperKind, ...]
    defects: tuple[tuple[DocumentKind, Defect], ...] = ()


@dataclass(frozen=True)
class Story:
    """One case from its application to its outcome; in a silent one the acts come after the term."""

    name: str
    title: str
    application: str
    acts: tuple[StoryAct, ...]
    expected: Expected
    silent: bool = False

    @property
    def path(self) -> Path:
        """Where the application is."""
        return EXAMPLES / f"{self.application}.json"


_CHECKED = StoryAct("check-package-complete", "the clerk checks the package: nothing is missing or expired")
_SIGNED = StoryAct("sign-order", "the head signs the order")

_TO_THE_ORDER = (
    Event.REGISTERED,
    Event.NOTICE_SENT,
    Event.HEAD_REVIEW,
    Event.GRADE_AND_LANGUAGE_SET,
    Event.WITH_SPECIALISTS,
    Event.PLAN_SUBMITTED,
    Event.ORDER_ISSUED,
)

STORIES = (
    Story(
        name="admitted",
        title="Portal: admitted, planned, ordered",
        application="portal-admitted",
        acts=(
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
        acts=(
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
        silent=True,
        acts=(
            _CHECKED,
            StoryAct("admit-russian", "the head sets grade and language and hands over, late"),
            StoryAct("plan-russian", "a specialist submits the plan of teaching"),
            _SIGNED,
        ),
        expected=Expected(
            outcome=Stage.ORDER_ISSUED,
            overdue=True,
            events=(
                Event.RECEIVED,
                Event.REMINDED,
                Event.LAST_DAY,
                Event.TERM_BREACHED,
                *_TO_THE_ORDER,
            ),
            papers=(PaperKind.SILENCE_NOTICE, PaperKind.NOTICE_OF_ACCEPTANCE, PaperKind.ORDER),
        ),
    ),
)
