"""What a page may open: pictures, fonts and style sheets of the given folders, and nothing else."""

from __future__ import annotations

import base64
import binascii
import io
import os
import re
import stat
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from plainleaf.page.fonts import FONT_FILES

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse

MOST_BYTES = 5_000_000
MOST_FONT_BYTES = 20_000_000
MOST_FILES = 200
MOST_PIXELS = 40_000_000
PICTURES = ("PNG", "JPEG", "GIF", "WEBP")

_SVG = "image/svg+xml"
_OUTSIDE = re.compile(r"""url\(\s*["']?\s*(?!["']?\s*(?:#|data:))|@import|\\""", re.IGNORECASE)
_DECLARED = re.compile(r"<!doctype|<!entity|<\?xml-stylesheet|<\?xml[^>]*encoding", re.IGNORECASE)
_UTF8 = re.compile(r"""^\s*<\?xml[^>]*encoding=["']utf-8["'][^>]*\?>""", re.IGNORECASE)


class Refused(ValueError):
    """The page asked for something it may not have."""


class Fetcher:
    """WeasyPrint's URL fetcher, without a network, redirects, or a way out of `folders`.

    WeasyPrint turns what is raised here into a line of its log, so every refusal is kept in
    `refusals` too: one of them fails the page.
    """

    _fail_on_errors = False  # WeasyPrint reads this when a fetch raises

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        self.folders = tuple(folder.resolve() for folder in folders)
        self.refusals: list[str] = []
        self.count = 0

    def __call__(self, url: str) -> URLFetcherResponse:
        """The bytes behind a data: or file: address. Raises Refused."""
        return self.fetch(url)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """As above; the second argument is part of WeasyPrint's interface and ignored."""
        from weasyprint.urls import URLFetcherResponse

        shown = url if len(url) <= 100 else url[:97] + "…"
        try:
            data, media_type = self._open(url)
        except Refused as refusal:
            self.refusals.append(f"{shown}: {refusal}")
            raise
        except Exception as error:
            self.refusals.append(f"{shown}: cannot be read ({type(error).__name__})")
            raise Refused(self.refusals[-1]) from error
        # A picture gets no path, or WeasyPrint opens the file a second time, unchecked.
        base = url if media_type == "text/css" else "about:blank"
        return URLFetcherResponse(base, data, {"Content-Type": media_type})

    def _open(self, url: str) -> tuple[bytes, str]:
        self.count += 1
        if self.count > MOST_FILES:
            raise Refused(f"a page may not use more than {MOST_FILES} files")
        scheme = url.split(":", 1)[0].lower()
        if scheme == "data":
            data, name = _data(url), ""
        elif scheme == "file":
            path = _inside(url, self.folders)
            data, name = _read(path), path.suffix.lower()
        else:
            raise Refused("only files of the leaflet's own folders may be used, no network")
        return data, _checked(data, name, url)


def _data(url: str) -> bytes:
    """The bytes of a data: address."""
    if len(url) > 4 * MOST_BYTES:
        raise Refused("is too large")
    head, comma, body = url.partition(",")
    if not comma:
        raise Refused("is not a data: address")
    raw = unquote_to_bytes(body)
    if head.lower().endswith(";base64"):
        try:
            raw = base64.b64decode(raw, validate=True)
        except binascii.Error as error:
            raise Refused("is not base64") from error
    if len(raw) > MOST_BYTES:
        raise Refused("is too large")
    return raw


def _inside(url: str, folders: tuple[Path, ...]) -> Path:
    """The real path of a file: address, which must lie in one of the folders."""
    parts = urlsplit(url)
    path = Path(unquote(parts.path))
    if parts.netloc not in ("", "localhost") or parts.query or "\0" in str(path):
        raise Refused("is not a plain file address")
    if ".." in path.parts:
        raise Refused("leads out of its folder")
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise Refused("no such file") from error
    if not any(real.is_relative_to(folder) for folder in folders):
        raise Refused("lies outside the leaflet's own folders")
    return real


def _read(path: Path) -> bytes:
    """The bytes of an ordinary file, up to the limit of its kind."""
    most = MOST_FONT_BYTES if path.suffix.lower() in FONT_FILES else MOST_BYTES
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise Refused("is not an ordinary file")
        data = file.read(most + 1)
    if len(data) > most:
        raise Refused(f"is larger than {most // 1_000_000} MB")
    return data


def _checked(data: bytes, suffix: str, url: str) -> str:
    """The media type of what was read, after its own checks."""
    declared = url[5:].split(",", 1)[0].split(";", 1)[0].lower() if not suffix else ""
    if suffix == ".css" or declared == "text/css":
        return "text/css"
    if suffix in FONT_FILES:
        return "font/sfnt"
    if suffix == ".svg" or declared == _SVG or data.lstrip()[:1] == b"<":
        check_svg(data)
        return _SVG
    return check_picture(data)


def check_picture(data: bytes) -> str:
    """Refuse a picture by its header, before a pixel of it is decoded. Returns its media type."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=PICTURES) as picture:
                pixels = picture.width * picture.height
                kind = Image.MIME.get(picture.format or "", "")
    except Image.DecompressionBombError as error:
        raise Refused("has too many pixels") from error
    except Exception as error:
        raise Refused("is not a picture of a kind that can be printed") from error
    if pixels > MOST_PIXELS:
        raise Refused(f"has too many pixels (at most {MOST_PIXELS // 1_000_000} million)")
    return kind


def check_svg(data: bytes) -> None:
    """Refuse a drawing that is not self-contained: it may reach for nothing beyond itself."""
    from xml.etree import ElementTree

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("is not an SVG file in UTF-8") from error
    if _DECLARED.search(_UTF8.sub("", text)):
        raise Refused("is an SVG file with a DOCTYPE, an entity, or a style sheet of its own")
    try:
        tree = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise Refused(f"is not an SVG file ({error})") from error
    for element in tree.iter():
        name = str(element.tag).rpartition("}")[2].lower()
        if name in ("script", "foreignobject", "iframe"):
            raise Refused(f"is an SVG file with a <{name}>")
        if name == "style" and _OUTSIDE.search("".join(element.itertext())):
            raise Refused("is an SVG file that reaches for another file")
        for key, value in element.attrib.items():
            plain_key = key.rpartition("}")[2].lower()
            within = value.strip().startswith(("#", "data:"))
            linked = plain_key in ("href", "src", "base") and not within
            if linked or plain_key.startswith("on") or _OUTSIDE.search(value):
                raise Refused("is an SVG file that reaches for another file")
