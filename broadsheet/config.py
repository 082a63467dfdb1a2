"""A study's settings: one frozen dataclass a section of the TOML file, checked once, where they enter.

The names of the settings are the names of the keyword arguments of the functions they reach, and so are
their defaults. Read a file with `Study.from_toml`; a wrong key or value raises `ConfigError`, which names the
file, the line, the key and the value, and says what was expected.
"""

from __future__ import annotations

import difflib
import json
import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, model_validator
from pydantic.dataclasses import dataclass
from pydantic_core import ErrorDetails

from analysis.sampling import FIT_ON
from analysis.toml_lines import key_lines
from corpus.intake.addresses import is_address
from corpus.schema import ARTICLE_COLUMNS

_STRICT = ConfigDict(extra="forbid", strict=True)
_OUR_COLUMNS = ("id", *ARTICLE_COLUMNS)


class ConfigError(ValueError):
    """A study file can't be used; the message has one line a fault, each with file, line and key."""


@dataclass(frozen=True, config=_STRICT)
class CorpusSettings:
    """How files become articles."""

    columns: dict[str, str] = Field(default_factory=dict)
    """Columns of ready-made articles: our name = your name."""
    source: str | None = None
    """The source of pages that don't name theirs."""
    date: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")
    """The ISO date of pages that don't print theirs."""
    name_pattern: str | None = None
    """How the files are named, as in `{source}_{date}_{page}`."""
    corrections: str | None = None
    """A table of what is known better of single articles, relative to the study file."""
    reprints: bool = True
    """Look for reprints of one text."""

    @model_validator(mode="after")
    def _columns_are_ours(self) -> Self:
        """Refuse a misspelt column: the articles would silently go without it."""
        for name in self.columns:
            if name not in _OUR_COLUMNS:
                near = difflib.get_close_matches(name, _OUR_COLUMNS, n=1)
                hint = f"did you mean {near[0]!r}?" if near else f"ours are {', '.join(_OUR_COLUMNS)}"
                raise ValueError(f"columns has {name!r}, which is no column of ours; {hint}")
        return self


@dataclass(frozen=True, config=_STRICT)
class EmbeddingSettings:
    """How articles become vectors."""

    encoder: str = "use-multilingual-v3"
    """The default encoder, `e5-small`, or any name or path that SentenceTransformer takes."""
    max_tokens: int | None = Field(default=None, ge=8)
    """Read no more than this many tokens of an article (its lead); all of it by default."""
    prompt: str | None = None
    """A prompt of the encoder: its name in the model, or the words themselves."""
    vectors: str | None = None
    """A file of vectors of your own (.npz or .parquet) for topics, map and language bias. Themes always use
    the encoder's, since the codebook's texts must lie in the same space."""
    centre_languages: bool = True
    """Subtract each language's mean vector when there are two or more, so that topics are not languages."""


@dataclass(frozen=True, config=_STRICT)
class ThemeSettings:
    """How articles get themes."""

    codebook: str = "local_governance"
    """A bundled codebook's name, or the path of a codebook file."""
    coded: str | None = None
    """A coded sample (CSV with article_id and theme) to calibrate on, relative to the study file."""


@dataclass(frozen=True, config=_STRICT)
class TopicSettings:
    """How topics are found."""

    method: Literal["graph", "umap-hdbscan"] = "graph"
    """Graph communities on the vectors themselves, or BERTopic's classical pair."""
    resolution: float | None = Field(default=None, gt=0)
    """Resolution of the communities; when not given, the one that agrees best with all others is chosen."""
    min_articles: int = Field(default=120, ge=10)
    """With fewer articles than this no topics are fitted, and the run says so."""
    representation: Literal["c-tf-idf", "keybert", "mmr"] = "c-tf-idf"
    """How a topic's terms are chosen: class-based tf–idf alone, or of its best those nearest to the topic's
    typical articles (`keybert`), or those near its meaning that differ from each other (`mmr`)."""
    fit_on: int = Field(default=FIT_ON, ge=200)
    """With more different articles than this, topics are fitted on a sample of as many, and the others are
    placed by their neighbours."""

    @model_validator(mode="after")
    def _resolution_is_for_the_graph(self) -> Self:
        """Say at once, and not after an hour of embedding, that a setting has no use."""
        if self.resolution is not None and self.method != "graph":
            raise ValueError(f"resolution is given, but only the method 'graph' has one, not {self.method!r}")
        return self


@dataclass(frozen=True, config=_STRICT)
class EventSettings:
    """Something that happened, to be tested for what it did to the themes."""

    name: str
    date: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    """ISO date of its first day."""


