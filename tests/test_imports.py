"""Imports point down only, heavy libraries are imported late, and the command line starts quickly."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "kg"

# Each part may import itself and the parts named here; no step imports another.
FOUNDATIONS = {"errors", "model", "ids", "files", "vocab", "gazetteer"}
STEPS = {"read", "annotate", "resolve", "extract", "attribute", "identify", "compare"}
MAY_IMPORT = {
    **dict.fromkeys(FOUNDATIONS | STEPS, FOUNDATIONS),
    "export": FOUNDATIONS | {"query"},  # claims, as everybody gets them
    "query": FOUNDATIONS,
    "render": FOUNDATIONS | {"compare"},  # a view of some articles is compared anew
    "store": FOUNDATIONS | {"export", "query", "render"},
    "pipeline": FOUNDATIONS | STEPS | {"store", "scale"},
    "scale": FOUNDATIONS | STEPS | {"store", "pipeline", "export"},
    "serve": FOUNDATIONS | {"store", "export", "query", "render"},
    "cli": FOUNDATIONS | STEPS | {"store", "export", "query", "render", "pipeline", "scale", "serve"},
    "__main__": {"cli", "scale"},
    "__init__": FOUNDATIONS | {"store", "pipeline"},
}
# what several steps work on stands in one of them: functions over the parse, joined sets, what an event has to be
# compared by
SHARED = ("kg.annotate.tree", "kg.identify.kin", "kg.identify.unions", "kg.identify.features", "kg.identify.shares")
HEAVY = {
    "spacy", "trafilatura", "networkx", "pyvis", "rdflib", "oxrdflib", "pandas", "numpy", "dateparser", "rich",
    "jinja2", "starlette", "uvicorn",
}  # fmt: skip


LATE = (  # themselves imported late, as a whole
    "render/", "scale/", "annotate/names.py", "annotate/ruler.py", "annotate/lemmas.py", "annotate/vectors.py",
    "identify/pairs.py",
)  # fmt: skip


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def part(path: Path) -> str:
    """The top-level part of the package that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(tree: ast.AST) -> list[tuple[str, int]]:
    """Every module that is imported, anywhere in a file."""
    found: list[tuple[str, int]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [(node.module if node.module != "kg" else f"kg.{alias.name}", node.lineno) for alias in node.names]
    return found


def at_import(tree: ast.Module) -> list[str]:
    """Modules imported when the file itself is: not in functions, not for type checking only."""
    names: list[str] = []
    pending: list[ast.AST] = list(tree.body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            names += [name for name, _ in imported(node)]
        pending.extend(ast.iter_child_nodes(node))
    return names


def test_every_part_has_its_place() -> None:
    assert {part(path) for path in modules()} <= set(MAY_IMPORT)


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_point_down_only(path: Path) -> None:
    own = part(path)
    for module, line in imported(ast.parse(path.read_text(encoding="utf-8"))):
        if module.startswith("kg.") and not module.startswith(SHARED):
            target = module.split(".")[1]
            assert target == own or target in MAY_IMPORT[own], f"{path}:{line} imports {module}"


@pytest.mark.parametrize(
    "path",
    [path for path in modules() if not path.relative_to(PACKAGE).as_posix().startswith(LATE)],
    ids=lambda path: path.relative_to(PACKAGE).as_posix(),
)
def test_heavy_libraries_are_imported_where_they_are_used(path: Path) -> None:
    roots = {name.split(".")[0] for name in at_import(ast.parse(path.read_text(encoding="utf-8")))}
    assert not roots & HEAVY


@pytest.mark.parametrize("arguments", [["--help"], ["query", "--help"], ["info", "/nowhere"]])
def test_the_command_line_never_loads_what_it_does_not_need(arguments: list[str]) -> None:
    program = f"""
import sys
from kg.cli import main
sys.argv = ["kg", *{arguments!r}]
try:
    main()
except SystemExit:
    pass
print([name for name in {sorted(HEAVY)!r} if name in sys.modules], file=sys.stderr)
"""
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  ourselves
    assert done.stderr.strip().endswith("[]")
