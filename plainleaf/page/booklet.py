"""Pages imposed as a booklet: two beside each other on a side of a sheet, to fold and staple."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from plainleaf.page.setting import Paper
from plainleaf.problems import ContentError, Problem

if TYPE_CHECKING:
    import pikepdf

Side = tuple[int | None, int | None]  # the pages left and right, from 0; None is a blank one

_SHEETS: dict[Paper, tuple[float, float]] = {  # points, lying on the long edge
    "a4": (841.889764, 595.275591),
    "letter": (792, 612),
}
_EXTENSION = "{http://www.aiim.org/pdfa/ns/extension/}schemas"
_DRAFT = re.compile(rb"\A(?:(?!BT\s).)*?/Subtype /Watermark>> BDC.*? Do\s", re.DOTALL)
_SAVED = re.compile(rb"(?<!\S)[qQ](?!\S)")
_PLACED = b"q 1 0 0 1 %.6f %.6f cm /%s Do Q\n"
# Where to fold: a tick of 4 mm, 5 mm from each end of the fold.
_FOLD = b"q 0.54 0.59 0.61 RG 0.5 w %.6f %.6f m %.6f %.6f l %.6f %.6f m %.6f %.6f l S Q\n"
_FREE, _TICK = 14.173228, 11.338583


def sides(count: int, rtl: bool = False) -> list[Side]:
    """Which of `count` pages stand on each side: front and back of the outermost sheet first.

    They are filled up to a multiple of four. The blank ones come last, so the back cover is the
    first to be blank. Right to left the fold is at the right of page 1."""
    total = -(-count // 4) * 4
    found: list[Side] = []
    for low in range(total // 2):
        high = total - 1 - low
        first, last = (low if low < count else None), (high if high < count else None)
        found.append((last, first) if (low % 2 == 0) is not rtl else (first, last))
    return found


def impose(data: bytes, paper: Paper, rtl: bool = False, draft: bool = False) -> bytes:
    """A finished PDF of half sheets as a booklet: PDF/A-3b, to print on both sides and fold.

    It has no tags and no links, which do not survive: they are in the pages it was made of. The
    attached source stays. Blank pages of a `draft` say so too. The same bytes from the same PDF.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        count = len(pdf.pages)
        shared = pdf.make_indirect(pdf.pages[0].obj.Resources)
        forms = [page.as_form_xobject() for page in pdf.pages]
        for form, page in zip(forms, pdf.pages, strict=True):
            own = page.obj.Resources
            form.Resources = shared if own.objgen == shared.objgen else own
        blank = _blank(pdf, forms[-1]) if draft and count % 4 else None
        width, height = _SHEETS[paper]
        for number, side in enumerate(sides(count, rtl)):
            held = [blank if at is None else forms[at] for at in side]
            pdf.pages.append(pikepdf.Page(_side(pdf, held, width, height, fold=number == 0)))
        del pdf.pages[:count]
        _print_only(pdf, rtl)
        output = io.BytesIO()
        pdf.save(
            output,
            deterministic_id=True,
            compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return output.getvalue()


def _side(
    pdf: pikepdf.Pdf,
    held: list[pikepdf.Object | None],
    width: float,
    height: float,
    fold: bool,
) -> pikepdf.Object:
    """One side of a sheet, each page in the middle of its half; `fold` marks where to fold."""
    import pikepdf

    content, drawn = b"", pikepdf.Dictionary()
    for half, form in enumerate(held):
        if form is None:
            continue
        _, _, wide, tall = (float(edge) for edge in form.BBox)
        left = width / 2 * half + (width / 2 - wide) / 2
        name = b"P%d" % half
        drawn["/" + name.decode()] = form
        content += _PLACED % (left, (height - tall) / 2, name)
    if fold:
        middle, top = width / 2, height - _FREE
        ends = (middle, _FREE, middle, _FREE + _TICK, middle, top, middle, top - _TICK)
        content += _FOLD % ends
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[0, 0, round(width, 6), round(height, 6)],
            Resources=pikepdf.Dictionary(XObject=drawn),
            Contents=pdf.make_stream(content),
        )
    )


def _blank(pdf: pikepdf.Pdf, form: pikepdf.Object) -> pikepdf.Object:
    """A page that has nothing but the word DRAFT behind it, as `form` has it."""
    found = _DRAFT.match(form.read_bytes())
    if not found:
        raise ContentError(Problem("the word DRAFT is missing from a page of the booklet"))
    saved = _SAVED.findall(found[0])
    end = b"EMC\nEMC\n" + b"Q\n" * (saved.count(b"q") - saved.count(b"Q"))
    blank = pdf.make_stream(found[0] + end)
    for key in ("/Type", "/Subtype", "/BBox", "/Resources"):
        blank[key] = form[key]
    return blank


def _print_only(pdf: pikepdf.Pdf, rtl: bool) -> None:
    """No tags and no places to go to, and how to print: both sides, short edge, not scaled."""
    import pikepdf

    for key in ("/StructTreeRoot", "/MarkInfo", "/Outlines", "/OpenAction", "/PageMode"):
        if key in pdf.Root:
            del pdf.Root[key]
    if "/Names" in pdf.Root and "/Dests" in pdf.Root.Names:
        del pdf.Root.Names["/Dests"]
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(
        DisplayDocTitle=True,
        Direction=pikepdf.Name.R2L if rtl else pikepdf.Name.L2R,
        Duplex=pikepdf.Name.DuplexFlipShortEdge,
        PickTrayByPDFSize=True,
        PrintScaling=pikepdf.Name("/None"),
    )
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        meta["pdfaid:conformance"] = "B"
        for claim in ("{http://www.aiim.org/pdfua/ns/id/}part", _EXTENSION):
            if claim in meta:
                del meta[claim]
