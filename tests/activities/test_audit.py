"""The audit: who did what to a case and with what verdict, in codes."""

from activities.register.watching import end_procedure, reach_milestone
from domain.progress import Milestone
from domain.stages import Step
from tests.activities.stories import an_ordered_case
from tests.builders import CLERK, HEAD, an_act, an_office_application, local
from tests.databases import RULES, Register


async def audit(register: Register) -> list[tuple[str, str, dict[str, str]]]:
    """Action, actor and codes of all that was noted of cases."""
    rows = await register.pool.fetch(
        "SELECT action, actor, details FROM audit WHERE case_id IS NOT NULL ORDER BY audit_id"
    )
    return [(row["action"], row["actor"], row["details"]) for row in rows]


async def test_the_receipt_is_noted_with_who_took_it(register: Register) -> None:
    await register.file(an_office_application())
    assert await audit(register) == [("receive", CLERK, {"channel": "OFFICE"})]


async def test_an_act_is_noted_when_it_is_accepted_and_when_it_has_its_verdict(register: Register) -> None:
    filed = await register.file()
    await register.do(
        filed, an_act(Step.CHECK_PACKAGE, act_id="act-check"), an_act(Step.SIGN_ORDER, act_id="act-order")
    )
    assert (await audit(register))[1:] == [
        ("accept", CLERK, {"act_id": "act-check", "kind": "check_package"}),
        ("verdict", "register", {"act_id": "act-check", "verdict": "taken", "code": None}),
        ("accept", HEAD, {"act_id": "act-order", "kind": "director_decision"}),
        ("verdict", "register", {"act_id": "act-order", "verdict": "refused", "code": "wrong_stage"}),
    ]


async def test_what_is_asked_again_is_not_noted_again(register: Register) -> None:
    filed, act = await register.file(), an_act(Step.CHECK_PACKAGE)
    await register.do(filed, act)
    noted = await audit(register)
    await register.do(filed, act)
    assert await audit(register) == noted


async def test_d1_a_milestone_is_noted_once(register: Register) -> None:
    filed = await register.file()
    for _ in range(2):
        await reach_milestone(
            register.pool, filed.case_id, Milestone.BREACH, local("2026-11-19 18:31"), RULES
        )
    assert (await audit(register))[1:] == [("milestone", "register", {"milestone": "BREACH"})]


async def test_par_9_the_end_of_a_procedure_is_noted(register: Register) -> None:
    filed = await an_ordered_case(register)
    await end_procedure(register.pool, filed.case_id, local("2027-02-18 00:00"))
    assert (await audit(register))[-1] == ("end", "register", {})


async def test_a_directory_is_noted_with_the_role_that_loaded_it(register: Register) -> None:
    row = await register.pool.fetchrow("SELECT actor, details FROM audit WHERE action = 'directory'")
    async with register.owner() as owner:
        role = await owner.fetchval("SELECT current_user")
    assert row is not None
    assert row["actor"] == role
    assert row["details"]["schools"] == 2
