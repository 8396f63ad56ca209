"""Acting orders in the register: entered and ended once, by those who may, and met by every act."""

import asyncio
from typing import Any

import asyncpg
import pytest

from activities.register.acting import OrderEntered, end_acting_order, enter_acting_order
from activities.register.acting_lists import OrderState, list_acting_orders
from activities.register.house_rules import HouseRules
from activities.register.inbox import read_inbox
from activities.register.intake import Filed
from activities.register.reading import read_papers, read_status
from domain.acting_order import EndOfActingOrder, parse_acting_order
from domain.papers import PaperKind
from domain.refusal import InputRefused
from domain.stages import Step
from tests.activities.stories import reason, status
from tests.builders import CLERK, DEPUTY, HEAD, OFFICER, OTHER_SCHOOL, SCHOOL, SPECIALIST, an_act, local
from tests.databases import RULES, Register

pytestmark = pytest.mark.usefixtures("soundness")

ENTERED = "2026-11-17 09:00"
FROM, UNTIL = "2026-11-17 12:00", "2026-11-18 12:00"
LAST_MOMENT, BEFORE, DURING = "2026-11-18 11:59:59", "2026-11-17 11:00", "2026-11-17 15:00"
ACT = "№ 15-ЖҚ бұйрық, 16.11.2026"


async def enter(
    register: Register, moment: str = ENTERED, school: str = SCHOOL, **changes: Any
) -> OrderEntered:
    """The order by which the deputy acts from noon to noon."""
    said = {
        "order_id": "acting-0001",
        "actor": HEAD,
        "acting": DEPUTY,
        "valid_from": local(FROM).isoformat(),
        "valid_until": local(UNTIL).isoformat(),
        "act": ACT,
    }
    order = parse_acting_order({**said, **changes})
    return await enter_acting_order(register.pool, school, order, clock_at(moment), RULES)


async def end(register: Register, moment: str, actor: str = HEAD) -> OrderEntered:
    ending = EndOfActingOrder(order_id="acting-0001", actor=actor)
    return await end_acting_order(register.pool, ending, clock_at(moment), RULES)


def clock_at(moment: str) -> Any:
    async def clock() -> Any:
        return local(moment)

    return clock


async def code_of(attempt: Any) -> str:
    with pytest.raises(InputRefused) as caught:
        await attempt
    return caught.value.problems[0].code


async def a_checked_case(register: Register) -> Filed:
    """A case that waits for the head from ten o'clock on."""
    filed = await register.file(received_at="2026-11-17 10:00")
    await register.do(filed, an_act(Step.CHECK_PACKAGE), moment="2026-11-17 10:30")
    return filed


# entering and ending


async def test_an_order_is_entered_once_and_the_same_again_gets_the_first_answer(register: Register) -> None:
    first = await enter(register)
    again = await enter(register, "2026-11-20 09:00")
    assert (first.repeated, again.repeated) == (False, True)
    assert again.order == first.order
    assert first.order.runs_from == local(FROM)
    assert await code_of(enter(register, act="№ 16-ЖҚ бұйрық")) == "order_id_used"
    notes = await register.pool.fetch("SELECT actor, details FROM audit WHERE action = 'enter_acting_order'")
    assert [dict(note) for note in notes] == [
        {"actor": HEAD, "details": {"school": SCHOOL, "order_id": "acting-0001"}}
    ]


async def test_the_head_a_deputy_and_nobody_else_of_the_school_enter_orders(register: Register) -> None:
    for number, actor in enumerate((HEAD, DEPUTY), start=1):
        times = {
            "valid_from": local(f"2026-12-0{number} 00:00"),
            "valid_until": local(f"2026-12-0{number} 12:00"),
        }
        written = {name: moment.isoformat() for name, moment in times.items()}
        await enter(register, order_id=f"acting-000{number}", actor=actor, **written)
    for actor in (CLERK, SPECIALIST, "at002-head"):
        assert await code_of(enter(register, order_id="acting-0009", actor=actor)) == "wrong_role"
    assert await code_of(enter(register, order_id="acting-0009", actor="nobody")) == "unknown_actor"


async def test_r9_3_an_officer_of_the_authorised_body_enters_and_ends_orders_of_its_schools(
    register: Register,
) -> None:
    assert (await enter(register, actor=OFFICER)).order.entered_by == OFFICER
    assert (await end(register, DURING, OFFICER)).order.ended_by == OFFICER


