"""Who may do what in a case: by role, by school, and by the head's own choice of specialists (R5.4, R6.1, R6.4, Q9)."""

from domain.acts import Act, Admit, SubmitPlan, Withdraw
from domain.case import Case, Standing
from domain.complaint_stages import ComplaintStep
from domain.legal_time import local_time
from domain.refusal import ActRefused
from domain.staff import APPLICANT, REGISTER, ROLES_FOR, Role
from domain.stages import Step
from domain.standard import Channel

_APPLICANTS_OWN = frozenset({Step.ADD_DOCUMENTS, Step.WITHDRAW, Step.DISPUTE_FACT})
"""What a clerk does for an applicant of the office only; a complaint on paper is taken from everyone."""


def check_role(step: Step | ComplaintStep, actor: str, case: Case, standing: Standing) -> None:
    """Raises `ActRefused` unless the actor may take this step in this case at the moment of `standing`."""
    wanted = _roles_for(step)
    if actor == REGISTER and Role.REGISTER in wanted:
        return
    if Role.OFFICER in wanted and case.authorised_body in standing.bodies:
        return
    if actor == APPLICANT:
        if Role.APPLICANT not in wanted:
            raise ActRefused(
                "not_for_applicants",
                f"the applicant may not {step}",
                "This is done by the school",
                "Leave it to the school",
            )
        return
    if not standing.known:
        raise ActRefused(
            "unknown_actor",
            "the person is not in the staff directory",
            "Only staff of the school act in a case",
            "Use the id of the staff directory",
        )
    if case.school not in standing.schools and standing.schools:
        raise ActRefused(
            "other_school",
            "the person belongs to another school",
            "A case is handled by its own school only",
            "Let the staff of the case's school act",
        )
    if not standing.roles & wanted:
        check_headship(wanted, standing)
        raise ActRefused(
            "wrong_role",
            f"{step} is not for this person",
            f"At this moment it takes the role {' or '.join(sorted(wanted))} at the case's school",
            "Let the person who holds the role act",
        )


def _roles_for(step: Step | ComplaintStep) -> frozenset[Role]:
    if isinstance(step, ComplaintStep):
        raise ActRefused(
            "no_complaint_named",
            f"{step} is done to a complaint, and the number is of an application",
            "A complaint has a number of its own",
            "Use the number of the complaint: it stands on the confirmation of its registration",
        )
    return ROLES_FOR[step]


def check_headship(wanted: frozenset[Role], standing: Standing) -> None:
    """Raises `ActRefused` if the actor lacks the head's role because of an acting order that runs, or has ended."""
    if Role.HEAD not in wanted:
        return
    if standing.replaced_by:
        raise ActRefused(
            "acting_order_runs",
            "an acting order runs, and somebody else acts as head",
            "What is the head's is done by the one whom the order names, and by nobody beside",
            f"Let {standing.replaced_by} act, or end the order first: uide acting end",
        )
    if standing.acted_until:
        raise ActRefused(
            "acting_order_over",
            f"the order by which this person acted as head ended on {local_time(standing.acted_until):%d.%m.%Y %H:%M}",
            "Whether somebody may act is judged at the moment of the act",
            "Let the head act, or whoever acts as head now",
        )


def check_office_for_applicant(act: Act, case: Case) -> None:
    """Raises `ActRefused` where a clerk does on the portal, or without a request, what is the applicant's (Q10)."""
    if act.actor == APPLICANT or act.step not in _APPLICANTS_OWN:
        return
    if case.channel is Channel.PORTAL:
        raise ActRefused(
            "applicants_own",
            f"on the portal only the applicant may {act.step}",
            "The applicant acts there in person; the clerk acts for an applicant of the office",
            "Leave it to the applicant",
        )
    if isinstance(act.content, Withdraw) and act.content.reason is None:
        raise ActRefused(
            "withdrawal_without_reason",
            "the clerk withdraws the application without a reason",
            "Only the applicant can take an application back, and the register must show that it was so",
            "Name the applicant's written request in reason, with its day",
        )


def check_specialists(act: Act, case: Case, standing: Standing) -> None:
    """Raises `ActRefused` unless those are specialists whom the head names, and the one who submits is named."""
    if isinstance(act.content, Admit) and not standing.specialists.issuperset(act.content.specialists):
        raise ActRefused(
            "not_a_specialist",
            "somebody named in specialists is not a specialist of this school",
            "Paragraph 6: the head hands the documents to the school's specialists",
            f"Choose from {', '.join(sorted(standing.specialists)) or 'the staff directory'}",
        )
    if isinstance(act.content, SubmitPlan) and case.admitted and act.actor not in case.admitted.specialists:
        raise ActRefused(
            "not_assigned",
            "the head handed this case to other specialists",
            "Paragraph 6: those organise the teaching to whom the head gave the documents",
            f"Let {', '.join(case.admitted.specialists)} submit the plan",
        )
