"""What a screen reader meets: walked through in the finished file, tag by tag."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest

from plainleaf.page.accessible import LinkWords, elements
from plainleaf.page.typeset import typeset
from plainleaf.problems import ContentError

from .conftest import FONTS, WHEN, page


@pytest.fixture
def pdf(sample: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(sample)) as pdf:
        yield pdf


def tagged(pdf: pikepdf.Pdf, tag: str) -> list[pikepdf.Object]:
    return [element for element in elements(pdf.Root.StructTreeRoot) if element.S == tag]


def opened(body: str, css: str = "", **options: object) -> pikepdf.Pdf:
    data = typeset(page(body, css), when=WHEN, fonts=FONTS, **options)  # type: ignore[arg-type]
    return pikepdf.open(io.BytesIO(data))


def marks(sheet: pikepdf.Page) -> list[tuple[str, pikepdf.Object]]:
    """The tag and properties of each marked content of a page."""
    empty = pikepdf.Dictionary()
    return [
        (str(step.operands[0]), step.operands[1] if len(step.operands) > 1 else empty)
        for step in pikepdf.parse_content_stream(sheet)
        if str(step.operator) in ("BDC", "BMC")
    ]


def test_it_claims_both_standards(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert metadata["dc:title"] == "Sample leaflet"


def test_the_title_is_shown_and_tabs_follow_the_structure(pdf: pikepdf.Pdf) -> None:
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.Root.Lang) == "en"
    assert {str(sheet.obj.Tabs) for sheet in pdf.pages} == {"/S"}


def test_the_order_of_tags_is_the_order_of_reading(pdf: pikepdf.Pdf) -> None:
    (document,) = pdf.Root.StructTreeRoot.K
    tags = [str(element.S)[1:] for element in document.K]
    assert tags == ["H1", "P", "Sect", "Sect", "Table", "NonStruct", "H2", "P"]


def test_headers_and_footers_are_artifacts(pdf: pikepdf.Pdf) -> None:
    for sheet in pdf.pages:
        kinds = [
            str(properties.Subtype)
            for tag, properties in marks(sheet)
            if tag == "/Artifact" and properties.get("/Type") == "/Pagination"
        ]
        assert kinds == ["/Watermark", "/Header", "/Footer", "/Footer"]


def test_every_mark_is_in_the_tree_and_the_tree_is_on_the_page(pdf: pikepdf.Pdf) -> None:
    tree = pdf.Root.StructTreeRoot.ParentTree.Nums
    parents = dict(zip(map(int, tree[::2]), tree[1::2], strict=True))
    for sheet in pdf.pages:
        drawn = {int(mark.MCID) for tag, mark in marks(sheet) if "/MCID" in mark}
        held = {
            int(kid)
            for element in elements(pdf.Root.StructTreeRoot)
            if "/Pg" in element and element.Pg.objgen == sheet.objgen
            for kid in element.K
            if not isinstance(kid, pikepdf.Object)
        }
        listed = parents[int(sheet.obj.StructParents)]
        assert drawn == held == {number for number, parent in enumerate(listed) if parent}


def test_header_cells_say_what_they_head(pdf: pikepdf.Pdf) -> None:
    assert [str(cell.A.Scope) for cell in tagged(pdf, "/TH")] == [
        "/Column",
        "/Column",
        "/Row",
        "/Row",
    ]


def test_scope_is_column_unless_the_page_says_row() -> None:
    rows = "<tr><th>A<th scope=col>B</tr><tr><th scope=row>C<td>D</tr>"
    with opened(f"<h1>A</h1><table>{rows}</table>") as pdf:
        scopes = [str(cell.A.Scope) for cell in tagged(pdf, "/TH")]
    assert scopes == ["/Column", "/Column", "/Row"]


def test_a_language_is_said_where_it_changes(pdf: pikepdf.Pdf) -> None:
    said = [
        str(element.Lang) for element in elements(pdf.Root.StructTreeRoot) if "/Lang" in element
    ]
    assert said == ["cy"]


def test_a_language_changes_back_inside() -> None:
    with opened('<h1>A</h1><p lang="fr">un <b>deux</b> <i lang="en">three</i></p>') as pdf:
        said = [
            (str(element.S), str(element.Lang))
            for element in elements(pdf.Root.StructTreeRoot)
            if "/Lang" in element
        ]
    assert said == [("/P", "fr"), ("/NonStruct", "en")]


def test_links_say_their_text_and_where_they_go(pdf: pikepdf.Pdf) -> None:
    said = {str(link.Contents) for sheet in pdf.pages for link in sheet.obj.get("/Annots", ())}
    assert said == {
        "the plan, page 2",
        "our advice, web page https://example.org/a",
        "01632 960 123",
    }


def test_links_speak_the_leaflets_language() -> None:
    words = LinkWords(web_page="página web", page="página")
    body = '<h1 id="a">A</h1><p><a href="#a">uno</a> <a href="https://example.org/">dos</a></p>'
    with opened(body, words=words) as pdf:
        said = [str(link.Contents) for link in pdf.pages[0].obj.Annots]
    assert said == ["uno, página 1", "dos, página web https://example.org/"]


def test_a_link_over_two_lines_says_all_of_itself_twice() -> None:
    body = '<h1>A</h1><p style="width: 20mm"><a href="mailto:a@example.org">write to us</a></p>'
    with opened(body) as pdf:
        said = [str(link.Contents) for link in pdf.pages[0].obj.Annots]
    assert said == ["write to us, a@example.org"] * 2


def test_a_link_in_a_margin_is_an_error() -> None:
    css = "@page { @top-left { content: element(m) } } .m { position: running(m) }"
    body = '<p class="m"><a href="https://example.org">A</a></p><h1>B</h1>'
    with pytest.raises(ContentError, match="a header or footer holds a link"):
        opened(body, css)


def test_a_figure_says_what_it_shows_and_where_it_is() -> None:
    css = "@page { size: 200pt 300pt; margin: 0 } svg { position: absolute; left: 20pt; top: 30pt }"
    body = (
        '<h1>A</h1><svg xmlns="http://www.w3.org/2000/svg" width="40pt" height="50pt" '
        'viewBox="0 0 4 5"><title>5 in 100</title><path d="M0 0h4v5z"/></svg>'
    )
    with opened(body, css) as pdf:
        (figure,) = tagged(pdf, "/Figure")
        assert str(figure.Alt) == "5 in 100"
        assert [round(float(edge), 1) for edge in figure.A.BBox] == [20, 220, 60, 270]


def test_a_picture_without_words_is_an_error() -> None:
    with pytest.raises(ContentError, match="no required alt"):
        opened(
            "<h1>A</h1><img src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E\">"
        )


def test_running_text_and_tables_in_margins_leave_the_tree(verapdf: Callable[..., None]) -> None:
    css = (
        "@page { @top-left { content: element(m) } @bottom-left { content: 'Foot';"
        "border: 1px solid; background: #eee } } .m { position: running(m) }"
    )
    body = '<div class="m"><p>Running</p><ul><li>One</li></ul></div><h1>B</h1><p>C</p>'
    data = typeset(page(body, css), when=WHEN, fonts=FONTS)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        tags = [str(element.S) for element in elements(pdf.Root.StructTreeRoot)]
        assert tags == ["/Document", "/H1", "/Span", "/P", "/Span"]
    verapdf(data)


def test_poppler_reads_the_tags_in_order(
    sample: bytes, tmp_path: Path, run: Callable[..., str]
) -> None:
    (tmp_path / "sample.pdf").write_bytes(sample)
    read = re.findall(r'"(.*)"', run("pdfinfo", "-struct-text", tmp_path / "sample.pdf"))
    text = " ".join(" ".join(read).split())
    for furniture in ("Kicker", "sample 0.3", "Page 1", "DRAFT"):
        assert furniture not in text
    assert text.index("Label one") < text.index("First text") < text.index("Label two")
    assert text.index("Week 1") < text.index("Week 2") < text.index("The plan")


def test_the_file_is_small_and_whole(pdf: pikepdf.Pdf, sample: bytes) -> None:
    assert pdf.check_pdf_syntax() == []
    assert len(sample) < 60_000
