"""What the papers say in words: one layout, and the words of each language in a file of their own."""

from domain.paper_texts.bodies import text_of

__all__ = ["text_of"]
