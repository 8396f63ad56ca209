"""The words for faults of form: what is wrong, why it matters, what to do; the value itself is never repeated."""

from collections.abc import Mapping
from typing import Any

Words = tuple[str, str, str]

_ANOTHER_KIND = "Another kind of value could be misread"
_SHORT_WHY = "Less than that says nothing to those who read it"
_DAY = (
    "this is not a day of the calendar",
    "Days are written as year, month and day, so that none can be misread",
    "Write it like 2026-11-25",
)
_MOMENT = (
    "this is not a moment with its offset from UTC",
    "Without the offset it is not known when it is",
    "Write it like 2026-11-25T18:30:00+05:00",
)
_NUMBER = ("this is not a number", _ANOTHER_KIND, "Write digits, with a dot before decimal places")
_WHOLE_NUMBER = ("this is not a whole number", _ANOTHER_KIND, "Write it in digits, without quotes")
_YES_OR_NO = ("this is neither true nor false", "The answer must be clear", "Write true or false")
_LIST = ("this is not a list", "The field takes several entries", "Put the entries between [ and ]")
_OBJECT = (
    "this is not an object with fields",
    "The field takes named fields",
    "Put the fields between {{ and }}",
)
_DECIMALS = (
    "the number has too many digits",
    "The register keeps no more",
    "Round it to two decimal places",
)
_CHOICE = (
    "this is not one of the values that the field knows",
    "Each of them has its own meaning in the procedure, others have none",
    "Choose one of {choices}",
)

_WORDS: Mapping[str, Words] = {
    "missing": ("the field is missing", "It is required", "Add it"),
    "extra_forbidden": (
        "the field is unknown",
        "Nothing is silently ignored, a misspelt name would lose what it says",
        "Remove it, or correct its name",
    ),
    "string_type": ("this is not text", _ANOTHER_KIND, "Put it between quotes"),
    "string_unicode": ("the text has a broken sign", "It can neither be kept nor printed", "Type it anew"),
    "string_too_short": (
        "the text is shorter than {min_length} characters",
        _SHORT_WHY,
        "Say it in full",
    ),
    "string_too_long": (
        "the text is longer than {max_length} characters",
        "The papers have no more room",
        "Shorten it",
    ),
    "string_pattern_mismatch": (
        "the text does not have the form of an id",
        "An id has Latin letters, digits, dots and dashes and no spaces, and begins with a letter or digit",
        "Copy it from where it was given",
    ),
    "too_short": (
        "the list has fewer entries than {min_length}",
        _SHORT_WHY,
        "Add what is missing",
    ),
    "too_long": (
        "the list has more entries than {max_length}",
        "Nobody could check so many",
        "Leave out what is not needed",
    ),
    "enum": _CHOICE,
    "literal_error": _CHOICE,
    "union_tag_invalid": _CHOICE,
    "union_tag_not_found": (
        "the field is missing",
        "It says which other fields are to be read",
        "Add it with one of {choices}",
    ),
    "int_type": _WHOLE_NUMBER,
    "int_parsing": _WHOLE_NUMBER,
    "int_from_float": _WHOLE_NUMBER,
    "int_parsing_size": _WHOLE_NUMBER,
    "bool_type": _YES_OR_NO,
    "bool_parsing": _YES_OR_NO,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "decimal_max_digits": _DECIMALS,
    "decimal_max_places": _DECIMALS,
    "decimal_whole_digits": _DECIMALS,
    "greater_than": ("the number is not above {gt}", "It would mean nothing here", "Correct it"),
    "less_than_equal": ("the number is above {le}", "So much cannot be meant here", "Correct it"),
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "datetime_type": _MOMENT,
    "datetime_parsing": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
    "timezone_aware": _MOMENT,
    "bytes_type": (
        "this is not the content of a file",
        "Content comes as base64 text",
        "Encode the file in base64",
    ),
    "tuple_type": _LIST,
    "list_type": _LIST,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "dict_type": _OBJECT,
}
_OTHER: Words = (
    "the value does not have the form this field needs",
    "It could be misread",
    "Compare it with the description of the field",
)
# Of all that pydantic says about a fault only this comes from the field's own description, not from the input.
_OF_THE_FIELD = ("min_length", "max_length", "gt", "le")


def fault_words(kind: str, context: Mapping[str, Any]) -> Words:
    """What to say about a fault that pydantic found; `context` is its own, of which only what describes the field."""
    choices = context.get("expected") or context.get("expected_tags") or "those in the description"
    known = {name: context[name] for name in _OF_THE_FIELD if name in context} | {"choices": choices}
    what, why, instead = (text.format_map(known) for text in _WORDS.get(kind, _OTHER))
    return what, why, instead
