"""One verdict an act: written as it comes, taken lowest place first, given once whatever happens at once."""

import asyncio
from functools import partial
from uuid import UUID

import asyncpg
import pytest

from activities.messages import Message
from activities.register.acceptance import write_act, write_unreadable
from activities.register.taking import take_act
from activities.register.turns import Queue, UnknownAct, UnknownCase
from domain.refusal import InputRefused, Problem
from domain.stages import Stage, Step
from domain.verdict import VerdictKind
from tests.activities.stories import ABSENT, GOOD_ITEMS, papers, status
from tests.builders import DUE_AT, a_child, an_act, an_application, an_office_application, at, local
from tests.databases import RULES, Register

pytestmark = pytest.mark.usefixtures("soundness")


async def test_a_verdict_is_given_once_and_stays_the_first(register: Register) -> None:
    filed, act = await register.file(), an_act(Step.CHECK_PACKAGE)
    first = await register.do(filed, act)
    before = await status(register, filed)
    await register.do(filed, an_act(Step.ADMIT))
    assert await register.take(filed, act) == first
    assert (await status(register, filed)).papers == before.papers


async def test_an_act_taken_many_times_at_once_has_its_effect_once(register: Register) -> None:
    filed, act = await register.file(), an_act(Step.CHECK_PACKAGE)
    await register.accept(filed, act)
    verdicts = await asyncio.gather(*(register.take(filed, act) for _ in range(6)))
    assert all(verdict == verdicts[0] for verdict in verdicts)
    assert len(await papers(register, filed)) == 1


async def test_an_earlier_act_is_taken_first(register: Register) -> None:
    filed = await register.file()
    first, second = an_act(Step.CHECK_PACKAGE), an_act(Step.WITHDRAW)
    for act in (first, second):
        await register.accept(filed, act)
    answer = await take_act(register.pool, filed.case_id, second.act_id, DUE_AT, RULES)
    assert (answer.verdict, answer.earlier) == (None, first.act_id)
    assert await register.take(filed, first) is not None
    assert await register.take(filed, second) is not None


async def test_an_act_accepted_twice_is_written_once(register: Register) -> None:
    filed, act = await register.file(), an_act(Step.CHECK_PACKAGE)
    accepted = [await register.accept(filed, act) for _ in range(2)]
    assert [once.repeated for once in accepted] == [False, True]
    assert len((await status(register, filed)).acts) == 1


async def test_an_act_accepted_many_times_at_once_is_written_once(register: Register) -> None:
    filed, act = await register.file(), an_act(Step.CHECK_PACKAGE)
    accepted = await asyncio.gather(*(register.accept(filed, act) for _ in range(6)))
    assert sum(not once.repeated for once in accepted) == 1


async def test_a_used_act_id_with_other_content_is_refused_and_leaves_no_act(register: Register) -> None:
    filed = await register.file()
    await register.accept(filed, an_act(Step.CHECK_PACKAGE, act_id="act-one"))
    other_content = an_act(Step.CHECK_PACKAGE, act_id="act-one", items=ABSENT)
    other_actor = an_act(Step.CHECK_PACKAGE, act_id="act-one", actor="at001-head")
    for act in (other_content, other_actor, an_act(Step.WITHDRAW, act_id="act-one")):
        with pytest.raises(InputRefused, match="another act was done under this act_id"):
            await register.accept(filed, act)
    assert len((await status(register, filed)).acts) == 1


async def test_an_act_id_of_another_case_is_refused(register: Register) -> None:
    filed, other = await register.file(), await register.file(an_application(child=a_child(2)))
    act = an_act(Step.CHECK_PACKAGE)
    await register.accept(filed, act)
    with pytest.raises(InputRefused, match="another act was done under this act_id"):
        await register.accept(other, act)
    with pytest.raises(UnknownAct):
        await register.take(other, act)


