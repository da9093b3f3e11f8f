"""A catalog as the bytes of a PO file, by Babel; what Babel leaves to the day is settled here."""

from __future__ import annotations

import datetime
from typing import Any

from plainleaf.content.wording.catalog import Catalog

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)  # else Babel asks what day it is


def written(catalog: Catalog) -> bytes:
    """The bytes of the PO file: the same for the same catalog, whatever the day."""
    from babel.messages.pofile import generate_po, normalize

    head = [f"# {comment}".rstrip() for comment in catalog.comments]
    fields = "".join(f"{name}: {value}\n" for name, value in catalog.header)
    text = "\n".join([*head, 'msgid ""', f"msgstr {normalize(fields, width=0)}"]) + "\n\n"
    previous = {
        f"msgctxt {normalize(entry.context, width=0)}\n": normalize(
            entry.previous, prefix="#| ", width=0
        )
        for entry in catalog.entries
        if entry.previous
    }
    # Babel writes one piece at a time; the earlier source goes before the context, as in gettext.
    for piece in generate_po(_babel(catalog), omit_header=True, width=0):
        if piece in previous:
            text += f"#| msgid {previous[piece]}\n"
        text += piece
    return (text.rstrip("\n") + "\n").encode()


def _babel(catalog: Catalog) -> Any:
    """The entries as Babel's own catalog, with no day and no flags that it adds by itself."""
    from babel.messages.catalog import Catalog as Babel
    from babel.messages.catalog import Message

    made: Any = Babel(creation_date=_EPOCH, revision_date=_EPOCH, fuzzy=False)
    made._num_plurals = max((len(entry.targets) for entry in catalog.entries), default=1)
    for entry in (*catalog.entries, *catalog.obsolete):
        path: Any = (entry.context, None)
        message = Message(
            (entry.source, entry.plural) if entry.plural else entry.source,
            entry.targets if entry.plural else entry.target,
            locations=[path],
            auto_comments=entry.notes,
            user_comments=entry.comments,
            context=entry.context,
        )
        message.flags = set(entry.flags)
        if entry in catalog.obsolete:
            made.obsolete[(entry.source, entry.context)] = message
        else:
            made[message.id] = message
    return made
