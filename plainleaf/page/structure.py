"""What WeasyPrint knows while it builds the structure tree, and forgets to write there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_SCOPES = {"row": "/Row", "rowgroup": "/Row", "col": "/Column", "colgroup": "/Column"}


def carry_attributes() -> None:
    """Have language, header scope and link text written into the structure tree from now on.

    Wraps one private function of WeasyPrint 70: it alone sees the box and the tag together.
    `accessible.finish` checks that the wrapper worked, and cleans up after it.
    """
    from weasyprint.pdf import tags

    original = tags._build_box_tree
    if getattr(original, "carries_attributes", False):
        return

    def build_box_tree(box: Any, *arguments: Any) -> Iterator[Any]:
        for element in original(box, *arguments):
            _carry(getattr(box, "_box", box), element)
            yield element

    build_box_tree.carries_attributes = True  # type: ignore[attr-defined]
    tags._build_box_tree = build_box_tree


def _carry(box: Any, element: Any) -> None:
    """Copy from the box what its structure element lacks. Inner boxes come first and are kept."""
    import pydyf

    if "Lang" not in element and box.style["lang"]:
        element["Lang"] = pydyf.String(box.style["lang"])
    if box.element is None:
        return
    if element["S"] == "/TH" and "Scope" not in element["A"]:
        scope = box.element.get("scope", "")
        element["A"]["Scope"] = _SCOPES.get(scope.lower(), "/Column")
    link = box.link_annotation
    if link is not None and element["S"] == "/Link":
        link["Contents"] = pydyf.String(" ".join("".join(box.element.itertext()).split()))