@dataclass(frozen=True, config=_STRICT)
class TrendSettings:
    """How shares are estimated."""

    period: Literal["day", "week", "month", "quarter", "year"] = "month"
    level: float = Field(default=0.95, gt=0.5, lt=1)
    """Confidence level of the intervals."""
    draws: int = Field(default=20, ge=2)
    """Draws from the theme probabilities that carry the uncertainty of assignment."""
    min_articles: int = Field(default=5, ge=1)
    """A period with fewer articles is marked `few`."""
    kinds: tuple[Literal["article", "caption", "continuation", "notice"], ...] = Field(
        default=("article", "continuation"), min_length=1
    )
    """The kinds of article that count."""
    count: Literal["articles", "stories"] = "articles"
    """Count every article, or each story once (reprints left out)."""
    events: tuple[EventSettings, ...] = ()
    """Events whose effect is estimated, as `[{name = "…", date = "2021-07-01"}]`."""

    @model_validator(mode="after")
    def _events_have_names_of_their_own(self) -> Self:
        """Say at once that two events can't be told apart in a table."""
        names = [event.name for event in self.events]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"two events are called {name!r}; give each its own name")
        return self


@dataclass(frozen=True, config=_STRICT)
class FigureSettings:
    """How figures are written."""

    formats: tuple[Literal["png", "svg", "pdf"], ...] = Field(default=("png", "svg", "pdf"), min_length=1)
    lang: Literal["en", "zh"] = "en"
    """Language of titles, axes and captions."""
    style: str = "two-column"
    """`two-column`, `one-column`, or a style file (.toml), relative to the study file."""


@dataclass(frozen=True, config=_STRICT)
class UpdateSettings:
    """Inputs that were added later; their articles get the topics and themes of those before."""

    inputs: tuple[str, ...] = Field(min_length=1)
    """Files, folders and patterns, relative to the study file."""
    files: tuple[str, ...] | None = None
    """SHA-256 of the files that belong to this update, wherever the inputs may hold others since; all that
    are new when not given."""


@dataclass(frozen=True, config=_STRICT)
class ClusterSettings:
    """Where an engine finds its workers."""

    workers: int | None = Field(default=None, ge=1)
    """Processes that the engine starts on this machine, with one thread each; as many as there are cores when
    not given."""
    scheduler: str | None = Field(default=None, pattern=r"^[a-z]+://\S+$")
    """The address of an existing cluster's scheduler, such as `tcp://10.0.0.1:8786`, whose workers are taken
    instead."""

    @model_validator(mode="after")
    def _one_cluster(self) -> Self:
        """Refuse to count the workers of a cluster that is there already."""
        if self.workers is not None and self.scheduler is not None:
            raise ValueError("workers and scheduler are both given; the cluster at the scheduler has its own")
        return self


