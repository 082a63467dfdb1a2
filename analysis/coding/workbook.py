"""Writes the sheet that a coder fills in: a workbook with lists to choose from, and no model output."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from analysis.coding.intrusion import TOPICS_SHOWN, WORDS_SHOWN
from analysis.coding.kit import ITEM, Kit
from analysis.coding.words import WORDS
from analysis.schema import UNMAPPED
from analysis.themes.codebook import Codebook, CodebookTheme
from corpus.schema import ARTICLE_ID, LANG, TEXT, TITLE

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

THEME_FIELDS: Final = ("first", "second", "third")
_MOST_CHARACTERS: Final = 6000
"""Of a text that are shown; a cell of Excel holds 32,767."""
_WIDTHS: Final = {"item": 8, "lang": 9, "title": 34, "text": 90, "definition": 70, "rules": 50, "note": 24}
_WIDE: Final = 26


def write_sheet(
    path: Path, kit: Kit, articles: pd.DataFrame, *, codebook: Codebook, lang: str = "en"
) -> None:
    """Write a workbook for one coder.

    Texts are written as text whatever they begin with, so that no spreadsheet takes one for a formula;
    control characters that a workbook can't hold are left out.

    Parameters
    ----------
    path
        Where to write, `.xlsx`.
    kit
        The tasks.
    articles
        article_id, title, text and lang of the drawn articles.
    codebook
        Shown on a sheet of its own, and the source of the lists.
    lang
        Language of the instructions and, where the codebook has it, of the themes' names: `en` or `zh`.
    """
    from openpyxl import Workbook

    words = WORDS[lang]
    book = Workbook()
    guide = book.active
    guide.title = words["guide"]
    _rows(guide, [[words["advice"]], [words["kit"], kit.id]], widths=[110, 24], heading=False)
    shown = articles.assign(**{ARTICLE_ID: articles[ARTICLE_ID].astype(str)}).set_index(ARTICLE_ID)
    _articles(book, kit, shown, words, n_choices=len(codebook.themes) + 1)
    _codebook(book, codebook, words, lang)
    if kit.words:
        heads = [words["item"], *(f"{words['word']} {n}" for n in range(1, WORDS_SHOWN + 2)), words["odd"]]
        rows = [[item, *task.words] for item, task in kit.word_items.items()]
        _task(book, words["word_task"], heads, rows, choices=WORDS_SHOWN + 1)
    if kit.topics:
        heads = [words["item"], words["title"], words["text"]]
        heads += [f"{words['topic']} {n}" for n in range(1, TOPICS_SHOWN + 2)] + [words["odd"]]
        rows = [
            [item, *_told(shown.loc[task.article_id], words), *task.shown]
            for item, task in kit.topic_items.items()
        ]
        _task(book, words["topic_task"], heads, rows, choices=TOPICS_SHOWN + 1)
    book.save(path)


def choices(codebook: Codebook, lang: str) -> dict[str, str]:
    """Theme id → how it is offered in the list: its name, and its id in brackets."""
    offered = {theme: f"{codebook.name(theme, lang)} [{theme}]" for theme in codebook.ids}
    return offered | {UNMAPPED: f"{WORDS[lang]['none']} [{UNMAPPED}]"}


def _articles(
    book: Workbook, kit: Kit, shown: pd.DataFrame, words: Mapping[str, str], *, n_choices: int
) -> None:
    """The sheet of articles, with lists for themes and doubt."""
    fields = ("item", "lang", "title", "text", *THEME_FIELDS, "unsure", "note")
    sheet = book.create_sheet(words["articles"])
    rows = [[words[field] for field in fields]]
    for item, article_id in zip(kit.articles[ITEM], kit.articles[ARTICLE_ID], strict=True):
        article = shown.loc[article_id]
        rows.append([item, article[LANG], *_told(article, words), "", "", "", "", ""])
    _rows(sheet, rows, widths=[_WIDTHS.get(field, _WIDE) for field in fields])
    themes = f"='{words['codebook']}'!$A$2:$A${n_choices + 1}"
    for field in THEME_FIELDS:
        _list(sheet, fields.index(field) + 1, themes)
    _list(sheet, fields.index("unsure") + 1, f'"{words["yes"]}"')


def _codebook(book: Workbook, codebook: Codebook, words: Mapping[str, str], lang: str) -> None:
    """The sheet of the codebook; its first column is what the lists offer."""
    fields = ("choice", "definition", "rules", "before", "belongs", "seems")
    rows = [[words[field] for field in fields]]
    offered = choices(codebook, lang)
    for theme in codebook.themes:
        definition = theme.definitions.get(lang) or next(iter(theme.definitions.values()))
        before = "; ".join(codebook.name(other, lang) for other in theme.before)
        examples = [_examples(theme, lang, belongs=belongs) for belongs in (True, False)]
        rows.append([offered[theme.id], definition, theme.notes or "", before, *examples])
    rows.append([offered[UNMAPPED], "", "", "", "", ""])
    _rows(book.create_sheet(words["codebook"]), rows, widths=[34, 60, 50, 24, 60, 60])


def _examples(theme: CodebookTheme, lang: str, *, belongs: bool) -> str:
    """A theme's examples in a language, or in all where it has none in that one."""
    chosen = [example for example in theme.examples if example.belongs == belongs]
    chosen = [example for example in chosen if example.lang == lang] or chosen
    return "\n\n".join(" — ".join(filter(None, (e.title, e.text, e.note))) for e in chosen)


def _task(book: Workbook, name: str, heads: list[str], rows: list[list[str]], *, choices: int) -> None:
    """A sheet of intrusion tasks; the last column takes the number of the intruder."""
    sheet = book.create_sheet(name)
    widths = [8, *(30 for _ in heads[1:-1]), 22]
    _rows(sheet, [heads, *([*row, ""] for row in rows)], widths=widths)
    _list(sheet, len(heads), '"' + ",".join(str(n) for n in range(1, choices + 1)) + '"')


def _told(article: pd.Series[Any], words: Mapping[str, str]) -> list[str]:
    """Title and text of an article; a long text is cut, saying so."""
    title = article[TITLE] if isinstance(article[TITLE], str) else ""
    text = str(article[TEXT])
    return [title, text if len(text) <= _MOST_CHARACTERS else text[:_MOST_CHARACTERS] + words["cut"]]


def _rows(
    sheet: Worksheet, rows: Sequence[Sequence[object]], *, widths: Sequence[int], heading: bool = True
) -> None:
    """Write rows as text, never as formulas, under a bold heading that stays in view."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            text = ILLEGAL_CHARACTERS_RE.sub("", "" if value is None or pd.isna(value) else str(value))
            if not text:
                continue
            cell = sheet.cell(number, column)
            cell.value = text
            cell.data_type = "s"
            cell.quotePrefix = text[0] in "=+-@\t\r"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=heading and number == 1)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    if heading:
        sheet.freeze_panes = "B2"


def _list(sheet: Worksheet, column: int, formula: str) -> None:
    """Offer a list in a column, and refuse everything else."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    offer = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
    letter = get_column_letter(column)
    offer.add(f"{letter}2:{letter}{max(sheet.max_row, 2)}")
    sheet.add_data_validation(offer)
