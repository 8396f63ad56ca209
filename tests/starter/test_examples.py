"""The files in examples/ are what the README beside them says."""

import base64
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.acts import Act, parse_act
from domain.application import Application, parse_application
from domain.attachment import MediaType
from domain.complaint_stages import ComplaintStep
from domain.package import Defect, package_findings
from domain.person import PersonName
from domain.stages import STEPS_OF_THE_REGISTER, Step
from domain.standard import Channel, DocumentKind, standard_on

EXAMPLES = Path(__file__).parents[2] / "examples"
APPLICATIONS = sorted(EXAMPLES.glob("*.json"))
ACTS = sorted((EXAMPLES / "acts").glob("*.json"))
TODAY = date(2026, 11, 23)


def _read(path: Path) -> dict[str, Any]:
    raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for document in (*raw.get("documents", ()), *raw.get("content", {}).get("documents", ())):
        file = path.parent / document["file"]
        document["file"] = {"name": file.name, "content": base64.b64encode(file.read_bytes()).decode()}
    return raw


def _application(name: str) -> Application:
    return parse_application(_read(EXAMPLES / f"{name}.json"))


def _act(path: Path) -> Act:
    return parse_act({"act_id": f"test-{path.stem}", **_read(path)})


def _names() -> list[PersonName]:
    filed = [parse_application(_read(path)) for path in APPLICATIONS]
    return [person.name for application in filed for person in (application.applicant, application.child)]


@pytest.mark.parametrize("path", APPLICATIONS, ids=lambda path: path.stem)
def test_par_4_every_application_can_be_filed(path: Path) -> None:
    application = parse_application(_read(path))
    assert all(document.file for document in application.documents)


def test_the_names_of_the_examples_have_all_nine_extra_kazakh_letters() -> None:
    assert set("әғқңөұүһі") <= set("".join(name.full for name in _names()).lower())


def test_every_person_of_the_examples_has_an_iin_of_their_own() -> None:
    read = [parse_application(_read(path)) for path in APPLICATIONS]
    filed = [application for application in read if application.after is None]
    iins = [person.iin for application in filed for person in (application.applicant, application.child)]
    assert len(set(iins)) == len(iins) == 10
    assert all(iin[7:9] == "00" for iin in iins)


def test_par_4_the_package_of_the_office_example_is_incomplete_and_expired() -> None:
    application = _application("office-refused")
    findings = package_findings(standard_on(TODAY), Channel.OFFICE, application.filed, TODAY)
    assert [(finding.document, finding.defect) for finding in findings] == [
        (DocumentKind.APPLICATION, Defect.MISSING),
        (DocumentKind.VKK_CONCLUSION, Defect.EXPIRED),
    ]


@pytest.mark.parametrize("name", ["portal-admitted", "portal-silence"])
@pytest.mark.parametrize("day", [TODAY, date(2036, 1, 1)], ids=["now", "ten years later"])
def test_par_5_the_portal_examples_are_in_order_whenever_they_are_filed(name: str, day: date) -> None:
    application = _application(name)
    assert package_findings(standard_on(day), Channel.PORTAL, application.filed, day) == ()


def test_the_examples_come_with_a_pdf_and_with_a_photo() -> None:
    files = [document.file for path in APPLICATIONS for document in parse_application(_read(path)).documents]
    assert {file.media_type for file in files if file} == {MediaType.PDF, MediaType.JPEG}


@pytest.mark.parametrize("path", ACTS, ids=lambda path: path.stem)
def test_every_act_of_the_examples_can_be_read(path: Path) -> None:
    assert _act(path).act_id == f"test-{path.stem}"


def test_the_acts_of_the_examples_show_every_step_of_the_procedure() -> None:
    assert {_act(path).step for path in ACTS} == {*Step, *ComplaintStep} - STEPS_OF_THE_REGISTER


def test_par_4_the_papers_added_by_the_example_cure_the_refused_package() -> None:
    application, added = _application("office-refused"), _read(EXAMPLES / "acts" / "add-documents.json")
    cured = parse_application(
        _read(EXAMPLES / "office-refused.json") | {"documents": added["content"]["documents"]}
    )
    assert package_findings(standard_on(TODAY), application.channel, cured.filed, TODAY) == ()


def test_d6_the_example_of_applying_again_is_of_the_people_who_were_refused_and_brings_what_was_missing() -> (
    None
):
    refused, again = _application("office-refused"), _application("again-after-refusal")
    assert (again.applicant, again.child, again.school) == (refused.applicant, refused.child, refused.school)
    assert again.after is not None
    assert package_findings(standard_on(TODAY), Channel.OFFICE, again.filed, TODAY) == ()