@dataclass(frozen=True, config=_STRICT)
class Study:
    """All settings of one study."""

    title: str = "Broadsheet study"
    inputs: tuple[str, ...] = ()
    """Files, folders and patterns such as `pages/*.txt`, relative to the study file, and addresses such as
    `s3://bucket/articles/`."""
    updates: tuple[UpdateSettings, ...] = ()
    """What was added later, in its order; `broadsheet update` writes them to the manifest."""
    seed: int = Field(default=0, ge=0)
    engine: Literal["local", "dask"] = "local"
    """What works through the articles: this process, or Dask with processes here or on other machines. The
    tables are the same."""
    cluster: ClusterSettings = Field(default_factory=ClusterSettings)
    corpus: CorpusSettings = Field(default_factory=CorpusSettings)
    embeddings: EmbeddingSettings = Field(default_factory=EmbeddingSettings)
    themes: ThemeSettings = Field(default_factory=ThemeSettings)
    topics: TopicSettings = Field(default_factory=TopicSettings)
    trends: TrendSettings = Field(default_factory=TrendSettings)
    figures: FigureSettings = Field(default_factory=FigureSettings)

    @model_validator(mode="after")
    def _cluster_has_its_engine(self) -> Self:
        """Say at once that a cluster is described and would not be used."""
        if self.engine == "local" and self.cluster != ClusterSettings():
            raise ValueError("[cluster] is given, but the engine is 'local'; set engine = 'dask' to use it")
        return self

    @model_validator(mode="after")
    def _representation_has_its_encoder(self) -> Self:
        """Refuse to choose terms by an encoder where the topics' vectors come from elsewhere."""
        if self.embeddings.vectors is not None and self.topics.representation != "c-tf-idf":
            raise ValueError(
                f"topics.representation is {self.topics.representation!r}, which needs the encoder that made "
                "the vectors, but embeddings.vectors brings your own; only 'c-tf-idf' goes with them"
            )
        return self

    @classmethod
    def from_toml(cls, path: str | Path) -> Study:
        """Read a study file; paths in it are taken relative to the file's folder.

        Raises
        ------
        ConfigError
            The file is missing, is no TOML, or has a key or value that doesn't fit; one line a fault.
        """
        path = Path(path)
        try:
            text = path.read_text("utf-8-sig")
        except FileNotFoundError as error:
            raise ConfigError(f"{path}: no such study file") from error
        except UnicodeDecodeError as error:
            raise ConfigError(f"{path}: not UTF-8 text; save the study file as UTF-8") from error
        try:
            values = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise ConfigError(f"{path}: not valid TOML: {error}") from error
        study = _validated(values, name=str(path), lines=key_lines(text))
        return study.relative_to(path.parent)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Study:
        """Check settings that stand in a mapping, as a manifest keeps them."""
        return _validated(values, name="study", lines={})

    def relative_to(self, folder: Path) -> Study:
        """Take the paths of inputs, corrections, codebook, coded sample and vectors relative to `folder`."""
        return self._with_paths(lambda path: path if is_address(path) else str(folder / path))

    def seen_from(self, folder: Path) -> Study:
        """Give the paths as they are from `folder`, the inverse of `relative_to`."""
        return self._with_paths(lambda path: path if is_address(path) else _path_from(path, folder))

    def _with_paths(self, changed: Callable[[str], str]) -> Study:
        """Give the study with every path that its settings hold changed."""
        corpus, themes = self.corpus, self.themes
        if corpus.corrections is not None:
            corpus = replace(corpus, corrections=changed(corpus.corrections))
        if themes.codebook.endswith(".toml"):
            themes = replace(themes, codebook=changed(themes.codebook))
        if themes.coded is not None:
            themes = replace(themes, coded=changed(themes.coded))
        embeddings = self.embeddings
        if embeddings.vectors is not None:
            embeddings = replace(embeddings, vectors=changed(embeddings.vectors))
        figures = self.figures
        if figures.style.endswith(".toml"):
            figures = replace(figures, style=changed(figures.style))
        return replace(
            self,
            inputs=tuple(changed(entry) for entry in self.inputs),
            updates=tuple(
                replace(update, inputs=tuple(changed(entry) for entry in update.inputs))
                for update in self.updates
            ),
            corpus=corpus,
            embeddings=embeddings,
            themes=themes,
            figures=figures,
        )

    @property
    def later_files(self) -> frozenset[str]:
        """SHA-256 of all files that were added by updates."""
        return frozenset(digest for update in self.updates for digest in update.files or ())

    def to_dict(self) -> dict[str, Any]:
        """Give the settings as plain values, for a manifest."""
        return asdict(self)


def _path_from(path: str, folder: Path) -> str:
    """The way from `folder` to `path`, with slashes on every system."""
    return Path(os.path.relpath(Path(path).resolve(), folder.resolve())).as_posix()


def _validated(values: Mapping[str, Any], *, name: str, lines: Mapping[tuple[str, ...], int]) -> Study:
    """Check `values` against `Study`; turn every fault into a line with its place.

    They go through JSON because strict validation of JSON takes lists for tuples and mappings for sections,
    and no text for a number.
    """
    try:
        return TypeAdapter(Study).validate_json(json.dumps(values, default=str))
    except ValidationError as error:
        faults = [_fault(detail, name=name, lines=lines) for detail in error.errors()]
        raise ConfigError("\n".join(faults)) from error


def _fault(detail: ErrorDetails, *, name: str, lines: Mapping[tuple[str, ...], int]) -> str:
    """One fault as `file:line: key: what is wrong`."""
    keys = tuple(str(part) for part in detail["loc"])
    known = [path for path in (keys[:n] for n in range(len(keys), 0, -1)) if path in lines]
    place = f"{name}:{lines[known[0]]}" if known else name
    key = ".".join(keys)
    if detail["type"] == "unexpected_keyword_argument":
        return f"{place}: unknown key {key!r}{_nearest(keys)}"
    return f"{place}: {key} = {detail['input']!r}: {detail['msg']}"


def _nearest(keys: tuple[str, ...]) -> str:
    """The nearest known key of the same section, or the list of all."""
    section: Any = Study
    for key in keys[:-1]:
        section = {f.name: f.type for f in fields(section)}.get(key, Study)
        section = globals().get(str(section), section)
    names = [f.name for f in fields(section)]
    near = difflib.get_close_matches(keys[-1], names, n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; known keys: {', '.join(names)}"
