"""Reads gettext's PO files, as Poedit, Weblate and any text editor write them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from plainleaf.content.wording.catalog import Catalog, Entry
from plainleaf.content.wording.language import Language, language
from plainleaf.content.wording.plural import PluralError, same
from plainleaf.content.wording.scan import MOST_BYTES, Draft, Scanner
from plainleaf.problems import ContentError, Problem

_FORMATS = {"python-format", "python-brace-format"}  # Babel guesses them; a {fact} is neither
_AGAIN = "Save it again with Poedit, or with msgcat."


def read(path: Path, shown: str | None = None) -> Catalog:
    """Read `es.po` or `wording.es.po`; the name says the language. Raises ContentError."""
    name = str(path) if shown is None else shown
    try:
        if not path.is_file():  # a pipe would never end
            raise OSError("it is no file")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        said = f"the file cannot be read: {getattr(error, 'strerror', None) or error}"
        hint = "Check its name, and that you may read it."
        raise ContentError(Problem(said, name, hint=hint)) from None
    return parse(data, name, path.stem.rpartition(".")[2])


def parse(data: bytes, path: str, code: str) -> Catalog:
    """Read the bytes of a PO file in a language. Raises ContentError with every problem."""
    scanner = Scanner(data, path)
    drafts = scanner.scan()
    known = language(code)
    head = drafts.pop(0) if drafts and _is_header(drafts[0]) else None
    header = _header(head, known, scanner)
    seen: dict[str, int] = {}
    entries: list[Entry] = []
    for draft in drafts:
        entry = _entry(draft)
        _check(draft, entry, known, scanner)
        if not draft.obsolete and entry.context in seen:
            first = seen[entry.context]
            said = f'the context "{entry.context}" is repeated: it first stands in line {first}'
            scanner.note(entry.line, said, "Keep one of the two.")
        seen.setdefault(entry.context, entry.line)
        entries.append(entry)
    if scanner.problems:
        raise ContentError(scanner.problems)
    catalog = Catalog(
        code,
        tuple(entry for entry, draft in zip(entries, drafts, strict=True) if not draft.obsolete),
        header,
        tuple(head.comments if head else ()),
        tuple(entry for entry, draft in zip(entries, drafts, strict=True) if draft.obsolete),
        path,
        tuple(scanner.lines),
    )
    _compare(catalog, scanner)
    return catalog


def _is_header(draft: Draft) -> bool:
    return draft.texts["msgid"] == "" and "msgctxt" not in draft.texts and not draft.obsolete


def _entry(draft: Draft) -> Entry:
    texts = draft.texts
    targets = tuple(text for key, text in sorted(texts.items()) if key.startswith("msgstr"))
    return Entry(
        texts.get("msgctxt", ""),
        texts["msgid"],
        targets,
        texts.get("msgid_plural", ""),
        tuple(flag for flag in draft.flags if flag not in _FORMATS),
        draft.previous.get("msgid", ""),
        tuple(draft.notes),
        tuple(draft.comments),
        draft.line,
    )


def _header(head: Draft | None, known: Language, scanner: Scanner) -> tuple[tuple[str, str], ...]:
    """The header's fields; problems go to the scanner."""
    if head is None:
        hint = 'It begins with msgid "" and says Language and Content-Type.'
        scanner.note(1, "the file has no header", hint)
        return ()
    fields: dict[str, str] = {}
    for line in head.texts.get("msgstr", "").split("\n"):
        name, colon, value = line.partition(":")
        if line.strip() and (not colon or not name.strip()):
            scanner.note(head.line, f'the header has "{line[:40]}", which is no field', _AGAIN)
        elif line.strip():
            fields.setdefault(name.strip(), value.strip())
    low = {name.lower(): value for name, value in fields.items()}
    charset = low.get("content-type", "").lower().replace(" ", "").partition("charset=")[2]
    if charset != "utf-8":
        said = f'the header says charset "{charset[:40]}", and must say UTF-8'
        scanner.note(head.line, said, "Save the file as UTF-8.")
    named, ours = low.get("language", ""), known.language
    if named.replace("-", "_").lower() not in {each.lower() for each in known.codes}:
        said = f'the header says Language "{named[:40]}", and the file is for "{ours}"'
        scanner.note(head.line, said, "Mend the header, or the name of the file.")
    if "plural-forms" in low:
        try:
            if not same(low["plural-forms"], known.plural):
                said = f"these are not the plural forms of {known.name}"
                scanner.note(head.line, said, f"Write: Plural-Forms: {known.plural}")
        except PluralError as error:
            scanner.note(head.line, str(error), f"Write: Plural-Forms: {known.plural}")
    return tuple(fields.items())


def _check(draft: Draft, entry: Entry, known: Language, scanner: Scanner) -> None:
    if not entry.context:
        said = "the entry has no msgctxt: nobody can tell where it belongs"
        scanner.note(entry.line, said, "Refresh the file: the program writes every context.")
    count = 1 if not entry.plural else int(known.plural.partition("nplurals=")[2][0])
    if len(entry.targets) != count or ("msgstr" in draft.texts) == bool(entry.plural):
        said = f"the entry has {len(entry.targets)} translations, and needs {count}"
        scanner.note(entry.line, said, "One for each plural form; without msgid_plural just one.")


def _compare(catalog: Catalog, scanner: Scanner) -> None:
    """Babel must read the same from the file as we do, or nobody knows what a tool makes of it."""
    from babel.messages.pofile import PoFileError, read_po

    try:
        theirs = read_po(_plain_lines(catalog), ignore_obsolete=True, abort_invalid=True)
    except (PoFileError, ValueError, LookupError, AssertionError) as error:
        said = f"the file cannot be read as PO: {error}"
        raise ContentError(Problem(said, catalog.path, hint=_AGAIN)) from None
    for entry in catalog.entries:
        found = theirs.get(entry.source, entry.context)
        target = entry.targets if entry.plural else entry.target
        if found is None or found.string != target:
            said = f'two readers of PO files disagree on the entry "{entry.context}"'
            scanner.note(entry.line, said, _AGAIN)
    if scanner.problems:
        raise ContentError(scanner.problems)


def _plain_lines(catalog: Catalog) -> Iterator[str]:
    """The file's lines for Babel: without its own header, and without what Babel does not know."""
    count = max((len(entry.targets) for entry in catalog.entries), default=1)
    yield 'msgid ""'
    yield 'msgstr ""'
    yield f'"Plural-Forms: nplurals={count}; plural=0;\\n"'
    yield ""
    started = False
    for line in catalog.lines:
        bare = line.strip()
        started = started or bare.startswith("msgctxt")
        if started and not bare.startswith(("#|", "#~|", "#=")):
            yield line
