"""What a screen reader needs of a PDF. Checked without Java; veraPDF checks more where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from plainleaf.checks.blocks import HEADINGS
from plainleaf.checks.pdf import sheets
from plainleaf.checks.registry import Finding, Printed, Rule, rule
from plainleaf.checks.tree import Tag, Tree, plain, tree

_PARTS = {
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
}
_WITHIN = {"LI": "L", "Lbl": "LI", "LBody": "LI", "TR": "Table", "TH": "TR", "TD": "TR"}
_GROUPS = {"Document", "Part", "Sect", "Div", "Art"}


@rule(stage="printed")
def tags(printed: Printed) -> Iterator[Finding]:
    """The PDF is tagged so that a screen reader can read it out, and find its way.

    One document holds all; headings begin with H1 and skip no level; a table has heads with a
    scope, a list nothing but items; a figure has its text, a link says where it goes; headers and
    footers are artifacts, and nothing else is without a place in the tags; the file says its
    language and shows its title. Source: our rule, "tags, reading order, alternatives (our own
    structure checks, so that they work without Java)"; the conditions are those of PDF/UA-1.

    Good: `<th scope="row">`, `<svg><title>…</title>`, `<h2>` before `<h3>`
    Bad: a table of `<td>` alone, `<h1>` then `<h3>`
    """
    pdf = tree(printed.pdf)
    for check in _CHECKS:
        for said in check(pdf):
            yield Finding(said, hint="Mend the template; docs/errors.md says where to look.")
    yield from map(Finding, dict.fromkeys(_strays(printed)))


def _file(pdf: Tree) -> Iterator[str]:
    if pdf.get(pdf.root, "/MarkInfo", "/Marked") is not True:
        yield "the PDF does not say that it is tagged"
    if not plain(pdf.get(pdf.root, "/Lang")):
        yield "the PDF does not say its language"
    if pdf.get(pdf.root, "/ViewerPreferences", "/DisplayDocTitle") is not True:
        yield "the PDF shows the name of its file instead of its title"
    if b"<dc:title>" not in pdf.metadata:
        yield "the PDF has no title"
    for number, page in enumerate(pdf.pages, start=1):
        if pdf.get(page, "/Tabs") != "/S":
            yield f"the links of page {number} are not in the order of the tags"


def _document(pdf: Tree) -> Iterator[str]:
    top = [tag for tag in pdf.tags if tag.above is None]
    if [tag.kind for tag in top] != ["Document"]:
        yield "the tags do not begin with one Document that holds all"
    for tag in pdf.tags:
        if tag.kind in _GROUPS and any(isinstance(kid, int) for kid in tag.kids):
            yield f"text on page {tag.page + 1} stands in a {tag.kind}, not in a paragraph"


def _headings(pdf: Tree) -> Iterator[str]:
    last = 0
    for tag in pdf.tags:
        if tag.kind in HEADINGS:
            level = int(tag.kind[1])
            if level > last + 1:
                before = f"after H{last}" if last else "as the first heading"
                yield f"page {tag.page + 1} has a heading {tag.kind} {before}"
            last = level
    if not last:
        yield "there is no heading"


def _parts(pdf: Tree) -> Iterator[str]:
    """Lists, tables and rows hold what belongs there, and their parts stand nowhere else."""
    for tag in pdf.tags:
        for kid in tag.tags if tag.kind in _PARTS else ():
            if kid.kind not in _PARTS[tag.kind]:
                yield f"page {kid.page + 1} has a {kid.kind} in a {tag.kind}"
        if tag.kind in _WITHIN and not tag.within(_WITHIN[tag.kind]):
            yield f"page {tag.page + 1} has a {tag.kind} outside a {_WITHIN[tag.kind]}"


def _tables(pdf: Tree) -> Iterator[str]:
    for table in (tag for tag in pdf.tags if tag.kind == "Table"):
        rows = [
            [cell for cell in row.tags if cell.kind in ("TH", "TD")]
            for row in pdf.tags
            if row.kind == "TR" and row.within("Table") is table
        ]
        heads = [cell for row in rows for cell in row if cell.kind == "TH"]
        page = min((tag.page for row in rows for tag in row), default=table.page) + 1
        if not heads:
            yield f"a table on page {page} has no heads"
        if any(not _attribute(pdf, head, "/Scope") for head in heads):
            yield f"a table on page {page} has a head without a scope"
        if len({sum(int(_attribute(pdf, c, "/ColSpan") or 1) for c in row) for row in rows}) > 1:
            yield f"a table on page {page} has rows of different length"


def _attribute(pdf: Tree, tag: Tag, name: str) -> Any:
    found = pdf.value(tag.about.get("/A"))
    for each in found if isinstance(found, list) else [found]:
        if (value := pdf.get(each, name)) is not None:
            return value
    return None


def _figures(pdf: Tree) -> Iterator[str]:
    for tag in pdf.tags:
        texts = (plain(tag.about.get(key)) for key in ("/Alt", "/ActualText"))
        if tag.kind in ("Figure", "Formula") and not any(map(str.strip, texts)):
            yield f"a picture on page {tag.page + 1} has no text"


def _links(pdf: Tree) -> Iterator[str]:
    """Every link says where it goes, and stands in the tags."""
    tagged = {
        kid["/Obj"]
        for tag in pdf.tags
        for kid in _kids(pdf, tag)
        if isinstance(kid, dict) and "/Obj" in kid and tag.within("Link")
    }
    for number, page in enumerate(pdf.pages, start=1):
        for link in pdf.get(page, "/Annots") or ():
            if not plain(pdf.get(link, "/Contents")).strip():
                yield f"a link on page {number} does not say where it goes"
            if link not in tagged:
                yield f"a link on page {number} has no place in the tags"


def _kids(pdf: Tree, tag: Tag) -> list[Any]:
    kids = pdf.value(tag.about.get("/K", []))
    return [pdf.value(kid) for kid in kids] if isinstance(kids, list) else [kids]


def _strays(printed: Printed) -> Iterator[str]:
    """What is drawn has a tag, or is an artifact."""
    for sheet in sheets(printed.pdf):
        for run in sheet.drawn.runs:
            if run.mark >= 0 and run.mark not in sheet.tags:
                yield f'text on page {sheet.number + 1} has no place in the tags: "{run.said}"'
        if sheet.unmarked:
            yield f"page {sheet.number + 1} has something that is neither tagged nor an artifact"


_CHECKS: tuple[Callable[[Tree], Iterator[str]], ...] = (
    _file,
    _document,
    _headings,
    _parts,
    _tables,
    _figures,
    _links,
)

RULES: tuple[Rule[Printed], ...] = (tags,)