async def test_an_act_id_used_for_two_cases_at_once_is_written_for_one(register: Register) -> None:
    cases = [await register.file(an_application(child=a_child(serial))) for serial in range(1, 5)]
    act = an_act(Step.CHECK_PACKAGE)
    ends = await asyncio.gather(*(register.accept(case, act) for case in cases), return_exceptions=True)
    assert sum(isinstance(end, InputRefused) for end in ends) == 3
    assert await register.pool.fetchval("SELECT count(*) FROM act") == 1


async def test_an_act_for_an_unknown_case_is_refused(register: Register) -> None:
    filed = await register.file()
    nowhere = filed.model_copy(update={"number": "AT001-2026-00002", "case_id": filed.case_id})
    with pytest.raises(InputRefused, match="there is no case with this number"):
        await register.accept(nowhere, an_act(Step.WITHDRAW))
    with pytest.raises(UnknownCase):
        await take_act(register.pool, UUID(int=1), "act-one", DUE_AT, RULES)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["admit first", "refuse first"])
async def test_par_5_of_two_decisions_of_the_head_at_once_the_first_one_wins(
    register: Register, order: tuple[int, int]
) -> None:
    filed = await register.file(an_office_application())
    await register.do(filed, an_act(Step.CHECK_PACKAGE, items=GOOD_ITEMS))
    finding = {"document": "VKK_CONCLUSION", "defect": "MISSING", "note": "файл бос"}
    decisions = (an_act(Step.ADMIT), an_act(Step.REFUSE, findings=[finding]))
    first, second = (decisions[index] for index in order)
    for act in (first, second):
        await register.accept(filed, act)
    await asyncio.gather(register.take(filed, second), register.take(filed, first))
    kinds = [await register.take(filed, act) for act in (first, second)]
    assert [verdict and verdict.kind for verdict in kinds] == [VerdictKind.TAKEN, VerdictKind.REFUSED]
    assert (await status(register, filed)).stage == (Stage.WITH_SPECIALISTS, Stage.REFUSED)[order[0]]


async def test_a_message_that_is_no_act_is_refused_at_once_and_kept_by_its_hash(register: Register) -> None:
    filed = await register.file()
    waiting = an_act(Step.CHECK_PACKAGE)
    await register.accept(filed, waiting)
    words = Problem(code="unreadable_signal", where="act", what="no act", why="-", instead="-")
    message = Message(kind="withdraw", message_id="signal-1", at=DUE_AT, body="planted name")
    for _ in range(2):
        verdict = await write_unreadable(register.pool, Queue(filed.case_id), message, words, DUE_AT)
        assert (verdict.kind, verdict.reason, verdict.stage) == (VerdictKind.REFUSED, words, Stage.RECEIVED)
    assert await register.pool.fetchval("SELECT count(*) FROM act WHERE content::text LIKE '%planted%'") == 0
    assert [act.verdict for act in (await status(register, filed)).acts] == ["pending", "refused"]


async def test_an_act_whose_effects_fail_leaves_nothing_of_them(register: Register) -> None:
    filed, act = await register.file(), an_act(Step.CHECK_PACKAGE)
    await register.accept(filed, act)
    async with register.owner() as owner:
        await owner.execute("ALTER TABLE outbox ADD CONSTRAINT broken CHECK (event <> 'NOTICE_SENT')")
        with pytest.raises(asyncpg.CheckViolationError):
            await register.take(filed, act)
        assert (await status(register, filed)).papers == ()
        await owner.execute("ALTER TABLE outbox DROP CONSTRAINT broken")
    assert (await register.take(filed, act)) is not None
    assert await papers(register, filed) == [("NOTICE_OF_ACCEPTANCE", "1-Ш")]


async def test_an_act_sent_by_hand_is_stamped_and_taken_like_any_other(register: Register) -> None:
    filed, act = await register.file(), an_act(Step.CHECK_PACKAGE)
    await write_act(
        register.pool,
        Queue(filed.case_id),
        act,
        partial(at(local("2026-11-18 10:00")), filed.case),
        via="SIGNAL",
    )
    verdict = await register.take(filed, act)
    assert verdict is not None
    assert verdict.kind is VerdictKind.TAKEN
    assert (await status(register, filed)).acts[0].at == local("2026-11-18 10:00")
