"""Receiving an application: all of it in one transaction, or nothing; once for a request, one open case a child."""

import asyncio
from datetime import date
from typing import Any

import pytest

from activities.register.inbox import read_inbox
from activities.register.intake import Filed
from activities.register.reading import read_papers, read_status
from activities.register.verify import verify
from domain.application import Application
from domain.refusal import InputRefused
from domain.stages import Step
from tests.activities.stories import GOOD_ITEMS
from tests.builders import (
    CLERK,
    DUE_AT,
    OTHER_SCHOOL,
    PDF,
    RECEIVED_AT,
    SCHOOL,
    a_child,
    a_document,
    a_file,
    an_act,
    an_applicant,
    an_application,
    an_office_application,
)
from tests.databases import Register

TABLES = (
    "application",
    "procedure",
    "attachment",
    "document",
    "term",
    "counter",
    "paper",
    "journal",
    "outbox",
)


async def rows(register: Register) -> dict[str, int]:
    """How many rows the tables of intake hold."""
    return {table: await register.pool.fetchval(f"SELECT count(*) FROM {table}") for table in TABLES}  # noqa: S608


async def refusal(register: Register, application: Application, received_at: str | None = None) -> str:
    """The code with which the application is refused; it leaves nothing written."""
    before = await rows(register)
    with pytest.raises(InputRefused) as refused:
        await register.file(application, received_at)
    assert await rows(register) == before
    return refused.value.problems[0].code


async def one(register: Register, query: str, filed: Filed) -> Any:
    return await register.pool.fetchrow(query, filed.case_id)


# par. 3


async def test_par_3_a_school_that_is_not_in_the_directory_cannot_be_addressed(register: Register) -> None:
    assert await refusal(register, an_application(school="010940000033")) == "unknown_school"


async def test_par_3_a_case_belongs_to_the_one_school_it_was_addressed_to(register: Register) -> None:
    filed = await register.file(an_application(school=OTHER_SCHOOL))
    assert filed.number == "AT002-2026-00001"
    assert [i.number for i in await read_inbox(register.pool, OTHER_SCHOOL, RECEIVED_AT)] == [filed.number]
    assert await read_inbox(register.pool, SCHOOL, RECEIVED_AT) == []


# par. 4


@pytest.mark.parametrize("changes", [{"iin": "010940000013"}, {"bin": "010940000013"}], ids=["iin", "bin"])
def test_par_4_a_legal_entity_cannot_file(changes: dict[str, str]) -> None:
    with pytest.raises(InputRefused, match="a legal entity cannot apply"):
        an_application(applicant=an_applicant(**changes))


@pytest.mark.parametrize("application", [an_application(), an_office_application()], ids=["portal", "office"])
async def test_par_4_both_channels_end_in_the_same_order(
    register: Register, application: Application
) -> None:
    filed = await register.file(application)
    items = [{"document": d.kind, "present": True} for d in application.documents]
    check = an_act(Step.CHECK_PACKAGE, items=items)
    way = (check, an_act(Step.ADMIT), an_act(Step.SUBMIT_PLAN), an_act(Step.SIGN_ORDER))
    assert (await register.do(filed, *way)).stage == "ORDER_ISSUED"


async def test_par_4_the_package_is_kept_as_it_was_handed_in_and_what_is_missing_is_found(
    register: Register,
) -> None:
    filed = await register.file(an_office_application(documents=[a_document()]))
    listed = await one(register, "SELECT array_agg(kind) AS kinds FROM document WHERE case_id = $1", filed)
    assert listed["kinds"] == ["VKK_CONCLUSION"]
    items = [{"document": "APPLICATION", "present": False}, {"document": "VKK_CONCLUSION", "present": True}]
    assert (await register.do(filed, an_act(Step.CHECK_PACKAGE, items=items))).stage == "REFUSAL_PROPOSED"


async def test_par_4_the_office_takes_the_papers_in_with_number_time_and_clerk(register: Register) -> None:
    filed = await register.file(an_office_application())
    row = await one(register, "SELECT * FROM application WHERE case_id = $1", filed)
    assert (row["number"], row["accepted_by"]) == ("AT001-2026-00001", CLERK)
    assert (row["received_at"], row["filing_day"]) == (RECEIVED_AT, date(2026, 11, 17))
    assert row["standard_version"] == "2022-11-17"


async def test_par_4_the_office_gives_the_receipt_at_the_visit(register: Register) -> None:
    filed = await register.file(an_office_application())
    (receipt,) = await read_papers(register.pool, filed.number)
    assert (receipt.kind, receipt.number, receipt.issued_at) == ("RECEIPT", filed.number, RECEIVED_AT)
    assert receipt.facts["signed_by"]["name"] == "Кеңсебаева Айгүл Маратқызы"
    assert [document["kind"] for document in receipt.facts["documents"]] == ["APPLICATION", "VKK_CONCLUSION"]


