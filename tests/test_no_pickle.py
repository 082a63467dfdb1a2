"""Nothing in the project unpickles: no model, no cache, no run folder of a stranger."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("corpus", "embeddings", "analysis", "figures", "broadsheet")
MODULES = frozenset(
    {"pickle", "_pickle", "cPickle", "cloudpickle", "dill", "shelve", "marshal", "jsonpickle"}
)
CALLS = frozenset({"read_pickle", "to_pickle", "eval", "exec", "unsafe_load", "full_load"})
LOADERS = frozenset({("torch", "load"), ("joblib", "load"), ("joblib", "dump"), ("yaml", "load")})


def dangers(tree: ast.AST) -> Iterator[str]:
    """What in a source file could unpickle, or run a text as code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [n.name for n in node.names]
            yield from (name for name in names if name.partition(".")[0] in MODULES)
        elif isinstance(node, ast.Call):
            yield from called(node)


def called(call: ast.Call) -> Iterator[str]:
    """The call, if it is one of those."""
    function = call.func
    if isinstance(function, ast.Name) and function.id in CALLS:
        yield function.id
    if isinstance(function, ast.Attribute):
        owner = function.value.id if isinstance(function.value, ast.Name) else ""
        if function.attr in CALLS - {"eval"} or (owner, function.attr) in LOADERS:
            yield f"{owner}.{function.attr}"
    for keyword in call.keywords:
        if keyword.arg == "allow_pickle" and not (
            isinstance(keyword.value, ast.Constant) and keyword.value.value is False
        ):
            yield "allow_pickle"
        value = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
        if keyword.arg == "serialization" and value == "pickle":
            yield "serialization='pickle'"


@pytest.mark.parametrize("room", ROOMS)
def test_no_source_file_can_unpickle(room: str) -> None:
    found = {
        str(path.relative_to(ROOT)): names
        for path in sorted((ROOT / room).rglob("*.py"))
        if (names := list(dangers(ast.parse(path.read_text("utf-8")))))
    }
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from dill import loads",
        "torch.load(path)",
        "np.load(path, allow_pickle=True)",
        "pd.read_pickle(path)",
        "eval(text)",
        "model.save(path, serialization='pickle')",
    ],
)
def test_the_search_finds_what_it_looks_for(source: str) -> None:
    assert list(dangers(ast.parse(source)))
