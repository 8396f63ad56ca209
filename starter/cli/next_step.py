"""What a case waits for, as commands tell it: who must act, what is to be done, and with which command."""

from collections.abc import Sequence
from pathlib import Path

from activities.register.on_duty import PersonOnDuty
from activities.register.shown import NextAct
from domain.complaint_stages import ComplaintStep
from domain.staff import Role
from domain.stages import Step
from domain.standard import Channel
from starter.cli.called import to_copy

_EXAMPLES: dict[str, str] = {
    Step.CHECK_PACKAGE: "check-package-complete",
    Step.ADMIT: "admit",
    Step.REFUSE: "refuse",
    Step.SUBMIT_PLAN: "plan",
    Step.RETURN_PLAN: "return-plan",
    Step.SIGN_ORDER: "sign-order",
    Step.RECORD_DELIVERY: "record-delivery",
    ComplaintStep.DECIDE: "reject-complaint",
    ComplaintStep.EXTEND: "extend-complaint",
    ComplaintStep.FORWARD: "forward-complaint",
    ComplaintStep.REGISTER: "register-complaint",
    ComplaintStep.SETTLE: "settle-complaint",
}
_OFFICE_CHECK = "check-package-cured"
"""The check of an office covers the application itself as well."""


def next_lines(
    number: str, channel: Channel, next_act: NextAct | None, data: Path | None = None
) -> tuple[str, ...]:
    """The lines that say who must act next and how; one line where nobody must."""
    if next_act is None:
        return ("Next: nothing, the school has done its part.",)
    steps: Sequence[str] = next_act.decisions or (next_act.act, *next_act.instead)
    where = "the authorised body" if next_act.role is Role.OFFICER else "the school"
    return (
        f"Next: {next_act.role} of {where}: {in_words(steps)}",
        f"  {next_act.words}",
        *(f"  {named(person)}" for person in next_act.by),
        f"  {to_copy('act', number, 'FILE', data=data)}",
        f"  FILE is like {' or '.join(_example(step, channel) for step in steps)}",
        *_with_it(number, steps, data),
    )


def _with_it(number: str, steps: Sequence[str], data: Path | None) -> tuple[str, ...]:
    if ComplaintStep.FORWARD not in steps:
        return ()
    return (
        f"  the case file of the letter (D3), then: {to_copy('export', number, '--by STAFF', data=data)}",
    )


def named(person: PersonOnDuty) -> str:
    """Somebody whose turn it is, by name; of an acting head also for whom, and by which order."""
    told = f"{person.name}, {person.post_kk} ({person.staff_id})"
    acting = person.acting_for
    if acting is None:
        return told
    for_whom = (
        f" for {acting.person.name}, {acting.person.post_kk}" if acting.person else ", the post is free"
    )
    return f"{told}, acting head{for_whom}, by {acting.act}"


def in_words(steps: Sequence[str]) -> str:
    """The steps as a choice."""
    return " or ".join(step.replace("_", " ") for step in steps)


def _example(step: str, channel: Channel) -> str:
    office_check = step == Step.CHECK_PACKAGE and channel is Channel.OFFICE
    return f"examples/acts/{_OFFICE_CHECK if office_check else _EXAMPLES[step]}.json"
