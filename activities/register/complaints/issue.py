"""Issuing the papers of a complaint: number and facts in the act's transaction, bytes later."""

from datetime import datetime
from uuid import UUID

from activities.register.house_rules import HouseRules
from activities.register.records import LockedCase
from domain.acts import Act
from domain.paper_kinds import PaperKind


async def issue_complaint_paper(
    _case: LockedCase, _complaint_id: UUID, _kind: PaperKind, _at: datetime, _act: Act, _rules: HouseRules
) -> None:
    """Gives the paper its number and keeps its facts."""
