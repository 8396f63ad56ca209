"""Where the command line ends: readers that leave, and words that are no text."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import Register
from tests.starter.command_runs import EXAMPLES, uide_here

PROGRAM = Path(sys.executable).with_name("uide")


@pytest.mark.parametrize("form", [[], ["--json"]], ids=["screen", "document"])
def test_a_reader_that_leaves_ends_the_command_without_a_word(form: list[str]) -> None:
    command = [str(PROGRAM), "term", "--received", "2026-03-20T10:00+05:00", "--days", "60", *form]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1


@pytest.mark.parametrize("words", [["\udcff"], ["status", "\udcff"], ["status", "--data", "\udcff", "N"]])
async def test_words_that_are_no_text_are_refused(words: list[str], no_place: Path) -> None:
    ended = await uide_here(*words, "--json")
    assert (ended.code, ended.problems[0]["what"]) == (2, "an argument is not UTF-8 text")


async def test_an_act_that_is_not_on_file_leaves_no_id_to_send_it_again_under(here: Register) -> None:
    ended = await uide_here("act", "AT001-2026-00099", EXAMPLES / "acts" / "withdraw.json")
    assert ended.code == 2
    assert "made up" not in ended.err