async def test_who_acts_as_head_gets_no_authority_over_the_post_itself(register: Register) -> None:
    await enter(register, acting=SPECIALIST)
    assert await code_of(end(register, DURING, SPECIALIST)) == "wrong_role"


async def test_a_refused_order_leaves_nothing(register: Register) -> None:
    await enter(register)
    overlapping = {"order_id": "acting-0002", "acting": SPECIALIST}
    assert await code_of(enter(register, **overlapping)) == "acting_orders_overlap"
    assert await code_of(enter(register, order_id="acting-0002", acting="at002-deputy")) == "acting_stranger"
    assert await code_of(enter(register, order_id="acting-0002", acting="nobody")) == "unknown_acting"
    assert await code_of(enter(register, school="010940000000")) == "unknown_school"
    assert await register.pool.fetchval("SELECT count(*) FROM acting_order") == 1


async def test_unsealed_orders_are_refused_where_unsealed_acts_are(register: Register) -> None:
    order = parse_acting_order(
        {
            "order_id": "acting-0001",
            "actor": HEAD,
            "acting": DEPUTY,
            "valid_from": local(FROM).isoformat(),
            "valid_until": local(UNTIL).isoformat(),
            "act": ACT,
        }
    )
    strict = HouseRules(unsealed_allowed=False)
    entering = enter_acting_order(register.pool, SCHOOL, order, clock_at(ENTERED), strict)
    assert await code_of(entering) == "not_sealed"


async def test_of_two_orders_entered_at_once_one_is_refused(register: Register) -> None:
    ended = await asyncio.gather(
        enter(register),
        enter(register, order_id="acting-0002", acting=SPECIALIST),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in ended) == ["InputRefused", "OrderEntered"]


async def test_the_register_itself_keeps_overlapping_orders_out(register: Register) -> None:
    await enter(register)
    with pytest.raises(asyncpg.ExclusionViolationError) as violation:
        await register.pool.execute(
            "INSERT INTO acting_order (order_id, school_bin, acting, valid_from, valid_until, act, content_hash,"
            " entered_by, entered_at) SELECT 'acting-0002', school_bin, $1, valid_from, valid_until, act, '-',"
            " entered_by, entered_at FROM acting_order",
            SPECIALIST,
        )
    assert violation.value.constraint_name == "acting_orders_do_not_overlap"


async def test_an_order_that_is_entered_ended_and_entered_again_is_listed_with_its_state(
    register: Register,
) -> None:
    await enter(register)
    ended = await end(register, DURING)
    assert ended.order.runs_until == local(DURING)
    assert (await end(register, UNTIL)).repeated
    assert await code_of(end(register, UNTIL, DEPUTY)) == "acting_order_ended"
    times = {"valid_from": local("2026-11-17 16:00").isoformat()}
    await enter(register, DURING, order_id="acting-0002", **times)
    orders = await list_acting_orders(register.pool, SCHOOL, local("2026-11-17 17:00"))
    assert [(order.order_id, order.state) for order in orders] == [
        ("acting-0001", OrderState.ENDED),
        ("acting-0002", OrderState.RUNNING),
    ]
    assert orders[0].name == "Орынбасарова Жанар Серікқызы"
    assert await list_acting_orders(register.pool, OTHER_SCHOOL, local(DURING)) == ()


