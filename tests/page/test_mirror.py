"""A style sheet is mirrored for right-to-left pages, names of things aside."""

from __future__ import annotations

from pathlib import Path

import pytest

from plainleaf.page.mirror import mirrored

from .conftest import ROOT


@pytest.mark.parametrize(
    ("sheet", "other"),
    [
        (".a { margin-left: 1mm; float: right }", ".a { margin-right: 1mm; float: left }"),
        (".a { margin: 1mm 2mm 3mm 4mm }", ".a { margin: 1mm 4mm 3mm 2mm }"),
        (".a { padding: 0 calc(1mm + 2mm) 0 0 }", ".a { padding: 0 0 0 calc(1mm + 2mm) }"),
        (".a { margin: 1mm 2mm 3mm }", ".a { margin: 1mm 2mm 3mm }"),
        (".half-left { left: 0 }", ".half-left { right: 0 }"),
        (
            "@page { @bottom-left { text-align: left } }",
            "@page { @bottom-right { text-align: right } }",
        ),
        ("@page { margin: 1mm 2mm 3mm 4mm }", "@page { margin: 1mm 4mm 3mm 2mm }"),
        ('.a { background: url("left.svg") left }', '.a { background: url("left.svg") right }'),
        ('.a::before { content: "left" }', '.a::before { content: "left" }'),
        ("/* left */ .bright { color: #fff }", "/* left */ .bright { color: #fff }"),
        (".a { border-left-width: 0 }", ".a { border-right-width: 0 }"),
        (".a { border-width: 1px 2px 3px 4px }", ".a { border-width: 1px 4px 3px 2px }"),
        (".a { text-align: start; direction: ltr }", ".a { text-align: start; direction: ltr }"),
    ],
)
def test_sides_are_exchanged(sheet: str, other: str) -> None:
    assert mirrored(sheet) == other


@pytest.mark.parametrize("path", sorted(ROOT.glob("styles/*/*.css")), ids=lambda path: path.name)
def test_twice_mirrored_is_as_it_was(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    again = mirrored(mirrored(text))
    assert again.replace(" ", "") == text.replace(" ", "")
