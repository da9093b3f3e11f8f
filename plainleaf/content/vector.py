"""An SVG drawing, taken apart and written again: shapes and their paint, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.sax.saxutils import quoteattr

MOST_BYTES = 300_000
MOST_ELEMENTS, DEEPEST, MOST_IN_CLIP = 1_000, 20, 20

_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_FRAMES = {"g", "defs", "clipPath"}  # WeasyPrint loses some gradients in silence
_UNDRAWN = {"title", "desc", "metadata", "style"}
_GEOMETRY = re.compile("d|x|y|width|height|[rc][xy]|r|[xy][12]|points|transform|clipPathUnits")
_PAINT = re.compile(
    "(?:fill|stroke)-opacity|opacity|fill|(?:fill|clip)-rule|clip-path|display|visibility|stroke|"
    "stroke-(?:width|linecap|linejoin|miterlimit|dasharray|dashoffset)"
)
_CHANGES = {"filter", "mask", "marker", "marker-start", "marker-mid", "marker-end"}
_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_PLAIN = re.compile(r"[\w\s.,+()#%-]*", re.ASCII)
_HUGE = re.compile(r"[eE][+-]?[0-9]{2}|(?<![.0-9])[0-9]{8}|[0-9]{20}")
_INSIDE = re.compile(r"url\(\s*[\"']?#([A-Za-z_][\w.-]*)[\"']?\s*\)")
_DOCTYPE = re.compile(r"<!DOCTYPE\s+svg\b[^\[\]<>]*>")
_ENCODING = re.compile(r"""<\?xml[^>]*encoding=["'](?!utf-8["'])""", re.IGNORECASE)
_START = {"fill": "black", "stroke": "none"}
PALE = 148  # of 255: a grey with less than 3 to 1 on white
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_LENGTH = re.compile(r"([0-9]*\.?[0-9]+)\s*(?:px|pt|pc|mm|cm|in)?")
_SIMPLER = "Save it as plain SVG, text turned into paths, in plain colours; or as PNG."


class NotPrintable(ValueError):
    """Why a logo is not printed, and the remedy."""

    def __init__(self, said: str, hint: str = _SIMPLER) -> None:
        super().__init__(said)
        self.hint = hint


class _Builder(ElementTree.TreeBuilder):
    """Builds the tree, and stops before it is too large."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.count = 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self.depth, self.count = self.depth + 1, self.count + 1
        if self.depth > DEEPEST or self.count > MOST_ELEMENTS:
            said = (
                f"the drawing has more than {MOST_ELEMENTS} parts, or {DEEPEST} within each other"
            )
            raise NotPrintable(said)
        return super().start(tag, attrs)

    def end(self, tag: str) -> Element:
        self.depth -= 1
        return super().end(tag)


def drawing(data: bytes) -> tuple[str, tuple[float, float], bool]:
    """The drawing written again, its width and height, and whether all its paint is pale.

    NotPrintable where it has more than shapes and paint: text, pictures, scripts, links out."""
    root = _parsed(data)
    x, y, width, height = view = _view(root)
    kept = _Kept(dict(_rules(root)))
    own = kept.attributes(root, _PAINT)
    body = "".join(kept.written(child, {**_START, **own}) for child in root)
    if not kept.colours:
        raise NotPrintable("the drawing has no shape in it")
    if any(kept.named.get(id) != "clipPath" for id in kept.cuts):
        raise NotPrintable("the drawing leads to something that is not in it")
    size, box = f'width="{width:g}" height="{height:g}"', " ".join(f"{each:g}" for each in view)
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" {size}>'
        f'<clipPath id="-frame"><rect x="{x:g}" y="{y:g}" {size}/></clipPath>'
        f'<g clip-path="url(#-frame)"><g{_attributes(own)}>{body}</g></g></svg>'
    )
    return text, (width, height), all(map(_pale, kept.colours))


def _parsed(data: bytes) -> Element:
    if len(data) > MOST_BYTES:
        raise NotPrintable(f"the drawing is larger than {MOST_BYTES // 1000} kB")
    text = data.decode("utf-8-sig", "replace")
    if "\ufffd" in text or _ENCODING.search(text[:200]):
        raise NotPrintable("the drawing is not written in UTF-8")
    text = _DOCTYPE.sub("", text, count=1)
    if re.search(r"<!(?!--|\[CDATA\[)|<\?(?!xml )", text):
        raise NotPrintable("the drawing has a DOCTYPE, an entity, or a style sheet of its own")
    parser = ElementTree.XMLParser(target=_Builder())
    try:
        parser.feed(text)
        root: Element = parser.close()
    except ElementTree.ParseError as error:
        raise NotPrintable("the logo cannot be read as SVG") from error
    if root.tag not in (f"{_SVG}svg", "svg"):
        raise NotPrintable("the logo cannot be read as SVG")
    return root


def _view(root: Element) -> tuple[float, float, float, float]:
    """What of the plane is shown: left, top, width, height."""
    given = root.get("viewBox", "").replace(",", " ").split()
    if not given:
        sides = [_LENGTH.fullmatch(root.get(side, "").strip()) for side in ("width", "height")]
        given = ["0", "0", *(side[1] for side in sides if side)]
    try:
        x, y, width, height = (float(each) for each in given)
    except ValueError:
        x = y = width = height = 0.0
    if not (0 < width < 1e6 and 0 < height < 1e6 and abs(x) < 1e6 and abs(y) < 1e6):
        raise NotPrintable("the drawing does not say how large it is")
    return x, y, width, height


def _rules(root: Element) -> Iterator[tuple[str, dict[str, str]]]:
    """The declarations of its style sheets by class, as drawing programs write them."""
    for element in root.iter():
        if _name(element) != "style":
            continue
        text = re.sub(r"/\*.*?\*/", "", "".join(element.itertext()), flags=re.DOTALL)
        if "@" in text or _RULE.sub("", text).strip():
            raise NotPrintable("the style sheet of the drawing cannot be read")
        for selectors, declared in _RULE.findall(text):
            for selector in selectors.split(","):
                if not re.fullmatch(rf"\.{_NAME.pattern}", selector.strip()):
                    raise NotPrintable("the style sheet of the drawing cannot be read")
                yield selector.strip()[1:], dict(_declared(declared))


def _declared(text: str) -> Iterator[tuple[str, str]]:
    for each in text.split(";"):
        key, colon, value = each.partition(":")
        if colon:
            yield key.strip(), value.strip()


def _name(element: Element) -> str:
    """Its name where it is of SVG; nothing for what a drawing program keeps for itself."""
    tag = str(element.tag)
    if tag.startswith(_SVG):
        return tag[len(_SVG) :]
    return "" if tag.startswith("{") else tag


def _attributes(held: Mapping[str, str]) -> str:
    return "".join(f" {key}={quoteattr(value)}" for key, value in held.items())


def _pale(colour: str) -> bool:
    """Whether a colour hardly shows on white, in grey; one that is not known does."""
    from PIL import ImageColor

    try:
        red, green, blue = ImageColor.getrgb(colour)[:3]
    except ValueError:
        return False
    return 0.299 * red + 0.587 * green + 0.114 * blue > PALE


class _Kept:
    """What is kept of a drawing, and the names in it that lead from part to part."""

    def __init__(self, rules: Mapping[str, dict[str, str]]) -> None:
        self.rules = rules
        self.colours: list[str] = []
        self.named: dict[str, str] = {}
        self.cuts: list[str] = []

    def written(self, element: Element, above: Mapping[str, str], cuts: bool = False) -> str:
        """The part as it is printed, and all within; `cuts` says that it cuts out another."""
        name = _name(element)
        if not name or name in _UNDRAWN:
            return ""
        if name not in _SHAPES | _FRAMES:
            raise NotPrintable(f"the drawing has a <{name[:30]}>, and only shapes are printed")
        held = self.attributes(element, _GEOMETRY, _PAINT)
        if cuts and (name not in _SHAPES or len(element) or "clip-path" in held):
            raise NotPrintable("the drawing is cut out in too many ways")
        if id := element.get("id", ""):
            held["id"] = self._id(id, name)
        paint = {**above, **{key: held[key] for key in _START if key in held}}
        if name in _SHAPES:
            self.colours += [paint[key] for key in _START if paint[key] != "none"]
        if len(element) > MOST_IN_CLIP and name == "clipPath":
            raise NotPrintable("the drawing is cut out in too many ways")
        body = "".join(self.written(child, paint, name == "clipPath") for child in element)
        return f"<{name}{_attributes(held)}>{body}</{name}>"

    def attributes(self, element: Element, *known: re.Pattern[str]) -> dict[str, str]:
        """Its attributes, and what its class and style say of it, each looked at."""
        held = {key: value for key, value in element.attrib.items() if not key.startswith("{")}
        for each in element.get("class", "").split():
            held |= self.rules.get(each, {})
        held |= dict(_declared(element.get("style", "")))
        for key in held:
            if key.startswith("on") or (key in _CHANGES and held[key] != "none"):
                raise NotPrintable(f"the drawing has {key[:30]}, and only shapes are printed")
        return {
            key: self._value(key, value)
            for key, value in held.items()
            if any(each.fullmatch(key) for each in known)
        }

    def _value(self, key: str, value: str) -> str:
        inside = _INSIDE.fullmatch(value.strip())
        if inside:
            if key != "clip-path":
                raise NotPrintable("the drawing is painted with more than plain colours")
            self.cuts.append(inside[1])
            return f"url(#{inside[1]})"
        if not _PLAIN.fullmatch(value) or "url" in value.lower() or _HUGE.search(value):
            raise NotPrintable(f"the drawing has a value of {key} that is not understood")
        return value

    def _id(self, id: str, name: str) -> str:
        if not _NAME.fullmatch(id) or id in self.named:
            raise NotPrintable("the drawing has a name twice, or one that is not understood")
        self.named[id] = name
        return id
