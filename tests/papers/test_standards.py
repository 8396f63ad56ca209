"""Every paper can be archived (PDF/A-2a) and read aloud (PDF/UA-1); `make check-papers` asks veraPDF as well."""

from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from domain.papers import PaperKind
from tests.domain.paper_sources import KK, RU
from tests.papers.readers import pdf_of

EVERY_KIND = pytest.mark.parametrize("kind", list(PaperKind))
ADDRESS = "https://uide.example/status/AT001-2026-00007"


def root_of(pdf: PdfReader) -> Any:
    return pdf.trailer["/Root"]


def elements(node: Any) -> Iterator[DictionaryObject]:
    """Every element of the structure tree, in the order in which it is read aloud."""
    node = node.get_object()
    if isinstance(node, ArrayObject):
        for child in node:
            yield from elements(child)
    elif isinstance(node, DictionaryObject):
        yield node
        yield from elements(node.get("/K", ArrayObject()))


def structure_of(pdf: PdfReader) -> list[DictionaryObject]:
    return list(elements(root_of(pdf)["/StructTreeRoot"]["/K"]))


@EVERY_KIND
def test_the_metadata_name_both_standards(kind: PaperKind) -> None:
    metadata = root_of(pdf_of(kind))["/Metadata"].get_data().decode()
    for part in ("<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"):
        assert part in metadata


@EVERY_KIND
def test_the_title_names_the_paper_and_stands_in_the_window(kind: PaperKind) -> None:
    pdf = pdf_of(kind)
    assert pdf.metadata
    assert str(pdf.metadata.title).endswith(", № 7-Ш")
    assert root_of(pdf)["/ViewerPreferences"]["/DisplayDocTitle"]


@pytest.mark.parametrize("language", [KK, RU])
def test_a_paper_in_one_language_says_which(language: Any) -> None:
    assert root_of(pdf_of(PaperKind.RECEIPT, language=language))["/Lang"] == language


@pytest.mark.parametrize("kind", [PaperKind.REFUSAL, PaperKind.ORDER])
def test_the_russian_part_of_a_kazakh_paper_is_marked_as_russian(kind: PaperKind) -> None:
    pdf = pdf_of(kind)
    assert root_of(pdf)["/Lang"] == "kk"
    headings = [element for element in structure_of(pdf) if element.get("/S") == "/H1"]
    assert [element.get("/Lang", "kk") for element in headings] == ["kk", "ru"]


@EVERY_KIND
def test_a_qr_code_is_read_aloud_as_its_address(kind: PaperKind) -> None:
    pictures = [
        str(element["/Alt"])
        for element in structure_of(pdf_of(kind, status_address=ADDRESS))
        if element.get("/S") == "/Figure"
    ]
    assert set(pictures) == {f"QR-код: {ADDRESS}"}


@pytest.mark.parametrize("kind", [PaperKind.RECEIPT, PaperKind.REFUSAL, PaperKind.ORDER])
def test_the_columns_of_a_table_have_headers(kind: PaperKind) -> None:
    kinds = [element.get("/S") for element in structure_of(pdf_of(kind))]
    assert kinds.count("/Table") >= 1
    assert kinds.count("/TH") >= 2 * kinds.count("/Table")
