"""Words said to people, in the languages of the service."""

from typing import Self

from pydantic import BaseModel, ConfigDict


class Wording(BaseModel):
    """One statement in Kazakh, Russian and English; the three say the same."""

    model_config = ConfigDict(frozen=True)

    kk: str
    ru: str
    en: str

    def said_in(self, language: str) -> str:
        """The text for "kk", "ru" or "en"; KeyError for any other language."""
        return {"kk": self.kk, "ru": self.ru, "en": self.en}[language]

    def filled(self, **values: str) -> Self:
        """The same statement with `{name}` places filled in every language."""
        return type(self)(
            kk=self.kk.format(**values), ru=self.ru.format(**values), en=self.en.format(**values)
        )


class Bilingual(BaseModel):
    """The same words in the two languages of papers."""

    model_config = ConfigDict(frozen=True)

    kk: str
    ru: str

    @classmethod
    def of(cls, wording: Wording) -> Self:
        """The wording without its English."""
        return cls(kk=wording.kk, ru=wording.ru)
