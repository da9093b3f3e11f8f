"""The template engine: sandboxed, escaping, strict about names, compiled once a machine."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from jinja2 import FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup


@cache
def environment(styles: Path) -> ImmutableSandboxedEnvironment:
    """Templates of a styles folder; they see what they are given and can change nothing."""
    made = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(styles),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_kept(),
    )
    made.filters["css_string"] = css_string
    return made


def css_string(text: str) -> Markup:
    """A CSS string literal that says exactly this text, line breaks included."""
    escaped = "".join(
        char if char.isalnum() or char in " .,:;-–—()/" else f"\\{ord(char):06x}" for char in text
    )
    return Markup(f'"{escaped}"')


def literal(text: str) -> Markup:
    """Text of a person, printed as it stands in its own direction, whatever stands round it."""
    return Markup('<span class="literal">\u2068{}\u2069</span>').format(text)


def _kept() -> FileSystemBytecodeCache | None:
    """Compiled templates, in a folder that this user alone can write; none where that fails."""
    try:
        home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        folder = Path(home) / "plainleaf" / "templates"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
    except (OSError, RuntimeError):
        return None
    mine = found.st_uid == os.getuid() and not found.st_mode & 0o022 and os.access(folder, os.W_OK)
    return FileSystemBytecodeCache(str(folder)) if mine else None
