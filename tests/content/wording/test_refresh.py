"""A refresh keeps what still holds, shows what changed, and never fills in from another entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from plainleaf.content.wording.catalog import DOUBLE_CHECK, Catalog, Entry
from plainleaf.content.wording.po import parse
from plainleaf.content.wording.refresh import LOST, Counts, refresh
from plainleaf.content.wording.units import Unit, units
from plainleaf.content.wording.written import written
from tests.content.wording.given import DAY, LANGUAGES, by_context, full, sample

RED, TEXT, DOSE = "red_flags.signs.fever", "in_short.points.missed.text", "in_short.message"


def made(
    asked: Sequence[Unit], old: Catalog | None, code: str = "es"
) -> tuple[dict[str, Entry], Counts, Catalog]:
    """Refreshed, and read back from the file that would be written."""
    catalog, counts = refresh(asked, old, code, project="sample 0.2", day=DAY)
    back = parse(written(catalog), f"{code}.po", code)
    return {entry.context: entry for entry in back.entries}, counts, back


def with_text(context: str, text: str) -> list[Unit]:
    return [
        replace(unit, text=text) if unit.context == context else unit for unit in units(sample())
    ]


def put(catalog: Catalog, context: str, **fields: object) -> Catalog:
    return replace(
        catalog,
        entries=tuple(
            replace(entry, **fields) if entry.context == context else entry  # type: ignore[arg-type]
            for entry in catalog.entries
        ),
    )


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_new_file(code: str) -> None:
    entries, counts, catalog = made(units(sample()), None, code)
    assert counts == Counts(new=64, missing=64, unchecked=33)
    assert list(entries) == list(by_context())
    for context, entry in entries.items():
        unit = by_context()[context]
        assert (entry.source, entry.target, entry.flags) == (unit.text, "", ())
        assert entry.unchecked is unit.locked
        assert (DOUBLE_CHECK in entry.comments) is unit.locked
    fields = dict(catalog.header)
    assert fields["Project-Id-Version"] == "sample 0.2"
    assert fields["POT-Creation-Date"] == "2026-11-22 00:00+0000"


def test_nothing_changed() -> None:
    _, counts, catalog = made(units(sample()), full())
    assert counts == Counts(unchanged=64, unchecked=33)
    assert written(replace(catalog, header=full().header)) == written(full())
    again = written(made(units(sample()), catalog)[2])
    assert again == written(catalog)


def test_a_changed_text_keeps_its_translation_fuzzy() -> None:
    entries, counts, _ = made(with_text(TEXT, "Skip it. Never take two."), full())
    assert counts == Counts(changed=1, unchanged=63, fuzzy=1, unchecked=33)
    entry = entries[TEXT]
    assert entry.fuzzy and entry.target == "Sáltese esa toma. Nunca tome el doble."
    assert (entry.source, entry.previous) == (
        "Skip it. Never take two.",
        "Skip it. Never double it.",
    )


@pytest.mark.parametrize("context", [RED, DOSE, "tapering.hold.text", "forms.tablet-10mg.name"])
def test_a_changed_locked_text_loses_its_translation(context: str) -> None:
    old = put(full(), context, comments=("Seen by two",))
    entries, counts, _ = made(with_text(context, "Something else {most}"), old)
    assert counts == Counts(changed=1, unchanged=63, missing=1, unchecked=33)
    entry, before = entries[context], {each.context: each for each in full().entries}[context]
    assert entry.missing and not entry.fuzzy and entry.unchecked
    assert entry.previous == before.source
    assert entry.comments[0] == "Seen by two"
    assert (LOST + before.target) in " ".join(entry.comments)


def test_what_was_changed_twice_shows_what_was_translated() -> None:
    _, _, once = made(with_text(TEXT, "Second"), full())
    entries, _, _ = made(with_text(TEXT, "Third"), once)
    assert entries[TEXT].previous == "Skip it. Never double it."
    done = put(once, TEXT, flags=(), targets=("Segundo",))
    entries, _, _ = made(with_text(TEXT, "Second"), done)
    assert entries[TEXT].previous == "" and not entries[TEXT].fuzzy


def test_a_text_that_was_never_translated_stays_empty() -> None:
    old = put(full(), TEXT, targets=("",))
    entries, counts, _ = made(with_text(TEXT, "New words"), old)
    assert entries[TEXT].missing and entries[TEXT].previous == "" and not entries[TEXT].fuzzy
    assert (counts.missing, counts.fuzzy) == (1, 0)


def test_a_cleared_mark_stays_cleared_until_the_text_changes() -> None:
    old = put(full(), RED, comments=())
    entries, _, _ = made(units(sample()), old)
    assert not entries[RED].unchecked
    entries, _, _ = made(with_text(RED, "Fever for more than a day"), old)
    assert entries[RED].unchecked


def test_nothing_is_filled_in_from_a_similar_or_equal_text() -> None:
    one = by_context()[RED]
    twin = replace(one, context="red_flags.signs.other", path=("red_flags", "signs", "other"))
    plain = replace(
        by_context()[TEXT], context="tips.items.x.text", path=("tips", "items", "x", "text")
    )
    entries, counts, _ = made([*units(sample()), twin, plain], full())
    assert counts.new == 2
    assert entries[twin.context].missing and entries[plain.context].missing


def test_a_text_that_went_and_came_back() -> None:
    left = [unit for unit in units(sample()) if unit.context not in (RED, TEXT)]
    _, counts, without = made(left, put(full(), RED, comments=()))
    assert (counts.gone, counts.unchanged) == (2, 62)
    assert {entry.context for entry in without.obsolete} == {RED, TEXT}
    entries, counts, again = made(units(sample()), without)
    assert (counts.new, again.obsolete) == (2, ())
    assert entries[TEXT].target and entries[RED].target
    assert entries[RED].unchecked  # it must be compared again
    entries, _, _ = made(with_text(TEXT, "Other words"), without)
    assert entries[TEXT].missing


def test_what_is_gone_and_was_not_good_is_dropped() -> None:
    left = [unit for unit in units(sample()) if unit.context not in (RED, TEXT)]
    old = put(put(full(), RED, flags=("fuzzy",)), TEXT, targets=("",))
    assert made(left, old)[2].obsolete == ()


def test_the_translators_own_words_stay() -> None:
    old = put(full(), TEXT, comments=("Ask about the verb",), flags=("fuzzy", "no-wrap"))
    old = replace(
        old,
        comments=("Copyright by me",),
        header=(
            *old.header,
            ("X-Generator", "Poedit 3.8"),
            ("Last-Translator", "A. B. <a@b.example>"),
        ),
    )
    entries, _, catalog = made(units(sample()), old)
    assert entries[TEXT].comments == ("Ask about the verb",)
    assert entries[TEXT].flags == ("fuzzy", "no-wrap")
    assert catalog.comments == ("Copyright by me",)
    assert dict(catalog.header)["X-Generator"] == "Poedit 3.8"
    assert dict(catalog.header)["Last-Translator"] == "A. B. <a@b.example>"


@pytest.mark.parametrize(("code", "count"), [("es", 2), ("pl", 3), ("ar", 6), ("zh", 1)])
def test_plural_entries(code: str, count: int) -> None:
    unit = Unit("source", "Source {n}", ("source",), "A note", False, "text", False, "Sources {n}")
    entries, _, catalog = made([unit], None, code)
    assert entries["source"].targets == ("",) * count
    done = put(catalog, "source", targets=tuple(f"{form} {{n}}" for form in range(count)))
    entries, counts, _ = made([unit], done, code)
    assert counts == Counts(unchanged=1)
    entries, counts, _ = made([replace(unit, plural="All sources {n}")], done, code)
    assert entries["source"].fuzzy and len(entries["source"].targets) == count
    entries, _, _ = made([replace(unit, plural="")], done, code)
    assert len(entries["source"].targets) == 1
