"""The directory of two synthetic schools that the embedded stack brings."""

import json
from functools import cache
from importlib.resources import files

import pytest

from domain.school import Directory, School
from domain.staff import Role


@cache
def the_directory() -> Directory:
    return Directory.model_validate(json.loads((files("starter.embedded") / "directory.json").read_bytes()))


def _schools() -> list[School]:
    return list(the_directory().schools)


def test_par_3_each_school_is_known_by_one_bin_and_one_code() -> None:
    schools = _schools()
    assert len({school.bin for school in schools}) == len({school.code for school in schools}) == 2


def test_both_working_weeks_are_represented() -> None:
    assert {school.week for school in _schools()} == {5, 6}


@pytest.mark.parametrize("school", _schools(), ids=lambda school: school.code)
def test_par_4_to_6_each_school_has_a_clerk_a_head_a_deputy_and_two_specialists(school: School) -> None:
    roles = sorted(role.role for role in the_directory().roles if role.school == school.bin)
    assert roles == [Role.CLERK, Role.DEPUTY_HEAD, Role.HEAD, Role.SPECIALIST, Role.SPECIALIST]


def test_every_role_is_held_by_someone_of_the_directory() -> None:
    directory = the_directory()
    held = {role.staff_id for role in directory.roles} | {officer.staff_id for officer in directory.officers}
    assert held == {member.staff_id for member in directory.staff}


def test_school_years_follow_each_other_and_say_that_they_are_to_be_confirmed() -> None:
    years = the_directory().school_years
    assert [year.begins.year for year in years] == [2025, 2026, 2027]
    assert all("to be confirmed" in year.act and year.begins < year.ends for year in years)
