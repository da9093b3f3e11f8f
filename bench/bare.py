"""What one would write without Plainleaf: the same HTML, CSS and attachment to WeasyPrint.

bare.py FOLDER OUTPUT, where the folder is what dump.py left.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path

given, output = Path(sys.argv[1]), Path(sys.argv[2])
os.environ["FONTCONFIG_FILE"] = str(given / "fonts.conf")

from weasyprint import CSS, HTML, Attachment  # noqa: E402 - reads the fonts' place once

page = json.loads((given / "page.json").read_text(encoding="utf-8"))
HTML(string=page["html"]).write_pdf(
    output,
    stylesheets=[CSS(string=sheet["css"], base_url=sheet["base"]) for sheet in page["sheets"]],
    pdf_variant=page["variant"],
    attachments=[
        Attachment(
            string=attachment["text"],
            name=attachment["name"],
            description=attachment["description"],
            created=datetime.fromisoformat(attachment["date"]),
            modified=datetime.fromisoformat(attachment["date"]),
        )
        for attachment in page["attachments"]
    ],
)
