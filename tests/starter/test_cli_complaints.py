"""`uide complain`, and complaints in `uide inbox` and `uide status`."""

from pathlib import Path
from typing import Any

import pytest

from domain.complaint_stages import ComplaintStep
from starter.embedded.temporal_server import EmbeddedTemporal
from tests.activities.complaint_stories import a_refusal, complained, does
from tests.builders import APPLICANT_IIN, AUTHORISED_BODY, CLERK, SCHOOL, an_act
from tests.databases import Register
from tests.domain.inputs import a_raw_act, without
from tests.starter.command_runs import EXAMPLES, uide_here, uide_on_a_terminal, written
from tests.starter.test_cli_bad_input import audit, refused
from tests.starter.test_cli_filing import at_work

TO_BODY = EXAMPLES / "acts" / "complain-to-body.json"
APPLICANT_OF_EXAMPLE = "910305400014"
FILED_AT = "2026-11-19 12:00"
CASE_KEYS = {
    "number",
    "registration_number",
    "stage",
    "channel",
    "due_at",
    "strict_due_day",
    "answered_at",
    "overdue",
    "late_working_days",
    "urgency",
    "role",
    "by",
    "act",
    "decisions",
    "waiting_acts",
}
"""Of an entry of `cases` in the inbox, since 0.2.0: programs read them."""


def a_raw_complaint(**changes: Any) -> dict[str, Any]:
    """A complaint of inaction to the head, as the applicant writes it into a file."""
    content = {
        "complainant_iin": APPLICANT_IIN,
        "addressee": "HEAD",
        "object": "INACTION",
        "grounds": "Өтінішке екі жұмыс күні ішінде жауап берілген жоқ",
    }
    return a_raw_act("file_complaint", {**content, **changes}, actor="applicant")


# filing


