"""The activities that watch the period of an order: each is one transaction on the register."""

from temporalio import activity

from activities.procedure import CaseReference, of_a_known_case
from activities.register.house_rules import HouseRules
from activities.register.ordered_period import reach_period_milestone, read_period
from activities.register.pool import Pool
from domain.period import Period, PeriodMilestone


class PeriodMilestoneReference(CaseReference):
    """Names a milestone of the period of a case."""

    milestone: PeriodMilestone


class PeriodActivities:
    """The register, as the watch of a period uses it; a repeated call has no further effect."""

    def __init__(self, pool: Pool, rules: HouseRules) -> None:
        self._pool = pool
        self._rules = rules

    @activity.defn
    @of_a_known_case
    async def read_period(self, case: CaseReference) -> Period:
        """The period of the case, and how far its watch has come."""
        return await read_period(self._pool, case.case_id)

    @activity.defn
    @of_a_known_case
    async def reach_period_milestone(self, reached: PeriodMilestoneReference) -> Period:
        """Reminds the applicant and the school, or marks the end; decides nothing."""
        return await reach_period_milestone(
            self._pool, reached.case_id, reached.milestone, reached.now, self._rules
        )
