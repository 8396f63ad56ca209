"""What the law makes unique, met by an act: the act is refused in words and the case goes on."""

import pytest

from activities.register import conflicts
from activities.register.intake import Filed
from domain.acts import Act
from domain.stages import Stage, Step
from domain.verdict import Verdict, VerdictKind
from tests.activities.stories import reason, status
from tests.builders import an_act
from tests.databases import Register

WAY = (Step.CHECK_PACKAGE, Step.ADMIT, Step.SUBMIT_PLAN, Step.SIGN_ORDER)
OUTCOME = (
    "INSERT INTO outcome (case_id, round, kind, act_id, decided_at, window_until, is_current)"
    " SELECT case_id, {round}, '{kind}', act_id, at, at, {current} FROM act WHERE seq = 1"
)
PAPER = (
    "INSERT INTO paper (paper_id, case_id, round, kind, number, issued_at, facts, is_first_answer)"
    " SELECT gen_random_uuid(), case_id, 1, '{kind}', number, received_at, '{{}}', {first} FROM application"
)
PLANTED = {
    "one_order_per_case": (3, "order_exists", OUTCOME.format(round=2, kind="ORDER_ISSUED", current=False)),
    "one_current_outcome_per_case": (
        3,
        "outcome_exists",
        OUTCOME.format(round=2, kind="REFUSED", current=True),
    ),
    "one_outcome_per_round": (3, "outcome_exists", OUTCOME.format(round=1, kind="REFUSED", current=False)),
    "paper_is_issued_once": (3, "paper_exists", PAPER.format(kind="ORDER", first=False)),
    "one_first_answer_per_portal_request": (0, "already_answered", PAPER.format(kind="REFUSAL", first=True)),
}
"""For each constraint: after how many steps a row is planted, the code of the refusal, and the row."""


async def a_conflict(register: Register, constraint: str) -> tuple[Filed, Act, Verdict]:
    """A case whose next act meets the planted row: the act and its verdict."""
    done, _, planted = PLANTED[constraint]
    filed = await register.file()
    for step in WAY[:done]:
        await register.do(filed, an_act(step))
    async with register.owner() as owner:
        await owner.execute(planted)
    act = an_act(WAY[done])
    return filed, act, await register.do(filed, act)


@pytest.mark.parametrize("constraint", PLANTED)
async def test_an_act_that_violates_a_constraint_is_refused_by_its_name(
    register: Register, constraint: str
) -> None:
    filed, act, verdict = await a_conflict(register, constraint)
    assert verdict.kind is VerdictKind.REFUSED
    assert verdict.reason is not None
    assert verdict.reason.code == PLANTED[constraint][1]
    assert await register.take(filed, act) == verdict
    kept = (await status(register, filed)).acts[-1]
    assert (kept.verdict, kept.reason) == (VerdictKind.REFUSED, str(verdict.reason))


async def test_par_7_what_an_act_did_before_it_met_the_constraint_is_undone(register: Register) -> None:
    filed, _, verdict = await a_conflict(register, "one_order_per_case")
    assert verdict.stage == (await status(register, filed)).stage == Stage.PLAN_READY
    assert await register.pool.fetchval("SELECT count(*) FROM legal_number WHERE book = 'ORDER'") == 0
    assert await register.pool.fetchval("SELECT count(*) FROM counter WHERE book = 'ORDER'") == 0


async def test_a_case_with_a_conflict_takes_its_next_act(register: Register) -> None:
    filed, _, _ = await a_conflict(register, "paper_is_issued_once")
    assert await reason(register, filed, an_act(Step.RETURN_PLAN)) is None


async def test_every_constraint_that_is_told_in_words_is_in_the_schema(register: Register) -> None:
    rows = await register.pool.fetch("SELECT relname FROM pg_class WHERE relkind = 'i'")
    single = {conflicts.CHILD_HAS_OPEN_CASE, conflicts.REQUEST_IS_FILED_ONCE, conflicts.ACT_IS_WRITTEN_ONCE}
    assert single | set(conflicts.REASONS) <= {row["relname"] for row in rows}
