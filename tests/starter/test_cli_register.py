"""The commands that look: status, papers, inbox, directory, verify; and migrate."""

from pathlib import Path

import pytest

from activities.register.outbox import list_first_messages, mark_not_sent
from domain.destination import Carrier, Destination, NotSent
from domain.stages import Step
from starter.connection_file import StackConnection, connection_file, read_connection, write_connection
from tests.builders import (
    CLERK,
    HEAD,
    OTHER_SCHOOL,
    SCHOOL,
    a_document,
    an_act,
    an_applicant,
    an_office_application,
    local,
)
from tests.databases import DIRECTORY, Databases, Register
from tests.starter.command_runs import uide, uide_here, uide_on_a_terminal, written

STATUS_KEYS = {
    "number",
    "case_id",
    "channel",
    "stage",
    "outcome",
    "received_at",
    "effective_day",
    "due_day",
    "due_at",
    "answered_at",
    "overdue",
    "round",
    "acts",
    "papers",
    "complaints",
    "timeline",
}
FURTHER_KEYS = {
    "facts",
    *("terms", "registration_number", "findings", "next", "provisional", "strict_due_day"),
    *("late_working_days", "after", "followed_by", "period_ends"),
}


async def test_status_tells_all_of_a_case_to_programs(here: Register) -> None:
    filed = await here.file()
    await here.do(filed, an_act(Step.CHECK_PACKAGE), an_act(Step.SIGN_ORDER, actor=HEAD))
    ended = await uide("status", filed.number, "--json")
    case = ended.document
    assert (ended.code, ended.err) == (0, "")
    assert set(case) == STATUS_KEYS | FURTHER_KEYS
    assert [act["verdict"] for act in case["acts"]] == ["taken", "refused"]
    assert (case["received_at"], case["due_at"]) == ("2026-11-17T10:00:00+05:00", "2026-11-19T18:30:00+05:00")
    assert set(case["papers"][0]) == {"id", "kind", "number", "issued_at", "sha256"}
    received = {"at": "2026-11-17T10:00:00+05:00", "event": "RECEIVED"}
    assert case["timeline"][0] == {**received, "actor": None, "acting_for": None, "complaint": None}


async def test_status_tells_people_local_times_and_cuts_nothing(here: Register) -> None:
    filed = await here.file(an_office_application())
    await here.do(filed, an_act(Step.SIGN_ORDER, actor=HEAD))
    ended = await uide_here("status", filed.number)
    assert "answer by     19.11.2026 18:30" in ended.out
    assert "sign_order is not possible at stage RECEIVED" in ended.out
    assert "…" not in ended.out


async def test_par_4_status_tells_people_what_was_found_and_who_must_act_next(here: Register) -> None:
    filed = await here.file(an_office_application(documents=[a_document(period_to="2026-05-25")]))
    items = [{"document": "APPLICATION", "present": False}, {"document": "VKK_CONCLUSION", "present": True}]
    await here.do(filed, an_act(Step.CHECK_PACKAGE, items=items))
    shown = (await uide_here("status", filed.number)).out
    assert "Next: HEAD of the school: refuse or admit" in shown
    assert "examples/acts/refuse.json" in shown
    assert "Document not submitted: application (free form)" in shown
    assert "последний день действия: 25.05.2026" in shown
    assert "registered    No 1-Ө" in shown
    assert f"check_package by {CLERK}: taken" in shown


async def test_status_tells_people_that_a_term_is_provisional_and_its_inner_target(here: Register) -> None:
    filed = await here.file(received_at="2028-11-15 10:00")
    shown = (await uide_here("status", filed.number)).out
    assert "PROVISIONAL: the term reaches into a year" in shown
    assert "inner target 16.11.2028" in shown


async def test_status_names_the_decision_and_its_actor(here: Register) -> None:
    filed = await here.file()
    await here.do(filed, an_act(Step.CHECK_PACKAGE), an_act(Step.ADMIT))
    assert f"director_decision admit by {HEAD}: taken" in (await uide_here("status", filed.number)).out