async def test_par_5_the_receipt_of_a_saturday_names_the_day_that_counts(register: Register) -> None:
    filed = await register.file(an_office_application(), "2026-11-21 10:00")
    (receipt,) = await read_papers(register.pool, filed.number)
    assert receipt.facts["case"]["effective_day"] == "2026-11-23"


async def test_q29_a_minor_does_not_file_for_self(register: Register) -> None:
    pupil = an_application(applicant={**a_child(), "capacity": "SELF"})
    assert await refusal(register, pupil) == "self_under_18"


async def test_par_4_the_office_hands_the_papers_to_the_head_when_it_has_checked_them(
    register: Register,
) -> None:
    office = await register.file(an_office_application())
    portal = await register.file(an_application(child=a_child(2)))
    events = [entry.event for entry in (await read_status(register.pool, office.number)).timeline]
    assert events == ["RECEIVED", "RECEIPT_ISSUED"]
    await register.do(office, an_act(Step.CHECK_PACKAGE, items=GOOD_ITEMS))
    events = [entry.event for entry in (await read_status(register.pool, office.number)).timeline]
    assert events[2:] == ["REGISTERED", "HANDED_TO_HEAD"]
    assert [entry.event for entry in (await read_status(register.pool, portal.number)).timeline] == [
        "RECEIVED"
    ]


@pytest.mark.parametrize("person", ["at001-head", "at002-clerk", "at009-clerk"])
async def test_par_4_only_a_clerk_of_the_school_takes_papers_in(register: Register, person: str) -> None:
    assert await refusal(register, an_office_application(accepted_by=person)) == "not_the_clerk"


async def test_par_4_a_clerk_takes_papers_in_only_while_holding_the_role(register: Register) -> None:
    assert await refusal(register, an_office_application(), "2023-12-31 23:59") == "not_the_clerk"


# par. 5


async def test_par_5_the_attached_files_are_kept_with_type_size_and_hash(register: Register) -> None:
    filed = await register.file(an_application(documents=[a_document(file=a_file("ДКК қорытындысы.pdf"))]))
    row = await one(
        register, "SELECT *, encode(sha256(content), 'hex') AS h FROM attachment WHERE case_id = $1", filed
    )
    assert (row["name"], row["media_type"]) == ("ДКК қорытындысы.pdf", "application/pdf")
    assert (row["size"], row["content"], row["sha256"]) == (len(PDF), PDF, row["h"])


async def test_par_5_the_electronic_request_itself_is_part_of_the_package(register: Register) -> None:
    filed = await register.file()
    listed = await one(register, "SELECT array_agg(kind) AS kinds FROM document WHERE case_id = $1", filed)
    assert listed["kinds"] == ["ELECTRONIC_REQUEST", "VKK_CONCLUSION"]


async def test_par_5_the_term_is_counted_at_receipt_and_explained_day_by_day(register: Register) -> None:
    filed = await register.file()
    term = await one(register, "SELECT * FROM term WHERE case_id = $1", filed)
    assert filed.due_at == term["due_at"] == DUE_AT
    assert [day["number"] for day in term["explanation"]] == [None, 1, 2]
    assert (term["working_days"], term["cause"], term["strict_due_day"]) == (2, "receipt", date(2026, 11, 18))


async def test_par_5_a_school_of_six_days_has_its_own_term(register: Register) -> None:
    five = await register.file(an_application(child=a_child(1)), "2026-11-20 10:00")
    six = await register.file(an_application(child=a_child(2), school=OTHER_SCHOOL), "2026-11-20 10:00")
    assert (five.due_at.day, six.due_at.day) == (24, 23)


# numbers


async def test_the_year_of_a_case_number_is_the_local_year_of_receipt(register: Register) -> None:
    moments = ("2026-12-31 23:59", "2027-01-01 00:00", "2027-01-01 00:01")
    filed = [await register.file(an_application(child=a_child(n)), at) for n, at in enumerate(moments, 1)]
    assert [case.number for case in filed] == ["AT001-2026-00001", "AT001-2027-00001", "AT001-2027-00002"]


async def test_cases_filed_at_once_have_numbers_without_gap(register: Register) -> None:
    children = [an_application(child=a_child(serial)) for serial in range(1, 9)]
    filed = await asyncio.gather(*(register.file(application) for application in children))
    assert sorted(case.number for case in filed) == [f"AT001-2026-{seq:05}" for seq in range(1, 9)]
    assert (await verify(register.pool)).violations == ()


