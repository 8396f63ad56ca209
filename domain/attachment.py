"""A file that comes with a document: which kinds are taken, and how large they may be (Q26)."""

import hashlib
from base64 import b64decode
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    Base64Encoder,
    BaseModel,
    ConfigDict,
    EncodedBytes,
    StringConstraints,
    model_validator,
)

from domain.periods import ATTACHMENTS_LIMIT
from domain.plain_text import printable
from domain.refusal import invalid

MAX_TOTAL_BYTES = ATTACHMENTS_LIMIT[-1].value
"""All attachments of a case together, as the national portal allows."""


class MediaType(StrEnum):
    """The kinds of file that are taken."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"


_SUFFIXES = {".pdf": MediaType.PDF, ".jpg": MediaType.JPEG, ".jpeg": MediaType.JPEG, ".png": MediaType.PNG}
_SIGNATURES = {MediaType.PDF: b"%PDF-", MediaType.JPEG: b"\xff\xd8\xff", MediaType.PNG: b"\x89PNG\r\n\x1a\n"}


def _file_name(value: str) -> str:
    if "/" in value or "\\" in value:
        raise invalid(
            "attachment_name",
            "the name of the file holds a path",
            "Where the file lay on the sender's machine is no concern of the school",
            "Give the name alone, like conclusion.pdf",
        )
    return printable(value)


class _StrictBase64(Base64Encoder):
    @classmethod
    def decode(cls, data: bytes) -> bytes:
        # Python's default skips what it does not know, and would keep another file than the one that was sent.
        try:
            return b64decode(b"".join(data.split()), validate=True)
        except ValueError:
            raise invalid(
                "attachment_unreadable",
                "the content is not base64",
                "What is not read as it was sent would be another file",
                "Encode the file in standard base64 and send it again",
            ) from None


class Attachment(BaseModel):
    """One file, with content that is what its name says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, StringConstraints(min_length=5, max_length=200), AfterValidator(_file_name)]
    content: Annotated[bytes, EncodedBytes(encoder=_StrictBase64)]

    @model_validator(mode="after")
    def _is_what_it_says(self) -> Self:
        if not self.content:
            raise invalid(
                "attachment_empty", "the file is empty", "Nothing can be read from it", "Attach it again"
            )
        if len(self.content) > MAX_TOTAL_BYTES:
            raise too_large()
        if not self.content.startswith(_SIGNATURES[self.media_type]):
            raise invalid(
                "attachment_not_its_type",
                "the content is not what the name of the file says",
                "Only what really is a PDF, JPEG or PNG file can be shown to the school",
                "Save the file again in one of these forms and attach it",
            )
        return self

    @property
    def media_type(self) -> MediaType:
        """What the name says the file is."""
        suffix = self.name[self.name.rfind(".") :].lower() if "." in self.name else ""
        if suffix not in _SUFFIXES:
            raise invalid(
                "attachment_type",
                "files of this type are not taken",
                "The service takes pdf, jpg and png",
                "Save it as one of these, or take a photo of the paper",
            )
        return _SUFFIXES[suffix]

    @property
    def sha256(self) -> str:
        """The hash by which the register knows the content."""
        return hashlib.sha256(self.content).hexdigest()


def check_total(sizes: Iterable[int]) -> None:
    """Raises the refusal of Q26 when files of these sizes are too much for one case."""
    if sum(sizes) > MAX_TOTAL_BYTES:
        raise too_large()


def too_large() -> Exception:
    """The refusal of files that are too large, alone or together."""
    return invalid(
        "attachment_too_large",
        "the files are larger than 5 MB together",
        "The portal carries no more than that for one application",
        "Scan at a lower resolution, or photograph the pages in shades of grey",
    )
