"""The invariants that one statement can look into: activities/sql/checks, a file each."""

from typing import Any

from activities.register.checks.found import Check, Found
from activities.register.checks.walk import fetch_first
from activities.register.pool import Connection
from activities.register.statements import sql
from domain.events import MONITORED


def _check(name: str, *arguments: Any) -> Check:
    async def look(connection: Connection) -> list[Found]:
        rows = await fetch_first(connection, sql(f"checks/{name}"), *arguments)
        return [Found.model_validate(dict(row)) for row in rows]

    return look


_NAMES = (
    "case_is_whole",
    "acts_have_no_gap",
    "verdicts_are_counted",
    "verdict_belongs_to_its_act",
    "verdict_has_its_reason",
    "verdicts_came_in_order",
    "effects_are_in_the_journal",
    "decisions_are_of_the_head",
    "outcome_fits_stage",
    "outcome_rests_on_its_act",
    "one_order_per_case",
    "one_open_case_per_child",
    "registered_by_the_check",
    "numbers_have_no_gap",
    "case_numbers_have_no_gap",
    "complaint_numbers_have_no_gap",
    "complaint_rests_on_its_act",
    "complaint_breach_is_true",
    "number_names_its_place",
    "portal_is_answered_once",
    "office_gave_its_receipt",
    "paper_tells_its_facts",
    "paper_number_is_in_its_book",
    "complaint_paper_has_its_number",
    "papers_are_rendered",
    "paper_bytes_are_intact",
    "paper_is_in_the_cabinet",
    "attachments_are_intact",
    "documents_belong_to_their_case",
    "application_follows_its_own",
    "papers_are_taken_over_from_followed_cases",
    "order_has_its_period",
    "journal_has_no_gap",
    "outbox_has_no_gap",
    "terms_move_by_an_act",
    "breach_is_true",
    "audit_knows_what_was_done",
)

CHECKS_OF_ROWS: dict[str, Check] = {
    **{name: _check(name) for name in _NAMES},
    "monitoring_is_told": _check("monitoring_is_told", sorted(MONITORED)),
}
