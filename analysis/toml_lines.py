"""Where each key of a TOML file stands, so that a wrong value can be shown with its line.

`tomllib` gives the values and forgets the places; tree-sitter's TOML grammar keeps them.
"""

from __future__ import annotations

from collections import Counter

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

_KEYS = {"bare_key", "quoted_key", "dotted_key"}


def key_lines(text: str) -> dict[tuple[str, ...], int]:
    """Map each key path of a TOML text to its 1-based line.

    The nth table of an array of tables has the path part `"n"`, counted from zero:
    `("theme", "0", "id")`. Of a text that is no TOML, the parts that parse are given.
    """
    root = Parser(Language(tree_sitter_toml.language())).parse(text.encode()).root_node
    lines: dict[tuple[str, ...], int] = {}
    seen: Counter[tuple[str, ...]] = Counter()
    for node in root.children:
        if node.type == "pair":
            _add_pair(node, (), lines)
        elif node.type in {"table", "table_array_element"}:
            path = _table_path(node, seen)
            lines.setdefault(path, node.start_point[0] + 1)
            for child in node.children:
                if child.type == "pair":
                    _add_pair(child, path, lines)
    return lines


def _table_path(node: Node, seen: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    """Path of a table's header; elements of an array of tables are numbered, their sub-tables with them."""
    path: tuple[str, ...] = ()
    parts = _key_parts(next(child for child in node.children if child.type in _KEYS))
    for i, part in enumerate(parts):
        path = (*path, part)
        last = i == len(parts) - 1
        if last and node.type == "table_array_element":
            seen[path] += 1
            path = (*path, str(seen[path] - 1))
        elif not last and seen[path]:
            path = (*path, str(seen[path] - 1))
    return path


def _add_pair(node: Node, path: tuple[str, ...], lines: dict[tuple[str, ...], int]) -> None:
    """Record a key and the keys of an inline table behind it."""
    key = (*path, *_key_parts(node.children[0]))
    lines.setdefault(key, node.start_point[0] + 1)
    for child in node.children:
        if child.type == "inline_table":
            for pair in child.children:
                if pair.type == "pair":
                    _add_pair(pair, key, lines)


def _key_parts(node: Node) -> tuple[str, ...]:
    """The parts of a bare, quoted or dotted key."""
    if node.type == "dotted_key":
        return tuple(part for child in node.children if child.type in _KEYS for part in _key_parts(child))
    text = (node.text or b"").decode()
    return (text[1:-1] if node.type == "quoted_key" else text,)
