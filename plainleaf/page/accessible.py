"""Finishing a PDF, so that a screen reader meets the leaflet and not its furniture."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from plainleaf.problems import ContentError, Problem

if TYPE_CHECKING:
    import pikepdf

WEB = {"http", "https"}
SCHEMES = WEB | {"mailto", "tel"}
MEDIA_TYPES = {
    "ics": "text/calendar",
    "json": "application/json",
    "po": "text/x-gettext-translation",
    "yaml": "application/yaml",
}

_POINTS = 0.75  # in a CSS pixel
_MARKED = re.compile(rb"/\w+\s<</MCID (\d+)>>\sBDC(.*?)(?=EMC)", re.DOTALL)
_DOWN = re.compile(rb"[-.\d]+ [-.\d]+ [-.\d]+ [-.\d]+ [-.\d]+ ([-.\d]+) Tm")
_DRAWN = re.compile(rb"/Artifact\sBMC\s((?:(?!EMC).)*Do)\sEMC", re.DOTALL)
_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>\
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>\
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>\
</rdf:Description>
"""


@dataclass(frozen=True)
class LinkWords:
    """The words that say where a link goes, in the leaflet's language."""

    web_page: str = "web page"
    page: str = "page"


def finish(
    data: bytes,
    *,
    draft: str = "",
    words: LinkWords | None = None,
    relationships: Mapping[str, str] | None = None,
    zoom: float = 1,
) -> bytes:
    """The PDF as PDF/UA-1, with artifacts, languages, scopes, links and figures put right.

    `draft` is the word that stands behind every page, `relationships` what each attached file, by
    its name, is to the leaflet, `zoom` how much larger than laid out its pages are. Raises
    ContentError for what no program can mend: a character no font has, a link in a margin, an
    address of a strange kind.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = pdf.Root.StructTreeRoot
        numbers = _by_number(root.ParentTree)
        reachable = {element.objgen for element in elements(root)}
        _check_fonts(pdf)
        for page in pdf.pages:
            _mark_furniture(page, numbers, reachable, draft, _POINTS * zoom)
        _describe_links(pdf, numbers, reachable, words or LinkWords())
        _name_languages(root, str(pdf.Root.get("/Lang", "")))
        for element in elements(root):
            if element.S == "/Figure":
                _place_figure(element, _POINTS * zoom)
        _describe_attachments(pdf, relationships or {})
        _identify(pdf)
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        output = io.BytesIO()
        pdf.save(
            output,
            deterministic_id=True,
            compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return output.getvalue()


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every structure element below `node`, in reading order."""
    import pikepdf

    kids = node.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def _by_number(tree: pikepdf.Object) -> dict[int, Any]:
    """The parent tree as a dictionary. WeasyPrint writes it flat."""
    flat = list(tree.Nums)
    return dict(zip(map(int, flat[::2]), flat[1::2], strict=True))


def _check_fonts(pdf: pikepdf.Pdf) -> None:
    """Refuse the mark of a missing character: a font whose encoding WeasyPrint had to invent."""
    import pikepdf

    for font in pdf.pages[0].Resources.get("/Font", pikepdf.Dictionary()).values():
        if isinstance(font.get("/Encoding"), pikepdf.Stream):
            raise ContentError(Problem(f"a character is missing from {str(font.BaseFont)[1:]}"))


def _mark_furniture(
    page: pikepdf.Page, numbers: dict[int, Any], reachable: set[Any], draft: str, points: float
) -> None:
    """Headers and footers leave the structure tree and become artifacts; so does DRAFT."""
    parents = numbers[int(page.obj.StructParents)]
    lost = {number for number, parent in enumerate(parents) if parent.objgen not in reachable}
    middle = float(page.trimbox[3]) / points / 2

    def artifact(match: re.Match[bytes]) -> bytes:
        if int(match[1]) not in lost:
            return match[0]
        lost.remove(int(match[1]))
        parents[int(match[1])] = None
        down = _DOWN.search(match[2])
        place = b"Header" if down and float(down[1]) < middle else b"Footer"
        return b"/Artifact <</Type /Pagination /Subtype /%s>> BDC%s" % (place, match[2])

    content = _MARKED.sub(artifact, page.Contents.read_bytes())
    if lost:
        raise ContentError(Problem("a header or footer cannot be told from the text"))
    if draft:
        # Poppler loses a slanting word letter by letter: ActualText says it whole.
        begin = b"/Artifact <</Type /Pagination /Subtype /Watermark>> BDC\n"
        begin += b"/Span <</ActualText <FEFF%s>>> BDC\n" % draft.encode("utf-16-be").hex().encode()
        content, found = _DRAWN.subn(
            lambda drawn: begin + drawn[1] + b"\nEMC\nEMC", content, count=1
        )
        if not found:
            raise ContentError(Problem(f"the word {draft} is missing from a page"))
    page.Contents.write(content)


