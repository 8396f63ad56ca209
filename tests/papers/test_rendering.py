"""A paper is set from its facts and its templates alone: the same ones give the same bytes."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from activities.papers import PaperNotRendered, Templates, render_paper
from domain.paper_kinds import ABOUT_COMPLAINTS, PaperKind
from tests.domain.paper_sources import KK
from tests.papers.readers import TEMPLATES, facts_of, pdf_of, rendered, says, text_of

ELSEWHERE = """
import hashlib, json, sys
from activities.papers import Templates, render_paper
templates = Templates.built_in()
print(hashlib.sha256(render_paper(templates, templates.current, json.load(sys.stdin))).hexdigest())
"""
EVERY_KIND = pytest.mark.parametrize("kind", list(PaperKind))
ADDED_LATER = (
    *("correction", "executor", "status_address", "about_complaint", "issued_by"),
    *("withdrawal", "earlier", "supplementary", "period"),
)
NEEDED = {
    PaperKind.CORRECTING_NOTICE: ("correction",),
    PaperKind.WITHDRAWAL_RECEIPT: ("withdrawal",),
    PaperKind.PERIOD_NOTICE: ("period",),
    **dict.fromkeys(ABOUT_COMPLAINTS, ("about_complaint",)),
}
"""What was added with these kinds, without which they cannot be set."""


def changed(folder: Path, file: str, old: str, new: str) -> Templates:
    """A copy of the built-in templates in which one file says something else."""
    shutil.copytree(TEMPLATES.folder, folder)
    template = folder / TEMPLATES.current / file
    text = template.read_text(encoding="utf-8")
    assert old in text
    template.write_text(text.replace(old, new), encoding="utf-8")
    return Templates.at(folder)


@EVERY_KIND
def test_another_process_in_another_zone_sets_the_same_bytes(kind: PaperKind) -> None:
    facts = facts_of(kind, status_address="https://uide.example/status/1")
    environment = {**os.environ, "TZ": "America/New_York", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    told = json.dumps(facts)
    there = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        input=told,
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    assert there.stdout.strip() == hashlib.sha256(rendered(facts)).hexdigest()


def test_a_paper_of_a_moment_with_microseconds_is_set() -> None:
    moment = datetime(2026, 11, 24, 5, 7, 9, 123456, tzinfo=UTC)
    created = pdf_of(PaperKind.RECEIPT, issued_at=moment).metadata
    assert created
    assert created.creation_date == moment.replace(microsecond=0)


@EVERY_KIND
def test_facts_stored_before_the_paper_could_say_more_are_set(kind: PaperKind) -> None:
    added_later = set(ADDED_LATER) - set(NEEDED.get(kind, ()))
    facts = {name: part for name, part in facts_of(kind).items() if name not in added_later}
    assert rendered(facts) == rendered(facts_of(kind) | {"added_later": True})


def test_a_folder_of_templates_replaces_the_words_without_a_change_of_code(tmp_path: Path) -> None:
    templates = changed(tmp_path / "own", "words.kk.toml", "Құжаттардың қабылданғаны", "Жаңа нысан")
    facts = facts_of(PaperKind.RECEIPT)
    assert render_paper(templates, templates.current, facts) != rendered(facts)


def test_a_broken_template_is_named_with_its_place_and_without_what_it_says_of_people(tmp_path: Path) -> None:
    templates = changed(
        tmp_path / "own", "receipt.typ", "  documents(", "  panic(facts.child.name)\n  documents("
    )
    with pytest.raises(PaperNotRendered) as refused:
        render_paper(templates, templates.current, facts_of(PaperKind.RECEIPT))
    assert (
        str(refused.value)
        == f"RECEIPT with templates {TEMPLATES.current}: panicked with: … … (receipt.typ:8:2)"
    )


def test_a_version_that_is_not_there_is_named() -> None:
    with pytest.raises(PaperNotRendered, match="RECEIPT: the templates have no version 1999-01"):
        render_paper(TEMPLATES, "1999-01", facts_of(PaperKind.RECEIPT))


def test_facts_that_cannot_be_read_are_named_by_their_place_alone() -> None:
    facts = facts_of(PaperKind.RECEIPT)
    facts["child"]["iin_masked"] = ["170314500013"]
    with pytest.raises(PaperNotRendered, match=r"the facts cannot be read: child\.iin_masked$"):
        rendered(facts)


@pytest.mark.parametrize("sign", ["😀", "漢", "\ufdd0", "a\u0e34", "🇰🇿", "👨‍👩‍👧", "a\ufeffb"], ids=ascii)
def test_a_sign_that_no_paper_can_show_does_not_stop_the_paper(sign: str) -> None:
    text = says(PaperKind.REFUSAL, KK, reasoning=f"№ 5 анықтама {sign} жоқ")
    assert "№ 5 анықтама" in text
    assert "□" in text


@pytest.mark.parametrize("sign", ["\u202d", "\u202e"], ids=ascii)
def test_nothing_that_people_type_turns_a_number_round(sign: str) -> None:
    text = says(PaperKind.REFUSAL, KK, reasoning=f"анықтама № {sign}123456 жоқ")
    assert "анықтама № □123456 жоқ" in text


def test_what_people_type_is_text_and_never_a_command_of_the_template() -> None:
    typed = "*b* _i_ #panic() $x$ [z] {name} <b> @a `c` // d \\ = e"
    assert typed in text_of(pdf_of(PaperKind.REFUSAL, reasoning=typed))
