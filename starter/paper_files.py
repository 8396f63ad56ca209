"""Papers as files: under names that any system takes and that stay the same, and nothing is overwritten."""

import hashlib
import re
from pathlib import Path

from activities.register.reading import IssuedPaper
from domain.refusal import InputRefused
from worker.private_file import AlreadyThere, write_private

_LETTERS = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщыіэюя"
_SOUNDS = (
    "a a b v g g d e e zh z i i k q l m n n o o p r s t u u u f h h ts ch sh shch y i e yu ya".split()  # noqa: SIM905
)
_LATIN = str.maketrans(dict(zip(_LETTERS, _SOUNDS, strict=True)) | {"ь": "", "ъ": ""})

_LONGEST_SUBJECT = 25
"""Letters of a subject that a name can hold: a moment fits, the id of a complaint does not."""


def file_name(case_number: str, paper: IssuedPaper) -> str:
    """Like `AT001-2026-00001-order-1-uo.pdf`: no other paper of the case has it."""
    own_number = paper.number if paper.number != case_number else ""
    later_round = f"round {paper.round}" if paper.round > 1 else ""
    parts = (_plain(part) for part in (paper.kind, own_number, _short(paper.subject), later_round) if part)
    return "-".join((case_number, *parts)) + ".pdf"


def _short(subject: str) -> str:
    """What tells papers of one kind apart: as it is, or as eight digits that stand for it where it is long."""
    return subject if len(subject) <= _LONGEST_SUBJECT else hashlib.sha256(subject.encode()).hexdigest()[:8]


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold().translate(_LATIN)).strip("-")


def save_paper(folder: Path, name: str, content: bytes) -> Path:
    """Writes the file for its owner alone, making the folder; `InputRefused` where that name has other content."""
    path = folder / name
    try:
        write_private(path, content)
    except AlreadyThere:
        if not _is_the_same(path, content):
            raise _other_content(path) from None
    except OSError as refused:
        raise _not_writable(folder, refused) from refused
    return path


def _is_the_same(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False


def _other_content(path: Path) -> InputRefused:
    return InputRefused.of(
        "file_exists",
        "command line --save",
        f"there is another file at {path}",
        "A paper never takes the place of what somebody else has kept there",
        "Name another folder, or put that file elsewhere",
    )


def _not_writable(folder: Path, refused: OSError) -> InputRefused:
    return InputRefused.of(
        "folder_not_writable",
        "command line --save",
        f"nothing can be written to {folder} ({refused.strerror})",
        "The papers are written there as files",
        "Name a folder that you may write to",
    )