def _describe_links(
    pdf: pikepdf.Pdf, numbers: dict[int, Any], reachable: set[Any], words: LinkWords
) -> None:
    """A link says its text and where it goes; WeasyPrint's `Contents` are the text alone."""
    places = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    targets = _targets(pdf)
    for page in pdf.pages:
        for link in page.obj.get("/Annots", ()):
            if numbers[int(link.StructParent)].objgen not in reachable:
                hint = "write the address as plain words there"
                raise ContentError(Problem("a header or footer holds a link", hint=hint))
            text = str(link.Contents)
            if "/Dest" in link:
                goes = f"{words.page} {places[targets[str(link.Dest)].objgen]}"
            else:
                goes = _address(str(link.A.URI), words)
            link.Contents = text if goes in text else f"{text}, {goes}"


def _targets(pdf: pikepdf.Pdf) -> dict[str, Any]:
    """The page of every named place in the document."""
    names = pdf.Root.get("/Names")
    if names is None or "/Dests" not in names:
        return {}
    flat = list(names.Dests.Names)
    return {str(name): place[0] for name, place in zip(flat[::2], flat[1::2], strict=True)}


def _address(uri: str, words: LinkWords) -> str:
    """Where an outside link goes, in words. Raises ContentError for a scheme nobody expects."""
    scheme = urlsplit(uri).scheme.lower()
    if scheme not in SCHEMES:
        hint = "use " + ", ".join(sorted(SCHEMES))
        raise ContentError(Problem(f"a link goes to {uri[:80]}", hint=hint))
    if scheme == "tel":
        return ""  # the number is the text; read out twice it confuses
    return f"{words.web_page} {uri}" if scheme in WEB else uri.partition(":")[2]


def _name_languages(node: pikepdf.Object, language: str) -> None:
    """Keep a language only where it changes, as `lang=` does."""
    import pikepdf

    for kid in node.get("/K", ()) if isinstance(node.get("/K"), pikepdf.Array) else ():
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            own = str(kid.get("/Lang", language))
            if own == language and "/Lang" in kid:
                del kid["/Lang"]
            _name_languages(kid, own)


def _place_figure(figure: pikepdf.Object, points: float) -> None:
    """Turn a figure's box from CSS pixels, y down, into points, y up."""
    left, top, right, bottom = (float(edge) * points for edge in figure.A.BBox)
    height = float(figure.Pg.TrimBox[3])
    figure.A.BBox = [round(edge, 3) for edge in (left, height - bottom, right, height - top)]


def _describe_attachments(pdf: pikepdf.Pdf, relationships: Mapping[str, str]) -> None:
    """Name each attached file once, with its own relationship and a media type from our table.

    WeasyPrint mixes up files with the same bytes, and asks the machine for the media type.
    """
    import pikepdf

    files: list[pikepdf.Object] = []
    for file in pdf.Root.get("/AF", ()):
        if file.objgen in {known.objgen for known in files}:
            continue
        files.append(file)
        suffix = str(file.UF).rpartition(".")[2].lower()
        media_type = MEDIA_TYPES.get(suffix, "application/octet-stream")
        file.EF.F.Subtype = pikepdf.Name("/" + media_type)
        file.AFRelationship = pikepdf.Name("/" + relationships.get(str(file.UF), "Unspecified"))
    if files:
        pdf.Root.AF = pikepdf.Array(files)


def _identify(pdf: pikepdf.Pdf) -> None:
    """Say PDF/UA-1 in the XMP packet; PDF/A asks for the schema of that claim beside it."""
    packet = pdf.Root.Metadata.read_bytes()
    head, end, tail = packet.rpartition(b"</rdf:RDF>")
    pdf.Root.Metadata.write(head + _UA + end + tail)