async def test_par_9_a_complaint_goes_to_the_body_or_to_the_head_and_gets_a_number_of_its_own(
    here: Register, temporal: EmbeddedTemporal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", temporal.address)
    async with at_work(here, temporal, tmp_path):
        filed = (await uide_here("submit", EXAMPLES / "portal-silence-complained.json", "--json")).document
        number = filed["number"]

        to_body = await uide_here("complain", number, TO_BODY, "--json")
        assert (to_body.code, to_body.document["verdict"]) == (0, "taken")
        assert (to_body.document["number"], to_body.document["complaint"]) == (number, "AT001-2026-S00001")
        first = (await uide_here("status", "AT001-2026-S00001", "--json")).document
        assert (first["addressee"], first["stage"]) == ("QUALITY_BODY", "FORWARDING")

        file = written(tmp_path, without(a_raw_complaint(complainant_iin=APPLICANT_OF_EXAMPLE), "kind"))
        to_head = await uide_here("complain", number, file)
        assert to_head.code == 0
        assert "The complaint has the number AT001-2026-S00002" in to_head.out
        second = (await uide_here("status", "AT001-2026-S00002", "--json")).document
        assert (second["addressee"], second["stage"]) == ("HEAD", "REGISTERED")

        file = written(tmp_path, {**a_raw_complaint(), "act_id": "act-000002"})
        foreign = await uide_here("complain", number, file, "--json")
        assert (foreign.code, foreign.document["reason_code"]) == (2, "foreign_case")
        assert foreign.document["reason"] == (
            "act: whoever complains is not the applicant of this case. Paragraph 9: the recipient of the service "
            "complains. Compare the number of the case and the IIN with the receipt."
        )
        assert len((await uide_here("status", number, "--json")).document["complaints"]) == 2


BAD = {
    "grounds": (without(a_raw_complaint(), "content.grounds"), "missing", "act.content.grounds"),
    "grounds of nothing": (a_raw_complaint(grounds=" "), "string_too_short", "act.content.grounds"),
    "object": (without(a_raw_complaint(), "content.object"), "missing", "act.content.object"),
    "an object that the law knows": (a_raw_complaint(object="COURT"), "enum", "act.content.object"),
    "addressee": (without(a_raw_complaint(), "content.addressee"), "missing", "act.content.addressee"),
    "what was done": (a_raw_complaint(object="ACTION"), "action_not_told", "act.content"),
    "a complaint": (a_raw_act("withdraw", {}), "act_of_another_kind", "act.kind"),
}


@pytest.mark.parametrize("lacking", BAD)
async def test_r9_1_a_complaint_without_what_the_law_wants_is_refused_in_words_and_noted(
    lacking: str, here: Register, tmp_path: Path
) -> None:
    raw, code, where = BAD[lacking]
    filed = await here.file()
    ended = await refused(here, "complain", filed.number, written(tmp_path, raw))
    assert [(problem["code"], problem["where"]) for problem in ended.problems] == [(code, where)]
    assert await audit(here) == [("act", code)]


async def test_r9_1_a_complaint_in_a_case_that_nobody_knows_is_refused(
    here: Register, tmp_path: Path
) -> None:
    file = written(tmp_path, a_raw_complaint())
    ended = await refused(here, "complain", "AT001-2026-99999", file)
    assert [problem["code"] for problem in ended.problems] == ["unknown_case"]
    shown = await uide_here("complain", "AT001-2026-99999", file)
    assert "there is no case with this number" in shown.err
    assert "Why: " in shown.err
    assert "What to do: " in shown.err


async def test_with_temporal_away_a_complaint_is_kept_with_its_time_and_waits_for_its_number(
    here: Register, tmp_path: Path
) -> None:
    filed = await here.file()
    file = written(tmp_path, a_raw_complaint())
    ended = await uide_here("complain", filed.number, file, "--json")
    assert (ended.code, ended.document["verdict"], ended.document["complaint"]) == (0, "pending", None)
    assert (await uide_here("complain", filed.number, file, "--json")).document == ended.document
    assert await here.pool.fetchval("SELECT count(*) FROM act") == 1


# the inbox


async def test_the_inbox_of_a_school_and_of_a_body_lists_the_complaints_with_the_commands_to_answer_them(
    here: Register,
) -> None:
    filed = await a_refusal(here)
    own = await complained(here, filed, FILED_AT, object="DECISION")
    forwarded = await complained(here, filed, FILED_AT, object="DECISION", addressee="QUALITY_BODY")
    await does(here, filed, forwarded, an_act(ComplaintStep.FORWARD), "2026-11-19 15:00")

    document = (await uide_here("inbox", "--school", SCHOOL, "--json")).document
    assert set(document) == {"school", "at", "cases", "complaints"}
    assert [set(case) for case in document["cases"]] == [CASE_KEYS]
    (entry,) = document["complaints"]
    assert (entry["number"], entry["object"], entry["due_at"]) == (
        own.number,
        "DECISION",
        "2026-11-26T18:30:00+05:00",
    )
    assert (entry["next"]["role"], entry["next"]["act"]) == ("HEAD", "complaint_decision")
    shown = (await uide_here("inbox", "--school", SCHOOL)).out
    assert f"{own.number} · stage REGISTERED" in shown
    assert "due          26.11.2026 18:30 (CONSIDERATION)" in shown
    assert f" act {own.number} FILE" in shown
    assert "examples/acts/reject-complaint.json" in shown
    assert forwarded.number not in shown

    document = (await uide_here("inbox", "--body", AUTHORISED_BODY, "--json")).document
    assert set(document) == {"body", "at", "complaints"}
    assert [entry["number"] for entry in document["complaints"]] == [forwarded.number]
    shown = (await uide_here("inbox", "--body", AUTHORISED_BODY)).out
    assert f"OVERDUE  {forwarded.number} · stage AT_AUTHORITY" in shown
    assert "Next: OFFICER of the authorised body: register complaint" in shown
    assert own.number not in shown


async def test_q30_inbox_and_status_show_the_reply_on_paper_that_nobody_handed_over(here: Register) -> None:
    filed = await a_refusal(here)
    complaint = await complained(here, filed, FILED_AT, object="DECISION", form="PAPER", actor=CLERK)
    decision = an_act(ComplaintStep.DECIDE, ruling="rejected")
    await does(here, filed, complaint, decision, "2026-11-19 15:00")
    for command in (("inbox", "--school", SCHOOL), ("status", complaint.number), ("status", filed.number)):
        shown = (await uide_here(*command)).out
        assert "to hand the reply over or post it, and to record that (Q30)" in shown
        assert f" act {complaint.number} FILE" in shown
        assert "examples/acts/record-delivery.json" in shown


async def test_on_a_narrow_terminal_the_command_to_answer_a_complaint_is_not_cut(here: Register) -> None:
    complaint = await complained(here, await a_refusal(here), FILED_AT, object="DECISION")
    shown = await uide_on_a_terminal("inbox", "--school", SCHOOL, columns=80)
    assert f" act {complaint.number} FILE" in shown
    assert "…" not in shown


@pytest.mark.parametrize(
    "whose",
    [(), ("--school", SCHOOL, "--body", AUTHORISED_BODY)],
    ids=["of nobody", "of two"],
)
async def test_an_inbox_is_of_one_school_or_one_body(whose: tuple[str, ...], here: Register) -> None:
    ended = await refused(here, "inbox", *whose)
    assert [(problem["code"], problem["where"]) for problem in ended.problems] == [
        ("inbox_of_one", "--school, --body")
    ]


async def test_an_inbox_without_complaints_says_so(here: Register) -> None:
    shown = (await uide_here("inbox", "--body", AUTHORISED_BODY)).out
    assert f"Complaints that wait for body {AUTHORISED_BODY}: none" in shown
    unknown = await uide_here("inbox", "--body", SCHOOL, "--json")
    assert (unknown.code, unknown.problems[0]["code"]) == (2, "unknown_body")


async def test_d3_whoever_forwards_a_complaint_is_told_how_the_case_file_is_exported(here: Register) -> None:
    filed = await a_refusal(here)
    complaint = await complained(here, filed, FILED_AT, object="DECISION", addressee="QUALITY_BODY")
    for command in (("status", complaint.number), ("inbox", "--school", SCHOOL)):
        assert f" export {complaint.number} --by STAFF" in (await uide_here(*command)).out
