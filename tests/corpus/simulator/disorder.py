"""What goes wrong between the parts of a page: pieces are moved, parted, lost and printed twice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from tests.corpus.simulator.bodies import break_in_sentence, caption_of, wrap
from tests.corpus.simulator.layout import Layout
from tests.corpus.simulator.material import Material

HEAD = "head"
BODY = "body"
CAPTION = "caption"
LOOSE = "loose"
"""A piece of body that blank lines part from what stands around it."""

_LOOKALIKE = str.maketrans("己未日曰大太土士人入天夫千干末", "已末曰日太大士土入人夫天干千未")


@dataclass
class Piece:
    """Lines that stand together and belong to one story (`owner`); an empty line is a blank one."""

    owner: str
    part: str
    lines: list[str]


def part_bodies(pieces: list[Piece], layout: Layout, rng: Random) -> list[Piece]:
    """Break bodies at columns and lose text: what was one piece of body becomes several."""
    parted: list[Piece] = []
    for piece in pieces:
        if piece.part == BODY and rng.random() < layout.lost:
            parted += _lose(piece, layout, rng)
        elif piece.part == BODY and rng.random() < layout.column_break:
            parted += _break(piece, layout, rng)
        else:
            parted.append(piece)
    return parted


def _break(piece: Piece, layout: Layout, rng: Random) -> list[Piece]:
    lines = list(piece.lines)
    at = break_in_sentence(lines, rng, wrapped=layout.setting == "wrapped", dense=layout.lang in {"zh", "ja"})
    if at is None:
        return [piece]
    return [replace(piece, lines=lines[:at]), Piece(piece.owner, LOOSE, lines[at:])]


def _lose(piece: Piece, layout: Layout, rng: Random) -> list[Piece]:
    """Take a few lines away in mid-sentence; the end, or the middle of the text, is gone."""
    parts = _break(piece, layout, rng)
    if len(parts) == 1 or rng.random() < 0.4:
        return parts[:1]
    rest = parts[1].lines
    cut = 3 if layout.setting == "wrapped" else 1
    return [parts[0], replace(parts[1], lines=rest[cut:])] if len(rest) > cut + 1 else parts[:1]


def interrupt(pieces: list[Piece], articles: dict[str, Material], layout: Layout, rng: Random) -> list[Piece]:
    """Put captions into bodies, where they cut a sentence, and behind others."""
    out: list[Piece] = []
    for piece in pieces:
        out.append(piece)
        if piece.part != BODY or not articles[piece.owner].caption:
            continue
        if rng.random() < layout.interrupting:
            parts = _break(piece, layout, rng)
            if len(parts) == 2:
                out[-1:] = [parts[0], _caption(piece, articles, layout, rng), parts[1]]
        elif rng.random() < layout.caption:
            out.append(_caption(piece, articles, layout, rng))
    return out


def _caption(piece: Piece, articles: dict[str, Material], layout: Layout, rng: Random) -> Piece:
    lines = caption_of(articles[piece.owner], rng)
    if layout.setting == "wrapped":
        lines = [part for line in lines for part in wrap(line, rng.randint(*layout.width), lang=layout.lang)]
    return Piece(f"{piece.owner}-picture", CAPTION, lines)


def displace(pieces: list[Piece], layout: Layout, rng: Random) -> list[Piece]:
    """Move headlines away from their bodies: behind them, a story further, or all to the page's top."""
    if rng.random() < layout.heap:
        heads = [piece for piece in pieces if piece.part == HEAD]
        return [*rng.sample(heads, k=len(heads)), *(piece for piece in pieces if piece.part != HEAD)]
    out = list(pieces)
    for head in [piece for piece in pieces if piece.part == HEAD]:
        if rng.random() >= layout.displaced:
            continue
        out.remove(head)
        last = max(i for i, piece in enumerate(out) if piece.owner == head.owner and piece.part != CAPTION)
        ends = [i for i in range(last + 1, len(out) + 1) if i == len(out) or out[i].owner != out[i - 1].owner]
        out.insert(rng.choice(ends[:2]), head)
    return out


def orphan(pieces: list[Piece], layout: Layout, rng: Random) -> tuple[list[Piece], set[str]]:
    """Print the last column of a story before its headline, parted in mid-sentence; and whose it was."""
    out: list[Piece] = []
    moved: set[str] = set()
    heads: dict[str, int] = {}
    for piece in pieces:
        if piece.part == HEAD:
            heads[piece.owner] = len(out)
        if piece.part == BODY and piece.owner in heads and rng.random() < layout.orphan:
            parts = _break(piece, layout, rng)
            if len(parts) == 2:
                out.insert(heads[piece.owner], parts[1])
                out.append(parts[0])
                moved.add(piece.owner)
                continue
        out.append(piece)
    return out, moved


def print_twice(pieces: list[Piece], layout: Layout, rng: Random) -> None:
    """Print a line of some bodies twice."""
    for piece in pieces:
        if piece.part == BODY and rng.random() < layout.twice:
            place = rng.randrange(len(piece.lines))
            if piece.lines[place]:
                again = ["", piece.lines[place]] if "" in piece.lines else [piece.lines[place]]
                piece.lines[place + 1 : place + 1] = again


def blur(line: str, share: float, rng: Random) -> str:
    """Damage a share of the characters as OCR does: one like it, one dropped, a mark too many."""
    out = []
    for character in line:
        if not character.isalnum() or rng.random() >= share:
            out.append(character)
            continue
        kind = rng.random()
        swapped = character.translate(_LOOKALIKE)
        if swapped == character and not character.isascii():
            swapped = chr(ord(character) + rng.choice((-1, 1, 2)))
        elif swapped == character:
            swapped = rng.choice("lI1O0oecsn")
        out.append("" if kind < 0.15 else character + "·" if kind < 0.25 else swapped)
    return "".join(out)
