"""Plans of cases to every outcome, for made-up people: what each client will file and do."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from domain.acts import Act
from domain.application import Application
from domain.identifiers import check_digit
from domain.stages import Stage, Step
from domain.verdict import VerdictKind
from tests.builders import a_child, a_document, an_act, an_application, an_office_application


@dataclass(frozen=True)
class Plan:
    """A case as its client intends it; every act is taken, but for those in `refused`."""

    story: str
    application: Application
    acts: tuple[Act, ...]
    outcome: Stage
    refused: frozenset[str] = frozenset()
    """Ids of acts that come at the wrong stage."""

    def verdict(self, act: Act) -> VerdictKind:
        """What the register has to say of the act."""
        return VerdictKind.REFUSED if act.act_id in self.refused else VerdictKind.TAKEN


Story = Callable[[dict[str, Any]], Plan]


def _order(child: dict[str, Any]) -> Plan:
    steps = (Step.CHECK_PACKAGE, Step.ADMIT, Step.SUBMIT_PLAN, Step.SIGN_ORDER)
    return Plan("order", an_application(child=child), _acts(steps), Stage.ORDER_ISSUED)


def _order_at_the_office(child: dict[str, Any]) -> Plan:
    letter_and_conclusion = [
        {"document": "APPLICATION", "present": True},
        {"document": "VKK_CONCLUSION", "present": True},
    ]
    check = an_act(Step.CHECK_PACKAGE, items=letter_and_conclusion)
    rest = _acts((Step.ADMIT, Step.SUBMIT_PLAN, Step.SIGN_ORDER, Step.RECORD_DELIVERY))
    return Plan("office order", an_office_application(child=child), (check, *rest), Stage.ORDER_ISSUED)


def _refusal_at_the_office(child: dict[str, Any]) -> Plan:
    without_letter = an_office_application(child=child, documents=[a_document()])
    found = [
        {"document": "APPLICATION", "present": False},
        {"document": "VKK_CONCLUSION", "present": True},
    ]
    acts = (an_act(Step.CHECK_PACKAGE, items=found), *_acts((Step.REFUSE, Step.RECORD_DELIVERY)))
    return Plan("office refusal", without_letter, acts, Stage.REFUSED)


def _refusal(child: dict[str, Any]) -> Plan:
    acts = (_check_that_finds_nothing(), an_act(Step.REFUSE))
    return Plan("refusal", an_application(child=child, documents=[]), acts, Stage.REFUSED)


def _withdrawal(child: dict[str, Any]) -> Plan:
    acts = _acts((Step.CHECK_PACKAGE, Step.ADMIT, Step.WITHDRAW))
    return Plan("withdrawal", an_application(child=child), acts, Stage.WITHDRAWN)


def _plan_returned(child: dict[str, Any]) -> Plan:
    steps = (
        *(Step.CHECK_PACKAGE, Step.ADMIT, Step.SUBMIT_PLAN),
        *(Step.RETURN_PLAN, Step.SUBMIT_PLAN, Step.SIGN_ORDER),
    )
    return Plan("plan returned", an_application(child=child), _acts(steps), Stage.ORDER_ISSUED)


def _papers_added(child: dict[str, Any]) -> Plan:
    steps = (Step.ADD_DOCUMENTS, Step.CHECK_PACKAGE, Step.ADMIT, Step.SUBMIT_PLAN, Step.SIGN_ORDER)
    acts = (_check_that_finds_nothing(), *_acts(steps))
    return Plan("papers added", an_application(child=child, documents=[]), acts, Stage.ORDER_ISSUED)


def _signed_too_early(child: dict[str, Any]) -> Plan:
    too_early = an_act(Step.SIGN_ORDER)
    acts = (
        an_act(Step.CHECK_PACKAGE),
        too_early,
        *_acts((Step.ADMIT, Step.SUBMIT_PLAN, Step.SIGN_ORDER)),
    )
    refused = frozenset({too_early.act_id})
    return Plan("signed too early", an_application(child=child), acts, Stage.ORDER_ISSUED, refused)


STORIES: tuple[Story, ...] = (
    _order,
    _refusal_at_the_office,
    _papers_added,
    _withdrawal,
    _plan_returned,
    _refusal,
    _order_at_the_office,
    _signed_too_early,
)


def an_order_that_ends_soon(child: dict[str, Any], today: date) -> Plan:
    """Of a conclusion for ten days only: the day on which people are to be reminded of the end is over."""
    period = {"period_from": today.isoformat(), "period_to": (today + timedelta(days=10)).isoformat()}
    application = an_application(child=child, documents=[a_document(**period)])
    acts = (
        an_act(Step.CHECK_PACKAGE),
        an_act(Step.ADMIT, **period),
        *_acts((Step.SUBMIT_PLAN, Step.SIGN_ORDER)),
    )
    return Plan("ending soon", application, acts, Stage.ORDER_ISSUED)


def plans(count: int, first_child: int = 1) -> list[Plan]:
    """So many cases, each story in turn, each for a child of its own; `first_child + count` stays below 1000."""
    assert first_child + count <= 1000, "made-up numbers of children have three digits"
    return [STORIES[i % len(STORIES)](a_child(first_child + i)) for i in range(count)]


def many_children() -> Iterator[dict[str, Any]]:
    """Children of different numbers, more than anybody files for here."""
    for number in range(12 * 28 * 1000):
        digits = f"16{1 + number // 28000:02}{1 + number // 1000 % 28:02}5{number % 1000:03}"
        [iin, *_] = [
            f"{digits}{sign}{last}"
            for sign in "0123456789"
            if (last := check_digit(f"{digits}{sign}")) is not None
        ]
        yield {**a_child(), "iin": iin}


def _acts(steps: Iterable[Step]) -> tuple[Act, ...]:
    return tuple(an_act(step) for step in steps)


def _check_that_finds_nothing() -> Act:
    return an_act(Step.CHECK_PACKAGE, items=[{"document": "VKK_CONCLUSION", "present": False}])
