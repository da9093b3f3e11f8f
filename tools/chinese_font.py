"""Makes styles/fonts/NotoSansSC-*.ttf of Noto Sans CJK: chinese_font.py FOLDER-OF-TTC OUTPUT.

Kept are the signs of GB 2312, CJK punctuation and full-width forms, as static TrueType
outlines: a PDF of them is drawn the same by poppler and by MuPDF.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont, newTable

FAMILY = "Noto Sans SC"
MOST_ERROR = 1.0  # units of 1,000 an em
FIELDS = (
    *("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"),
    *("maxStackElements", "maxSizeOfInstructions", "maxComponentElements", "maxPoints"),
    *("maxContours", "maxCompositePoints", "maxCompositeContours", "maxComponentDepth"),
)
RANGES = ((0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x2027), (0x3000, 0x303F), (0xFF01, 0xFF65))


def wanted() -> set[int]:
    """The characters to keep."""
    found = {code for low, high in RANGES for code in range(low, high + 1)}
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found |= set(map(ord, bytes((row, cell)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return found


def true_type(font: TTFont) -> None:
    """Cubic outlines become quadratic ones, within MOST_ERROR."""
    names, glyphs = font.getGlyphOrder(), font.getGlyphSet()
    made = {}
    for name in names:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, MOST_ERROR, reverse_direction=True))
        made[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = names, made
    for name in names:
        font["glyf"][name].recalcBounds(font["glyf"])
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in FIELDS:
        setattr(maxp, field, 1 if field == "maxZones" else 0)
    for tag in ("CFF ", "VORG"):
        if tag in font:
            del font[tag]
    font["post"].formatType = 3.0
    font.sfntVersion = "\0\1\0\0"


def named(font: TTFont, face: str) -> None:
    """One family name of its own, so that no two files share one."""
    for record in list(font["name"].names):
        if record.nameID in (1, 2, 3, 4, 6, 16, 17):
            font["name"].removeNames(nameID=record.nameID)
    text = {1: FAMILY, 2: face, 3: f"{FAMILY} {face}", 4: f"{FAMILY} {face}"}
    text[6] = f"NotoSansSC-{face}"
    for id, value in text.items():
        font["name"].setName(value, id, 3, 1, 0x409)


def main(folder: str, output: str) -> None:
    for face in ("Regular", "Bold"):
        collection = TTCollection(Path(folder) / f"NotoSansCJK-{face}.ttc", lazy=True)
        font = next(one for one in collection if "CJK SC" in str(one["name"].getDebugName(4)))
        options = Options(layout_features=["kern"], name_IDs=["*"], hinting=False)
        options.drop_tables += ["vhea", "vmtx", "VORG", "BASE"]
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=wanted())
        subsetter.subset(font)
        true_type(font)
        named(font, face)
        font["head"].modified = font["head"].created
        font.recalcTimestamp = False
        font.save(Path(output) / f"NotoSansSC-{face}.ttf")


if __name__ == "__main__":
    main(*sys.argv[1:])