async def test_an_order_that_nobody_entered_cannot_be_ended(register: Register) -> None:
    assert await code_of(end(register, DURING)) == "unknown_acting_order"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE acting_order SET valid_until = now()",
        "DELETE FROM acting_order_end",
        "DELETE FROM acting_order",
    ],
)
async def test_what_was_entered_is_never_changed(register: Register, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await register.pool.execute(statement)


# authority at the moment of the act


@pytest.mark.parametrize(
    ("actor", "moment", "code"),
    [
        (DEPUTY, BEFORE, "wrong_role"),
        (HEAD, BEFORE, None),
        (DEPUTY, FROM, None),
        (HEAD, FROM, "acting_order_runs"),
        (DEPUTY, LAST_MOMENT, None),
        (HEAD, LAST_MOMENT, "acting_order_runs"),
        (DEPUTY, UNTIL, "acting_order_over"),
        (HEAD, UNTIL, None),
    ],
)
async def test_r6_1_who_decides_is_judged_at_the_moment_of_the_act(
    register: Register, actor: str, moment: str, code: str | None
) -> None:
    filed = await a_checked_case(register)
    await enter(register)
    assert await reason(register, filed, an_act(Step.ADMIT, actor=actor), moment) == code


async def test_an_act_of_the_last_moment_is_valid_when_it_is_taken_after_the_order(
    register: Register,
) -> None:
    filed = await a_checked_case(register)
    await enter(register)
    in_time, late = an_act(Step.ADMIT, actor=DEPUTY), an_act(Step.ADMIT, actor=DEPUTY)
    await register.accept(filed, in_time, LAST_MOMENT)
    await register.accept(filed, late, UNTIL)
    first = await register.take(filed, in_time, "2026-11-18 15:00")
    second = await register.take(filed, late, "2026-11-18 15:00")
    assert first
    assert first.reason is None
    assert second
    assert second.reason
    assert second.reason.code == "acting_order_over"


async def test_an_order_that_is_ended_gives_the_authority_back_from_that_moment(register: Register) -> None:
    filed = await a_checked_case(register)
    await enter(register)
    acted, decided = an_act(Step.ADMIT, actor=DEPUTY), an_act(Step.ADMIT)
    await register.accept(filed, acted, "2026-11-17 14:59:59")
    await end(register, DURING)
    await register.accept(filed, decided, DURING)
    for act in (acted, decided):
        verdict = await register.take(filed, act, "2026-11-17 16:00")
        assert verdict
        assert verdict.reason is None


async def test_an_order_entered_later_takes_nothing_from_what_was_done_before(register: Register) -> None:
    filed = await a_checked_case(register)
    decided = an_act(Step.ADMIT)
    await register.accept(filed, decided, "2026-11-17 13:00")
    await enter(register, "2026-11-17 14:00", valid_from=local("2026-11-17 00:00").isoformat())
    verdict = await register.take(filed, decided, "2026-11-17 15:00")
    assert verdict
    assert verdict.reason is None


async def test_while_an_act_is_judged_no_order_of_the_school_is_entered(register: Register) -> None:
    async with register.pool.acquire() as connection, connection.transaction():
        await connection.execute(
            "SELECT pg_advisory_xact_lock_shared(hashtextextended('headship of ' || $1::text, 0))", SCHOOL
        )
        with pytest.raises(asyncpg.LockNotAvailableError):
            await enter(register)


# who is told, and what the papers say


async def test_waiting_work_moves_to_who_acts_and_back(register: Register) -> None:
    filed = await a_checked_case(register)
    await enter(register)
    for moment, by, for_whom in ((BEFORE, HEAD, None), (DURING, DEPUTY, HEAD), (UNTIL, HEAD, None)):
        (item,) = await read_inbox(register.pool, SCHOOL, local(moment))
        turn = (await read_status(register.pool, filed.number, local(moment))).next
        assert turn
        assert item.by == turn.by
        (person,) = item.by
        acting = person.acting_for
        assert (person.staff_id, acting and acting.person and acting.person.staff_id) == (by, for_whom)


async def test_par_6_a_case_with_specialists_waits_for_those_whom_the_head_named(register: Register) -> None:
    filed = await a_checked_case(register)
    await register.do(filed, an_act(Step.ADMIT), moment=BEFORE)
    turn = (await read_status(register.pool, filed.number, local(DURING))).next
    assert turn
    assert [(person.staff_id, person.acting_for) for person in turn.by] == [(SPECIALIST, None)]


async def test_par_7_the_order_and_the_journal_show_both_names(register: Register) -> None:
    filed = await a_checked_case(register)
    await enter(register)
    for act in (
        an_act(Step.ADMIT, actor=DEPUTY),
        an_act(Step.SUBMIT_PLAN),
        an_act(Step.SIGN_ORDER, actor=DEPUTY),
    ):
        assert await reason(register, filed, act, DURING) is None
    seen = await status(register, filed)
    signed = seen.acts[-1]
    assert signed.actor == DEPUTY
    assert signed.acting_for
    assert signed.acting_for.person
    assert (signed.acting_for.person.staff_id, signed.acting_for.act) == (HEAD, ACT)
    assert seen.acts[-2].acting_for is None
    assert (seen.timeline[-1].actor, seen.timeline[-1].acting_for) == (DEPUTY, HEAD)
    papers = {
        paper.kind: paper.facts["signed_by"] for paper in await read_papers(register.pool, filed.number)
    }
    assert papers[PaperKind.NOTICE_OF_ACCEPTANCE]["acting_for"] is None
    assert papers[PaperKind.ORDER]["name"] == "Орынбасарова Жанар Серікқызы"
    assert papers[PaperKind.ORDER]["acting_for"] == {
        "name": "Басшыбаев Ерлан Әділұлы",
        "post": {"kk": "директор", "ru": "директор"},
        "act": ACT,
    }
