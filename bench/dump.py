"""Write down what Plainleaf gives to WeasyPrint: dump.py FOLDER HANDOUT."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

from plainleaf.cli import main
from plainleaf.library import bundled
from plainleaf.page import typeset

FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><reset-dirs/><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def dump(folder: Path, handout: str) -> int:
    """Render once, and keep the HTML, the style sheets, the variant and the attachments."""
    fonts = bundled() / "styles" / "fonts"
    configuration = FONTS.format(fonts=fonts, cache=folder / "cache")
    (folder / "fonts.conf").write_text(configuration, encoding="utf-8")
    press = typeset._press(fonts.resolve())
    page: dict[str, Any] = {"sheets": [], "attachments": []}
    html, css, attachment = press.weasyprint.HTML, press.weasyprint.CSS, press.weasyprint.Attachment
    write_pdf = press.weasyprint.Document.write_pdf

    def keep_html(**named: Any) -> Any:
        page["html"] = named["string"]
        return html(**named)

    def keep_css(**named: Any) -> Any:
        page["sheets"].append({"css": named["string"], "base": named["base_url"]})
        return css(**named)

    def keep_attachment(**named: Any) -> Any:
        page["attachments"].append(
            {
                "name": named["name"],
                "description": named["description"],
                "date": named["created"].isoformat(),
                "text": named["string"].decode("utf-8"),
            }
        )
        return attachment(**named)

    def keep_variant(self: Any, *arguments: Any, **named: Any) -> Any:
        page["variant"] = named["pdf_variant"]
        return write_pdf(self, *arguments, **named)

    with (
        patch.object(press.weasyprint, "HTML", keep_html),
        patch.object(press.weasyprint, "CSS", keep_css),
        patch.object(press.weasyprint, "Attachment", keep_attachment),
        patch.object(press.weasyprint.Document, "write_pdf", keep_variant),
    ):
        code = main(["render", handout, "-o", str(folder / "plainleaf.pdf")])
    (folder / "page.json").write_text(json.dumps(page), encoding="utf-8")
    return code


if __name__ == "__main__":
    sys.exit(dump(Path(sys.argv[1]), sys.argv[2]))
