"""A folder of templates names its version in use; what cannot be used is refused at once, by its place."""

import shutil
from pathlib import Path

import pytest

from activities.papers import Templates
from domain.refusal import InputRefused
from tests.papers.readers import TEMPLATES


def a_folder(folder: Path, current: str) -> Path:
    shutil.copytree(TEMPLATES.folder / TEMPLATES.current, folder / "2027-01")
    (folder / "current.toml").write_text(current, encoding="utf-8")
    return folder


def test_the_version_in_use_is_the_one_that_the_folder_names(tmp_path: Path) -> None:
    assert Templates.at(a_folder(tmp_path, 'version = "2027-01"')).current == "2027-01"


@pytest.mark.parametrize(
    ("current", "why"),
    [
        ('version = "2028-01"', "names the version 2028-01, which has no paper.typ"),
        ('version = "../2027-01"', "which has no paper.typ"),
        ("version = 2027", "names no version"),
        ("", "names no version"),
        ("version =", "cannot be read"),
    ],
    ids=["absent", "outside", "number", "empty", "unreadable"],
)
def test_a_folder_that_names_no_version_of_its_own_is_refused(tmp_path: Path, current: str, why: str) -> None:
    with pytest.raises(InputRefused, match=why) as refused:
        Templates.at(a_folder(tmp_path, current))
    assert refused.value.problems[0].where == str(tmp_path / "current.toml")


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="cannot be read"):
        Templates.at(tmp_path / "nowhere")
