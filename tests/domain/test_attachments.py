"""Files of the package (R5.3, Q26): what is taken, and what each refusal says."""

import base64

import pytest

from domain.acts import parse_act
from domain.application import parse_application
from domain.attachment import MAX_TOTAL_BYTES, Attachment, MediaType, check_total
from domain.refusal import Problem
from tests.builders import PDF, a_document, a_file
from tests.domain.inputs import a_raw_act, a_request, the_problem

CONTENTS = {MediaType.PDF: PDF, MediaType.JPEG: b"\xff\xd8\xff\xe0rest", MediaType.PNG: b"\x89PNG\r\n\x1a\n"}


def problem_with(*files: dict[str, str]) -> Problem:
    return the_problem(parse_application, a_request(documents=[a_document(file=file) for file in files]))


def a_large_file(size: int) -> dict[str, str]:
    return a_file(content=PDF.ljust(size, b" "))


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("vkk.pdf", MediaType.PDF),
        ("ДКК қорытындысы.PDF", MediaType.PDF),
        ("scan.jpg", MediaType.JPEG),
        ("scan.JPEG", MediaType.JPEG),
        ("page.1.png", MediaType.PNG),
    ],
)
def test_par_5_r5_3_pdf_jpg_and_png_are_taken(name: str, media_type: MediaType) -> None:
    file = Attachment.model_validate(a_file(name, CONTENTS[media_type]))
    assert file.media_type is media_type
    assert file.content == CONTENTS[media_type]


@pytest.mark.parametrize("name", ["vkk.docx", "vkk.pdf.exe", "vkkpdf", "pdf..", "vkk.tiff"])
def test_par_5_r5_3_other_types_are_refused(name: str) -> None:
    problem = problem_with(a_file(name))
    assert (problem.code, problem.where) == ("attachment_type", "application.documents.0.file")
    assert name not in str(problem)


@pytest.mark.parametrize("media_type", MediaType)
@pytest.mark.parametrize("content", [b"MZ\x90", b" %PDF-1.7", b"<html>", b"\xff\xd8"])
def test_par_5_r5_3_content_that_is_not_what_the_name_says_is_refused(
    media_type: MediaType, content: bytes
) -> None:
    name = {MediaType.PDF: "a.pdf.pdf", MediaType.JPEG: "a.jpg.jpg", MediaType.PNG: "a.png.png"}[media_type]
    assert problem_with(a_file(name, content)).code == "attachment_not_its_type"


def test_par_5_r5_3_each_type_is_told_from_the_others() -> None:
    assert problem_with(a_file("photo.jpg", CONTENTS[MediaType.PNG])).code == "attachment_not_its_type"


def test_par_5_r5_3_an_empty_file_is_refused() -> None:
    assert problem_with(a_file(content=b"")).code == "attachment_empty"


@pytest.mark.parametrize("content", ["JVBERi0xLjcK!", "JVBERi0xLjc", "_-__", "ДКК"])
def test_content_that_is_not_base64_is_refused_and_not_guessed(content: str) -> None:
    problem = problem_with({"name": "vkk.pdf", "content": content})
    assert (problem.code, problem.where) == (
        "attachment_unreadable",
        "application.documents.0.file.content",
    )


def test_base64_may_be_broken_into_lines() -> None:
    encoded = base64.encodebytes(PDF * 10).decode()
    file = Attachment.model_validate({"name": "vkk.pdf", "content": encoded})
    assert file.content == PDF * 10


@pytest.mark.parametrize("name", ["/etc/vkk.pdf", "c:\\vkk.pdf", "../vkk.pdf"])
def test_the_name_of_a_file_holds_no_path(name: str) -> None:
    assert problem_with(a_file(name)).code == "attachment_name"


@pytest.mark.parametrize("name", ["vkk\n.pdf", "vkk\x00.pdf"])
def test_the_name_of_a_file_can_be_printed(name: str) -> None:
    assert problem_with(a_file(name)).code == "control_sign"


def test_q26_five_megabytes_are_taken() -> None:
    assert parse_application(a_request(documents=[a_document(file=a_large_file(MAX_TOTAL_BYTES))])).documents


def test_q26_one_file_over_five_megabytes_is_refused() -> None:
    problem = problem_with(a_large_file(MAX_TOTAL_BYTES + 1))
    assert (problem.code, problem.where) == ("attachment_too_large", "application.documents.0.file")


def test_q26_files_over_five_megabytes_together_are_refused() -> None:
    half = a_large_file(MAX_TOTAL_BYTES // 2 + 1)
    problem = problem_with(half, half)
    assert (problem.code, problem.where) == ("attachment_too_large", "application.documents")


def test_q26_papers_that_are_added_have_the_same_limit() -> None:
    half = a_document(file=a_large_file(MAX_TOTAL_BYTES // 2 + 1))
    problem = the_problem(parse_act, a_raw_act("add_documents", {"documents": [half, half]}))
    assert (problem.code, problem.where) == ("attachment_too_large", "act.content.documents")


def test_q26_the_limit_is_reached_only_by_exceeding_it() -> None:
    check_total([MAX_TOTAL_BYTES - 1, 1])
    with pytest.raises(Exception, match="larger than 5 MB"):
        check_total([MAX_TOTAL_BYTES, 1])
