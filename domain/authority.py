"""Who may do what in a case: by role, by school, and by the head's own choice of specialists (R5.4, R6.1, R6.4, Q9)."""

from domain.acts import Act, Admit, SubmitPlan
from domain.case import Case, Standing
from domain.refusal import ActRefused
from domain.staff import APPLICANT, ROLES_FOR, Role
from domain.stages import Step


def check_role(step: Step, actor: str, case: Case, standing: Standing) -> None:
    """Raises `ActRefused` unless the actor may take this step in this case at the moment of `standing`."""
    wanted = ROLES_FOR[step]
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
        raise ActRefused(
            "wrong_role",
            f"{step} is not for this person",
            f"At this moment it takes the role {' or '.join(sorted(wanted))} at the case's school",
            "Let the person who holds the role act",
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
