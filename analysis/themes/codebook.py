"""Codebooks: the themes a researcher names, with definitions, seed terms and example articles.

`load_codebook` reads and checks a TOML file (or a bundled one by name); `codebook_check` reads one
the way a colleague would and lists what makes it weaker than it need be. The format is in
`codebook_format`, and as JSON Schema in `codebook_schema.json` beside this file.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Final

from analysis.schema import UNMAPPED
from analysis.themes.codebook_errors import CodebookError, KeyLines, MissingCodebookError, at, explain

if TYPE_CHECKING:
    from analysis.themes.codebook_format import CodebookFile, OutsideEntry, ThemeEntry

BUNDLED: Final = Path(__file__).with_name("codebooks")
"""The folder of the codebooks that come with the package."""


@dataclass(frozen=True)
class SeedTerm:
    """A word or phrase that speaks for a theme; `text` is as written in the file, without its weight."""

    text: str
    weight: float = 1.0


@dataclass(frozen=True)
class Example:
    """A short article that belongs to a theme, or (`belongs` false) one that only seems to."""

    lang: str
    text: str
    title: str | None = None
    belongs: bool = True
    note: str | None = None


@dataclass(frozen=True)
class CodebookTheme:
    """One theme: names, definitions and seed terms by language, and examples."""

    id: str
    names: Mapping[str, str]
    definitions: Mapping[str, str]
    terms: Mapping[str, tuple[SeedTerm, ...]]
    examples: tuple[Example, ...] = ()
    before: tuple[str, ...] = ()
    """Ids of themes that this one comes before where an article has both: a coder's rule of precedence."""
    notes: str | None = None


@dataclass(frozen=True)
class Codebook:
    """A checked codebook.

    `ignored` holds phrases by language that contain a seed term without meaning it; `outside` the terms and
    examples of articles that belong to none of the themes, written like a theme. `sha256` is that of the
    file's bytes, so that a result can say exactly which codebook made it.
    """

    id: str
    version: str
    names: Mapping[str, str]
    themes: tuple[CodebookTheme, ...]
    ignored: Mapping[str, tuple[str, ...]]
    path: Path
    sha256: str
    outside: CodebookTheme | None = None

    @property
    def contenders(self) -> tuple[CodebookTheme, ...]:
        """What contends for an article: the themes, and after them what lies outside them, if described."""
        return self.themes if self.outside is None else (*self.themes, self.outside)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the themes, in the file's order."""
        return tuple(theme.id for theme in self.themes)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which every theme has seed terms, sorted."""
        return tuple(sorted(set.intersection(*(set(theme.terms) for theme in self.themes))))

    def speaks(self, lang: str) -> bool:
        """Whether any theme has seed terms in a language (its base language, whatever script or region)."""
        return len(self.silent(lang)) < len(self.themes)

    def silent(self, lang: str) -> tuple[str, ...]:
        """Ids of the themes without seed terms in a language, whatever script or region."""
        wanted = base_language(lang)
        return tuple(
            theme.id for theme in self.themes if wanted not in {base_language(known) for known in theme.terms}
        )

    def theme(self, theme_id: str) -> CodebookTheme:
        """The theme of this id; raises `CodebookError` for an id that the codebook doesn't have."""
        for theme in self.themes:
            if theme.id == theme_id:
                return theme
        raise CodebookError(f"codebook {self.id!r} has no theme {theme_id!r}; it has {', '.join(self.ids)}")

    def name(self, theme_id: str, lang: str = "en") -> str:
        """What a theme is called in a language, else in English, else in the file's first language."""
        names = self.theme(theme_id).names
        return (
            names.get(lang) or names.get(base_language(lang)) or names.get("en") or next(iter(names.values()))
        )


def base_language(lang: str) -> str:
    """The language of a BCP-47 tag without script and region: `zh` for `zh-Hant-TW`."""
    return lang.partition("-")[0].lower()