async def test_a_refused_application_costs_no_number(register: Register) -> None:
    await register.file()
    await refusal(register, an_application())
    assert (await register.file(an_application(child=a_child(2)))).number == "AT001-2026-00002"


# once for a request


async def test_a_request_sent_twice_is_answered_with_the_first_number(register: Register) -> None:
    application = an_application()
    first = await register.file(application)
    before = await rows(register)
    second = await register.file(application, "2026-11-18 09:00")
    assert (first.created, second.created) == (True, False)
    assert second.model_copy(update={"created": True}) == first
    assert await rows(register) == before


async def test_a_request_sent_again_after_its_case_was_closed_opens_no_new_one(register: Register) -> None:
    application = an_application()
    filed = await register.file(application)
    await register.do(filed, an_act(Step.WITHDRAW))
    assert (await register.file(application)).number == filed.number


async def test_a_request_id_with_other_content_is_refused(register: Register) -> None:
    await register.file(an_application(request_id="request-a"))
    assert await refusal(register, an_application(request_id="request-a", language="ru")) == "request_id_used"


async def test_a_request_sent_many_times_at_once_opens_one_case(register: Register) -> None:
    for serial in range(1, 9):
        application = an_application(child=a_child(serial))
        filed = await asyncio.gather(*(register.file(application) for _ in range(6)))
        assert len({case.number for case in filed}) == 1
        assert sum(case.created for case in filed) == 1


# Q21: one open case per child


async def test_q21_a_second_application_of_the_same_person_is_told_the_first_number(
    register: Register,
) -> None:
    filed = await register.file()
    with pytest.raises(InputRefused, match=f"under number {filed.number}"):
        await register.file(an_application())


async def test_q21_another_person_learns_only_that_there_is_a_case(register: Register) -> None:
    filed = await register.file()
    other = an_application(applicant=an_applicant(iin="851003300025"), school=OTHER_SCHOOL)
    with pytest.raises(InputRefused) as refused:
        await register.file(other)
    assert refused.value.problems[0].code == "child_has_open_case"
    assert filed.number not in str(refused.value)
    assert "Call the school" in str(refused.value)


async def test_q21_a_new_application_is_taken_when_the_first_one_is_closed(register: Register) -> None:
    await register.do(await register.file(), an_act(Step.WITHDRAW))
    assert (await register.file()).number == "AT001-2026-00002"


@pytest.mark.parametrize("school", [SCHOOL, OTHER_SCHOOL], ids=["one school", "two schools"])
async def test_q21_of_two_applications_at_once_for_a_child_one_opens_a_case(
    register: Register, school: str
) -> None:
    both = (an_application(), an_application(school=school))
    ends = await asyncio.gather(*(register.file(a) for a in both), return_exceptions=True)
    opened = [end for end in ends if isinstance(end, Filed)]
    refused = [end for end in ends if isinstance(end, InputRefused)]
    assert (len(opened), len(refused)) == (1, 1)
    assert opened[0].number in str(refused[0])
    assert (await rows(register))["application"] == 1


async def test_a_request_that_meets_itself_halfway_is_answered_with_its_own_number(
    register: Register,
) -> None:
    application = an_application()
    async with register.owner() as last_step, register.owner() as first_step:
        async with last_step.transaction():
            await last_step.execute("LOCK TABLE journal IN EXCLUSIVE MODE")
            first = asyncio.create_task(register.file(application))
            await waiting(register, 1)
            queue = asyncio.create_task(first_step.execute("LOCK TABLE school; COMMIT"))
            await waiting(register, 2)
            second = asyncio.create_task(register.file(application))
            await waiting(register, 3)
        await queue
        assert (await second).number == (await first).number


async def waiting(register: Register, number: int) -> None:
    """Returns when that many sessions wait for a lock."""
    for _ in range(400):
        if await register.pool.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted") >= number:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"{number} sessions should wait")


async def test_par_8_r8_1_the_monitoring_system_hears_of_every_stage_and_of_the_return_to_the_check(
    register: Register,
) -> None:
    filed = await register.file(an_office_application())
    check = {"items": GOOD_ITEMS}
    await register.do(filed, an_act(Step.CHECK_PACKAGE, **check), an_act(Step.ADD_DOCUMENTS))
    await register.do(filed, an_act(Step.CHECK_PACKAGE, **check))
    told = await register.pool.fetch("SELECT body FROM outbox WHERE destination = 'MONITORING' ORDER BY seq")
    assert {row["body"]["number"] for row in told} == {filed.number}
    stages = [row["body"]["stage"] for row in told]
    assert stages == ["RECEIVED", "RECEIPT_ISSUED", "REGISTERED", "RECEIVED", "REGISTERED"]
