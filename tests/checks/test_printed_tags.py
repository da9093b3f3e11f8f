"""The tags of a good copy are broken one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from plainleaf.checks import Printed, check_printed
from plainleaf.page.accessible import elements
from tests.checks.given import copy, first_page
from tests.checks.test_printed import mended

EXTRA = (
    '<h2>Part</h2><p>See <a href="https://example.org">here</a>.</p><table><thead><tr>'
    '<th scope="col">Dose</th><th scope="col">Days</th></tr></thead><tbody><tr>'
    '<th scope="row">5</th><td>7</td></tr></tbody></table>'
    '<svg width="40" height="40"><title>A square</title><rect width="40" height="40"/></svg>'
)


@pytest.fixture(scope="module")
def tagged() -> Printed:
    style = "@page { @bottom-left { content: 'Foot'; font: 10.5pt Inter } }"
    return copy(first_page(EXTRA, style))


def the(pdf: Pdf, kind: str, number: int = 0) -> pikepdf.Object:
    """A structure element of a kind."""
    return [each for each in elements(pdf.Root.StructTreeRoot) if each.S == f"/{kind}"][number]


def test_good_tags(tagged: Printed) -> None:
    assert check_printed(tagged) == []


def called(kind: str, into: str, number: int = 0) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        the(pdf, kind, number).S = Name(f"/{into}")

    return change


def no_key(find: Callable[[Pdf], pikepdf.Object], key: str) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        del find(pdf)[key]

    return change


def no_place_for_a_link(pdf: Pdf) -> None:
    link = the(pdf, "Link")
    link.K = Array([kid for kid in link.K if isinstance(kid, int)])
    for kid in elements(link):
        kid.S = Name.Span


def no_artifact(pdf: Pdf) -> None:
    content = pdf.pages[0].Contents
    data = content.read_bytes()
    assert b"/Subtype /Footer>> BDC" in data
    content.write(
        data.replace(b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC", b"/Span BMC")
    )


def stray(pdf: Pdf) -> None:
    data = pdf.pages[0].Contents.read_bytes()
    pdf.pages[0].Contents.write(data.replace(b"/Type /Pagination /Subtype /Footer", b"/MCID 999"))


def two_documents(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.K.append(pdf.make_indirect(Dictionary(S=Name.Document, K=Array())))


def short_row(pdf: Pdf) -> None:
    row = the(pdf, "TR", 1)
    row.K = Array(list(row.K)[:1])


def untitled(pdf: Pdf) -> None:
    data = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(
        data.replace(b"<dc:title>", b"<dc:type>").replace(b"</dc:title>", b"</dc:type>")
    )


BROKEN: list[tuple[Callable[[Pdf], None], str]] = [
    (no_key(lambda pdf: pdf.Root, "/MarkInfo"), "does not say that it is tagged"),
    (no_key(lambda pdf: pdf.Root, "/Lang"), "does not say its language"),
    (no_key(lambda pdf: pdf.Root, "/ViewerPreferences"), "the name of its file instead"),
    (untitled, "the PDF has no title"),
    (no_key(lambda pdf: pdf.pages[0].obj, "/Tabs"), "the links of page 1 are not in the order"),
    (two_documents, "one Document that holds all"),
    (called("LI", "P"), "page 1 has a P in a L"),
    (called("TD", "P"), "page 1 has a P in a TR"),
    (called("L", "P"), "page 1 has a LI outside a L"),
    (no_key(lambda pdf: the(pdf, "TH"), "/A"), "a head without a scope"),
    (short_row, "rows of different length"),
    (no_key(lambda pdf: the(pdf, "Figure"), "/Alt"), "a picture on page 1 has no text"),
    (no_key(lambda pdf: pdf.pages[0].Annots[0], "/Contents"), "does not say where it goes"),
    (no_place_for_a_link, "a link on page 1 has no place in the tags"),
    (no_artifact, "neither tagged nor an artifact"),
    (stray, 'text on page 1 has no place in the tags: "Foot"'),
    (called("H1", "H2"), "a heading H2 as the first heading"),
    (called("H2", "H4"), "a heading H4 after H1"),
]


@pytest.mark.parametrize(("change", "said"), BROKEN, ids=[said for _, said in BROKEN])
def test_broken_tags(tagged: Printed, change: Callable[[Pdf], None], said: str) -> None:
    problems = check_printed(replace(tagged, pdf=mended(tagged.pdf, change)))
    assert any(said in problem.message for problem in problems if problem.rule == "tags")
    with_it = {"reading-order", "text-lost"} if said.startswith(("a heading", "rows of")) else set()
    assert {problem.rule for problem in problems} <= {"tags"} | with_it


def test_a_table_without_heads() -> None:
    problems = check_printed(copy(first_page("<table><tr><td>1</td><td>2</td></tr></table>")))
    assert [(each.rule, each.message) for each in problems] == [
        ("tags", "a table on page 1 has no heads")
    ]


def test_tags_in_another_order(tagged: Printed) -> None:
    def change(pdf: Pdf) -> None:
        items = the(pdf, "L")
        items.K = Array([items.K[1], items.K[0], *list(items.K)[2:]])

    problems = check_printed(replace(tagged, pdf=mended(tagged.pdf, change)))
    assert {problem.rule for problem in problems} == {"reading-order"}
    assert all("out of order" in problem.message for problem in problems)


def test_a_heading_that_is_tagged_as_a_paragraph(tagged: Printed) -> None:
    problems = check_printed(replace(tagged, pdf=mended(tagged.pdf, called("H2", "P"))))
    assert [problem.rule for problem in problems] == ["reading-order"]
    assert 'no heading, and the HTML says H2: "Part"' in problems[0].message


def test_alternative_texts_of_other_kinds(tagged: Printed) -> None:
    def change(pdf: Pdf) -> None:
        figure = the(pdf, "Figure")
        figure.ActualText = String("A square")
        del figure["/Alt"]

    assert check_printed(replace(tagged, pdf=mended(tagged.pdf, change))) == []
