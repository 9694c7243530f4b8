"""SPARQL 1.1 over an Oxigraph store: prefixes preset, parameters bound as terms, errors that point at the place.

A parameter is a variable of the query. Its value is substituted in the parsed query (SEP-0007), or, where the query
keeps a place for it (`VALUES ?name { UNDEF }`), written there as a term with its own escapes, so that the engine plans
with it. Neither way can a value change what the query means.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
    Variable,
)

from kg.errors import QueryError
from kg.vocab import PREFIXES, XSD

Results = QuerySolutions | QueryTriples | QueryBoolean
Value = NamedNode | Literal
Term = NamedNode | BlankNode | Literal | Triple

# strings, IRIs and comments hide whatever looks like a keyword or a variable inside them
_HIDDEN = re.compile(
    r"""'''(?:\\.|(?!''').)*'''|\"""(?:\\.|(?!\""").)*\"""|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*\""""
    r"""|<[^<>"{}|^`\\\s]*>|\#[^\n]*""",
    re.DOTALL,
)
# The shape of a SERVICE clause, sought in the whole text: where strings and comments begin is the engine's to say (is a
# "<" less-than or the start of an IRI?), and a reader that sees it otherwise could be led past a clause.
# Possessive throughout: it never goes back, so that a long query costs no more than its length.
_GAP = r"(?:\s|\#[^\r\n]*+)*+"
_SERVICE = re.compile(
    rf"(?<![:?$@])SERVICE{_GAP}(?:SILENT{_GAP})?(?:<[^<>\s]*+>|[?$]\w++|[^\s{{}}<>?$\#:]*+:[^\s{{}}<\#]*+){_GAP}\{{",
    re.IGNORECASE,
)
_VARIABLE = re.compile(r"[?$](\w+)")
_PLACE_OF_VALUE = re.compile(r"\bVALUES\s+[?$](\w+)\s*\{\s*UNDEF\s*\}", re.IGNORECASE)
_FORM = re.compile(
    r"(?<![\w:?$.-])(SELECT(?:\s+(?:DISTINCT|REDUCED))?|ASK|CONSTRUCT|DESCRIBE)(?![\w:-])", re.IGNORECASE
)
_GROUP = re.compile(r"(?<![\w:?$.-])GROUP\s+BY(?![\w:-])", re.IGNORECASE)
_PLACE = re.compile(r"^error at (\d+):(\d+): (.*)$", re.DOTALL)
_LITERAL = re.compile(r'"(.*)"(?:@([A-Za-z]+(?:-[A-Za-z0-9]+)*)|\^\^(\S+))?', re.DOTALL)
_NUMBERS = (
    (re.compile(r"[+-]?\d+"), XSD.integer),
    (re.compile(r"[+-]?\d*\.\d+"), XSD.decimal),
    (re.compile(r"\d{4}-\d\d-\d\d"), XSD.date),
    (re.compile(r"true|false"), XSD.boolean),
)


def run(
    store: Store,
    query: str,
    bindings: Mapping[str, Value] | None = None,
    *,
    service: bool = False,
    default_graphs: Sequence[str] | None = None,
    named_graphs: Sequence[str] | None = None,
) -> Results:
    """The results of a query. Raises `QueryError` with line and column where it is malformed.

    `SERVICE` would have this machine fetch from an address that the query names: refused unless `service` is set.
    `default_graphs` and `named_graphs` (IRIs) stand in for the query's dataset.
    """
    if not service:
        refuse_service(query)
    text, substitutions = asked(query, bindings or {})
    try:
        return store.query(
            text,
            prefixes=PREFIXES,
            substitutions=substitutions,
            default_graph=None if default_graphs is None else [NamedNode(iri) for iri in default_graphs],
            named_graphs=None if named_graphs is None else [NamedNode(iri) for iri in named_graphs],
        )
    except SyntaxError as error:
        raise malformed(query, str(error)) from None
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from None


def asked(query: str, bindings: Mapping[str, Value]) -> tuple[str, dict[Variable, Term]]:
    """What the engine is asked: the text, and the values that are given beside it. Raises `QueryError` as `run`."""
    _check_known(_plain(query), sorted(bindings))
    filled, rest = _filled(query, bindings)
    substitutions: dict[Variable, Term] = {Variable(name): value for name, value in rest.items()}
    return _projecting(filled, _plain(filled), sorted(rest)), substitutions


def _filled(query: str, bindings: Mapping[str, Value]) -> tuple[str, dict[str, Value]]:
    """The query with values in the places that it keeps for them, and the values that it has no place for.

    A place that stays empty is blanked: the engine plans better without it.
    """
    parts, end, placed = [], 0, set()
    for place in _PLACE_OF_VALUE.finditer(_plain(query)):
        value = bindings.get(place[1])
        placed.add(place[1])
        parts += [query[end : place.start()], f"VALUES ?{place[1]} {{ {value} }}" if value else " " * len(place[0])]
        end = place.end()
    return "".join([*parts, query[end:]]), {name: value for name, value in bindings.items() if name not in placed}


def refuse_service(query: str) -> None:
    """Raise `QueryError` where a query has a SERVICE clause, be it in a comment or a string."""
    remote = _SERVICE.search(query)
    if remote:
        line, column = _position(query, remote.start())
        raise QueryError(
            "SERVICE is switched off: a query may not make this machine call another", line=line, column=column
        )


def _projecting(query: str, plain: str, names: list[str]) -> str:
    """The query with these variables, names already in it, among its columns: the engine binds no other.

    `plain` is the query with strings, IRIs and comments blanked, of the same length.
    """
    form = _FORM.search(plain)
    if not form or not form[1].upper().startswith("SELECT"):
        return query
    head = plain[form.end() : plain.find("{", form.end())]
    columns = "".join(f" ?{name}" for name in names if name not in _VARIABLE.findall(head))
    if "*" in re.sub(r"\([^()]*\)", "", head) or not columns:
        return query
    group = _GROUP.search(plain, plain.rfind("}"))
    cuts = [form.end(), *([group.end()] if group else [])]
    parts = [query[start:end] for start, end in zip([0, *cuts], [*cuts, len(query)], strict=True)]
    return columns.join(parts)


def with_values(query: str, bindings: Mapping[str, Value]) -> str:
    """The query with VALUES for some of its variables, for an engine that cannot be given them beside the text.

    A term is written with its own escapes, so no value can leave its place. Raises `QueryError` as `run` does.
    """
    if not bindings:
        return query
    _check_known(_plain(query), sorted(bindings))
    query, bindings = _filled(query, bindings)
    if not bindings:
        return query
    names = sorted(bindings)
    query = _projecting(query, _plain(query), names)
    plain = _plain(query)
    form = _FORM.search(plain)
    start = form.end() if form else 0
    if form and form[1].upper() == "CONSTRUCT":  # past the template
        start = max(plain.find("}", start), 0)
    opening = plain.find("{", start) + 1
    if not opening:
        raise QueryError("the query has no WHERE { ... } in which its variables could be given values")
    values = f" VALUES ({' '.join('?' + name for name in names)}) {{ ({' '.join(str(bindings[n]) for n in names)}) }} "
    return query[:opening] + values + query[opening:]


def form_of(query: str) -> str:
    """SELECT, ASK, CONSTRUCT, DESCRIBE, or "" where it has none of them."""
    form = _FORM.search(_plain(query))
    return form[1].split()[0].upper() if form else ""


def _plain(query: str) -> str:
    """The query with strings, IRIs and comments blanked, of the same length."""
    return _HIDDEN.sub(lambda hidden: " " * len(hidden[0]), query)


def _check_known(plain: str, names: Sequence[str]) -> None:
    known = set(_VARIABLE.findall(plain))
    for name in names:
        if name not in known:
            raise QueryError(f"the query has no variable ?{name}; it has {_listed(known)}")


def malformed(query: str, message: str) -> QueryError:
    """The engine's message as our error, with the place where it has one."""
    place = _PLACE.match(message)
    if not place:
        return QueryError(f"the query is malformed: {message}")
    return QueryError(f"the query is malformed: {place[3]}", line=int(place[1]), column=int(place[2]))


def caret(query: str, error: QueryError) -> str:
    """The offending line of the query with a caret under the place; "" where there is none.

    >>> print(caret("SELECT *\\nWERE {}", QueryError("x", line=2, column=1)))
    WERE {}
    ^
    """
    lines = query.split("\n")
    if error.line is None or error.column is None or error.line > len(lines):
        return ""
    line = lines[error.line - 1].replace("\t", " ")
    return f"{line}\n{' ' * (error.column - 1)}^"


def term(value: str | int | float | bool | Value) -> Value:
    """A parameter's value as a term: `<IRI>`, `prefix:name`, `"text"@en`, a number, a date, true, false; else text.

    >>> term("kg:Detain"), term("12").value, term("the FSB")
    (<NamedNode value=https://w3id.org/newskg/ontology#Detain>, '12', <Literal value=the FSB datatype=<NamedNode \
value=http://www.w3.org/2001/XMLSchema#string>>)
    """
    if isinstance(value, NamedNode | Literal):
        return value
    if not isinstance(value, str):
        return Literal(value)
    prefix, colon, local = value.partition(":")
    iri = value[1:-1] if value.startswith("<") and value.endswith(">") else None
    if value.startswith(("http://", "https://")):
        iri = value
    elif colon and prefix in PREFIXES and re.fullmatch(r"[\w.-]*", local):
        iri = PREFIXES[prefix] + local
    if iri is not None:
        try:
            return NamedNode(iri)
        except ValueError as error:
            raise QueryError(f"{value!r} is no IRI: {error}") from None
    quoted = _LITERAL.fullmatch(value)
    if quoted:
        return _literal(*quoted.groups())
    datatype = next((datatype for pattern, datatype in _NUMBERS if pattern.fullmatch(value)), None)
    return Literal(value, datatype=datatype) if datatype else Literal(value)


def _literal(text: str, language: str | None, datatype: str | None) -> Literal:
    if language:
        return Literal(text, language=language)
    if not datatype:
        return Literal(text)
    node = term(datatype)
    if not isinstance(node, NamedNode):
        raise QueryError(f"{datatype!r} is no datatype; write it as <IRI> or as xsd:date")
    return Literal(text, datatype=node)


def _listed(names: set[str]) -> str:
    return ", ".join(f"?{name}" for name in sorted(names)) or "none"


def _position(text: str, offset: int) -> tuple[int, int]:
    line = text.count("\n", 0, offset) + 1
    return line, offset - text.rfind("\n", 0, offset)