@pytest.mark.parametrize(
    ("command", "told"),
    [("status", "At this stage the Rules allow"), ("papers", "RECEIPT"), ("inbox", "CLERK: check")],
)
async def test_on_a_narrow_terminal_nothing_is_cut(command: str, told: str, here: Register) -> None:
    filed = await here.file(an_office_application())
    await here.do(filed, an_act(Step.SIGN_ORDER, actor=HEAD))
    of = ("--school", SCHOOL) if command == "inbox" else (filed.number,)
    shown = await uide_on_a_terminal(command, *of, columns=80)
    assert filed.number in shown
    assert "…" not in shown
    assert told in shown


@pytest.mark.parametrize("command", ["status", "papers"])
async def test_a_number_that_no_case_has_is_refused(command: str, here: Register) -> None:
    ended = await uide_here(command, "AT001-2026-99999", "--json")
    assert (ended.code, ended.problems[0]["code"]) == (2, "unknown_case")


async def test_the_inbox_lists_what_waits_for_the_school_only(here: Register) -> None:
    filed = await here.file()
    ended = await uide_here("inbox", "--school", SCHOOL, "--json")
    (case,) = ended.document["cases"]
    assert (case["number"], case["role"], case["act"]) == (filed.number, "CLERK", "check_package")
    assert (await uide_here("inbox", "--school", OTHER_SCHOOL, "--json")).document["cases"] == []
    assert case["strict_due_day"] == "2026-11-18"
    shown = (await uide_here("inbox", "--school", SCHOOL)).out
    assert "strict due" in shown
    assert filed.number in shown
    assert "CLERK: check package" in shown


async def test_the_clerk_sees_at_the_top_of_a_case_that_an_e_mail_to_the_applicant_came_back(
    here: Register,
) -> None:
    applicant = an_applicant(email="gauhar@example.kz")
    filed = await here.file(an_office_application(applicant=applicant, documents=[]))
    absent = [{"document": kind, "present": False} for kind in ("APPLICATION", "VKK_CONCLUSION")]
    await here.do(filed, an_act(Step.CHECK_PACKAGE, items=absent), an_act(Step.REFUSE))
    assert "E-MAIL" not in (await uide_here("status", filed.number)).out
    messages = await list_first_messages(here.pool, Carrier.MAIL, 10)
    (message,) = [one for one in messages if one.destination is Destination.APPLICANT]
    await mark_not_sent(here.pool, message, NotSent.NO_MAILBOX, local("2026-11-17 12:30"))
    shown = (await uide_here("status", filed.number)).out
    assert "E-MAIL        CAME BACK 17.11.2026 12:30" in shown


async def test_the_directory_is_listed(here: Register) -> None:
    schools = (await uide_here("schools", "--json")).document["schools"]
    assert [(school["bin"], school["week"]) for school in schools] == [(SCHOOL, 5), (OTHER_SCHOOL, 6)]
    staff = (await uide_here("staff", "--school", SCHOOL, "--json")).document["staff"]
    assert ("HEAD", HEAD) in [(person["role"], person["staff_id"]) for person in staff]
    assert (await uide_here("staff", "--school", "010941000019")).code == 2
    assert HEAD in (await uide_here("staff", "--school", SCHOOL)).out


async def test_verify_ends_with_1_and_names_what_does_not_hold(here: Register) -> None:
    await here.file()
    sound = await uide_here("verify", "--json")
    assert (sound.code, sound.document["ok"], sound.document["violations"]) == (0, True, [])
    async with here.owner() as owner:
        await owner.execute("UPDATE counter SET last = last + 1")
    ended = await uide_here("verify", "--json")
    assert (ended.code, ended.document["ok"]) == (1, False)
    assert ended.document["violations"][0]["check"] in (await uide_here("verify")).out


