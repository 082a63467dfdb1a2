"""What a codebook file may say: the pydantic models behind `codebook_schema.json` and every error message.

A codebook is a TOML file with one `[codebook]` table, optional `[ignore]` phrases, an optional `[outside]`
table of what belongs to no theme, and one `[[theme]]` a theme. Language keys are BCP-47 tags. A seed term is
matched as `seed_terms` describes; `"term^2"` gives it a weight other than 1.
"""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from analysis.schema import ALL_SOURCES, UNMAPPED

FORMAT_VERSION: Final = 1
"""The version of this format; a file says it as `format`."""
RESERVED_IDS: Final = (UNMAPPED, ALL_SOURCES.lower(), "other")
"""Ids a theme can't have, since the result tables use them for something else."""


def split_weight(term: str) -> tuple[str, float]:
    """Split `"term^2"` into term and weight; without `^` the weight is 1."""
    text, mark, weight = term.rpartition("^")
    return (text.strip(), float(weight)) if mark else (term.strip(), 1.0)


def _check_term(term: str) -> str:
    """A seed term needs letters, a readable weight, and stars at the ends of words alone."""
    try:
        text, weight = split_weight(term)
    except ValueError as error:
        raise ValueError("a seed term's weight is a number after ^, as in 'term^2'") from error
    if not 0 < weight <= 10:
        raise ValueError("a seed term's weight lies above 0 and is at most 10")
    if not any(character.isalnum() for character in text):
        raise ValueError("a seed term needs letters or digits")
    if any("*" in word.strip("*") for word in text.split()):
        raise ValueError("* stands at the start or the end of a word, not inside it")
    return term


def _check_theme_id(name: str) -> str:
    """A theme's id must not be one of the reserved words."""
    if name in RESERVED_IDS:
        raise ValueError(f"this id is reserved; the reserved ids are {', '.join(RESERVED_IDS)}")
    return name


Tag = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Version = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
SeedTermText = Annotated[Text, AfterValidator(_check_term)]


class _Table(BaseModel):
    """A TOML table with known keys only."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Head(_Table):
    """The `[codebook]` table: which codebook this is."""

    id: Identifier
    version: Version
    format: Annotated[int, Field(strict=True, ge=1, le=FORMAT_VERSION)]
    name: Annotated[dict[Tag, Text], Field(min_length=1)]
    description: dict[Tag, Text] = {}
    licence: Text | None = None


class ExampleEntry(_Table):
    """A `[[theme.example]]`: an article that belongs to the theme, or one that seems to and does not."""

    lang: Tag
    title: Text | None = None
    text: Text
    belongs: Annotated[bool, Field(strict=True)] = True
    note: Text | None = None


class ThemeEntry(_Table):
    """A `[[theme]]`."""

    id: Annotated[Identifier, AfterValidator(_check_theme_id)]
    name: Annotated[dict[Tag, Text], Field(min_length=1)]
    definition: Annotated[dict[Tag, Text], Field(min_length=1)]
    terms: Annotated[dict[Tag, list[SeedTermText]], Field(min_length=1)]
    before: list[Identifier] = []
    """Themes that this one comes before where an article has both."""
    example: list[ExampleEntry] = []
    notes: Text | None = None


class OutsideExample(_Table):
    """An `[[outside.example]]`: an article that belongs to none of the themes."""

    lang: Tag
    title: Text | None = None
    text: Text
    note: Text | None = None


class OutsideEntry(_Table):
    """The `[outside]` table: what a newspaper prints that belongs to none of the themes."""

    terms: dict[Tag, list[SeedTermText]] = {}
    example: list[OutsideExample] = []


class CodebookFile(_Table):
    """A whole codebook file."""

    codebook: Head
    ignore: dict[Tag, list[SeedTermText]] = {}
    outside: OutsideEntry | None = None
    theme: Annotated[list[ThemeEntry], Field(min_length=1)]


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a codebook file, for editors and for people without Python."""
    schema = CodebookFile.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Broadsheet codebook",
    }