def load_codebook(name_or_path: str | Path = "local_governance") -> Codebook:
    """Read and check a codebook.

    Parameters
    ----------
    name_or_path
        The name of a bundled codebook, or the path of a TOML file.

    Raises
    ------
    MissingCodebookError
        There is no such file and no bundled codebook of that name.
    CodebookError
        The file is not UTF-8, not TOML, or breaks the format; one line for each error, with file, line and
        key.
    """
    path = _codebook_path(name_or_path)
    content = path.read_bytes()
    text, entry = _parse(content, path)
    _check_ids(entry, text, path)
    return Codebook(
        id=entry.codebook.id,
        version=entry.codebook.version,
        names=dict(entry.codebook.name),
        themes=tuple(_theme(theme) for theme in entry.theme),
        ignored={lang: tuple(phrases) for lang, phrases in sorted(entry.ignore.items())},
        path=path,
        sha256=hashlib.sha256(content).hexdigest(),
        outside=_outside(entry.outside) if entry.outside else None,
    )


def bundled_codebooks() -> tuple[str, ...]:
    """Names of the codebooks that come with the package."""
    return tuple(sorted(path.stem for path in BUNDLED.glob("*.toml")))


def _codebook_path(name_or_path: str | Path) -> Path:
    """Path of a bundled codebook or of a file of the user's."""
    path = Path(name_or_path)
    if isinstance(name_or_path, str) and name_or_path in bundled_codebooks():
        return BUNDLED / f"{name_or_path}.toml"
    if not path.is_file():
        raise MissingCodebookError(
            f"no codebook at {str(path)!r}: give the path of a TOML file or one of the bundled"
            f" codebooks ({', '.join(bundled_codebooks())})"
        )
    return path


def _parse(content: bytes, path: Path) -> tuple[str, CodebookFile]:
    """The file's text and its checked values."""
    from pydantic import ValidationError

    from analysis.themes.codebook_format import CodebookFile

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise CodebookError(at(path, line, "not UTF-8; save the codebook as UTF-8")) from error
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        line = int(place.group(1)) if place else text.count("\n") + 1
        raise CodebookError(at(path, line, f"not TOML: {error}")) from error
    try:
        return text, CodebookFile.model_validate(data)
    except ValidationError as error:
        raise explain(error, data, text, path) from error


def _check_ids(entry: CodebookFile, text: str, path: Path) -> None:
    """Raise `CodebookError` if two themes have one id, or one comes before a theme that isn't there."""
    ids = [theme.id for theme in entry.theme]
    first: dict[str, int] = {}
    for i, theme in enumerate(entry.theme):
        if theme.id in first:
            lines = KeyLines(text)
            line, before = lines.find(("theme", i, "id")), lines.find(("theme", first[theme.id], "id"))
            raise CodebookError(at(path, line, f"theme id {theme.id!r} is already that of line {before}"))
        first[theme.id] = i
        for other in theme.before:
            if other not in ids or other == theme.id:
                line = KeyLines(text).find(("theme", i, "before"), other)
                near = get_close_matches(other, [known for known in ids if known != theme.id], n=1)
                hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(ids)}"
                message = f"theme {theme.id!r}: before = {other!r} is no other theme's id; {hint}"
                raise CodebookError(at(path, line, message))


def _outside(entry: OutsideEntry) -> CodebookTheme:
    """What lies outside the themes, in the form of one."""
    return CodebookTheme(
        id=UNMAPPED,
        names={},
        definitions={},
        terms=_terms(entry.terms),
        examples=tuple(Example(lang=e.lang, text=e.text, title=e.title, note=e.note) for e in entry.example),
    )


def _terms(terms: Mapping[str, Sequence[str]]) -> dict[str, tuple[SeedTerm, ...]]:
    """Seed terms by language, parted from their weights."""
    from analysis.themes.codebook_format import split_weight

    return {
        lang: tuple(SeedTerm(*split_weight(term)) for term in written)
        for lang, written in sorted(terms.items())
    }


def _theme(entry: ThemeEntry) -> CodebookTheme:
    """A theme from its checked table."""
    return CodebookTheme(
        id=entry.id,
        names=dict(entry.name),
        definitions=dict(entry.definition),
        terms=_terms(entry.terms),
        examples=tuple(
            Example(lang=e.lang, text=e.text, title=e.title, belongs=e.belongs, note=e.note)
            for e in entry.example
        ),
        before=tuple(entry.before),
        notes=entry.notes,
    )