async def test_migrate_makes_the_schema_and_loads_the_directory_and_can_be_repeated(
    databases: Databases, no_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with databases.empty() as owner_url:
        monkeypatch.setenv("DATABASE_URL", owner_url)
        missing = await uide_here("schools", "--json")
        assert (missing.code, missing.problems[0]["code"]) == (1, "schema_missing")
        first = await uide_here("migrate", "--directory", DIRECTORY, "--json")
        assert (first.code, first.document["directory"]["schools"]) == (0, 2)
        assert "0001_register.sql" in first.document["applied"]
        again = (await uide_here("migrate", "--json")).document
        assert (again["applied"], again["directory"], again["temporal"]) == ([], None, None)
        assert len((await uide_here("schools", "--json")).document["schools"]) == 2


async def test_a_directory_that_contradicts_itself_is_refused_as_a_whole(
    here: Register, tmp_path: Path
) -> None:
    role = {
        "staff_id": "nobody",
        "school": SCHOOL,
        "role": "HEAD",
        "valid_from": "2026-01-01T00:00:00+05:00",
        "act": "№ 1",
    }
    ended = await uide_here("migrate", "--directory", written(tmp_path, {"roles": [role]}), "--json")
    assert (ended.code, ended.problems[0]["code"]) == (2, "directory_contradicts_itself")


async def test_without_a_service_the_refusal_names_both_ways_to_one(no_place: Path) -> None:
    ended = await uide_here("status", "AT001-2026-00001", "--json")
    assert (ended.code, ended.problems[0]["code"]) == (1, "service_not_found")
    assert "uide up" in ended.problems[0]["instead"]
    assert "DATABASE_URL" in ended.problems[0]["instead"]


async def test_a_running_stack_is_found_by_its_connection_file(
    register: Register, no_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = no_place / "elsewhere"
    data.mkdir()
    stack = StackConnection(
        database_url=register.app_url,
        database_owner_url=register.owner_url,
        temporal_address="127.0.0.1:1",
        namespace="uide",
        key_ring=data / "key-ring.json",
        pid=1,
    )
    write_connection(data, stack)
    assert read_connection(data) == stack
    assert connection_file(data).stat().st_mode & 0o777 == 0o600
    assert "Acts are unsealed here" in (await uide_here("schools", "--data", data)).out
    monkeypatch.setenv("UIDE_DATA", str(data))
    assert (await uide_here("schools", "--json")).code == 0


async def test_a_connection_file_that_others_may_change_is_not_followed(no_place: Path) -> None:
    (no_place / ".uide").mkdir()
    connection_file(no_place / ".uide").write_text("{}")
    connection_file(no_place / ".uide").chmod(0o644)
    ended = await uide_here("schools", "--json")
    assert (ended.code, "chmod 600" in ended.problems[0]["what"]) == (1, True)


async def test_a_fault_of_the_program_is_told_shortly_and_its_log_names_nobody(here: Register) -> None:
    filed = await here.file(an_office_application())
    async with here.owner() as owner:
        await owner.execute("""UPDATE paper SET facts = '{"applicant": "planted-name"}'""")
    ended = await uide_here("papers", filed.number, "--json")
    assert (ended.code, ended.problems[0]["code"]) == (1, "unexpected")
    assert "command_failed" in ended.err
    assert "planted-name" not in ended.out + ended.err


@pytest.mark.parametrize("arguments", [["status"], ["status", "A", "--unknown"], ["no-such-command"]])
async def test_a_command_that_is_not_understood_ends_with_2(arguments: list[str], no_place: Path) -> None:
    ended = await uide_here(*arguments, "--json")
    assert (ended.code, ended.problems[0]["code"]) == (2, "usage")


async def test_every_command_has_help_with_examples(no_place: Path) -> None:
    listed = (await uide_here("--help")).out
    for command in (
        "submit",
        "act",
        "status",
        "papers",
        "inbox",
        "term",
        "verify",
        "migrate",
        "schools",
        "staff",
    ):
        assert command in listed
        assert f"uide {command}" in (await uide_here(command, "--help")).out.partition("Examples:")[2]
