"""A PDF's objects and its tags as plain values: fast to walk, and independent of the page."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any


@dataclass(frozen=True, eq=False)
class Tag:
    """A structure element. `kids` are tags and numbers of marked content, in reading order;
    `page` counts from 0, -1 where the element does not say."""

    kind: str
    above: Tag | None = None
    page: int = -1
    about: dict[str, Any] = field(default_factory=dict)
    kids: list[Tag | int] = field(default_factory=list)

    @property
    def tags(self) -> list[Tag]:
        """The kids that are tags themselves, those that mean nothing looked through."""
        found: list[Tag] = []
        for kid in self.kids:
            if isinstance(kid, Tag):
                found += kid.tags if kid.kind in ("NonStruct", "Div") else [kid]
        return found

    def ancestors(self) -> Iterator[Tag]:
        """The tag itself, then what it stands in, up to the document."""
        tag: Tag | None = self
        while tag is not None:
            yield tag
            tag = tag.above

    def within(self, *kinds: str) -> Tag | None:
        """The innermost of these kinds that the tag is, or stands in."""
        return next((tag for tag in self.ancestors() if tag.kind in kinds), None)


@dataclass(frozen=True, eq=False)
class Tree:
    """All objects of a PDF by reference ("12 0 R"), its pages, and its tags in reading order.

    Names begin with "/", texts with "u:", as qpdf writes them. `places` has each piece of marked
    content as its tag, its page from 0, and its number there.
    """

    root: dict[str, Any]
    objects: dict[str, Any]
    streams: frozenset[str]
    pages: tuple[str, ...]
    tags: tuple[Tag, ...]
    places: tuple[tuple[Tag, int, int], ...]
    metadata: bytes

    def value(self, found: Any) -> Any:
        """What a reference leads to, or the value itself."""
        return self.objects.get(found, found) if isinstance(found, str) else found

    def get(self, about: Any, *keys: str) -> Any:
        """The value under these keys, references followed; None where there is none."""
        for key in keys:
            about = self.value(about)
            about = about.get(key) if isinstance(about, dict) else None
        return self.value(about)


def plain(found: Any) -> str:
    """A name or text without its sign."""
    text = found if isinstance(found, str) else ""
    return text[2:] if text.startswith("u:") else text.removeprefix("/")


@lru_cache(maxsize=1)  # the rules look at one copy after the other
def tree(data: bytes) -> Tree:
    """The PDF's objects, read once."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        names, texts, streams = [], [], []
        for each in pdf.objects:
            name = "{} {} R".format(*each.objgen)
            if isinstance(each, pikepdf.Stream):
                streams.append(name)
            elif isinstance(each, pikepdf.Dictionary | pikepdf.Array):
                names.append(name)
                texts.append(each.to_json(dereference=True))
        objects = dict(zip(names, json.loads(b"[" + b",".join(texts) + b"]"), strict=True))
        pages = tuple("{} {} R".format(*page.objgen) for page in pdf.pages)
        root = json.loads(pdf.Root.to_json(dereference=True))
        metadata = pdf.Root.Metadata.read_bytes() if "/Metadata" in pdf.Root else b""
    walk = _Walk(objects, {page: at for at, page in enumerate(pages)})
    top = objects.get(root.get("/StructTreeRoot", ""), {})
    walk.into(Tag(""), top)
    return Tree(
        root,
        objects,
        frozenset(streams),
        pages,
        tuple(walk.tags),
        tuple(walk.places),
        metadata,
    )


@dataclass
class _Walk:
    objects: dict[str, Any]
    pages: dict[str, int]
    tags: list[Tag] = field(default_factory=list)
    places: list[tuple[Tag, int, int]] = field(default_factory=list)

    def into(self, above: Tag, about: dict[str, Any]) -> None:
        """Read what stands in an element, in order."""
        kids = about.get("/K", [])
        kids = self.objects.get(kids, kids) if isinstance(kids, str) else kids
        for kid in kids if isinstance(kids, list) else [kids]:
            found = self.objects.get(kid) if isinstance(kid, str) else kid
            if isinstance(found, int):
                self._mark(above, above.page, found)
            elif not isinstance(found, dict):
                continue
            elif "/S" in found:
                page = self.pages.get(found.get("/Pg", ""), above.page)
                tag = Tag(plain(found["/S"]), above if above.kind else None, page, found)
                self.tags.append(tag)
                above.kids.append(tag)
                self.into(tag, found)
            elif "/MCID" in found:
                self._mark(above, self.pages.get(found.get("/Pg", ""), above.page), found["/MCID"])

    def _mark(self, tag: Tag, page: int, number: int) -> None:
        tag.kids.append(number)
        if page >= 0:
            self.places.append((tag, page, number))
