"""Every claim has a source, and every source can be found."""

from __future__ import annotations

from collections.abc import Iterator

from plainleaf.checks.registry import Finding, Rule, Subject, rule
from plainleaf.checks.words import blocks, per_market, statements
from plainleaf.content.base import Proof
from plainleaf.content.load import nearest
from plainleaf.content.model import Handout
from plainleaf.content.sections import Claim


@rule()
def source_unknown(subject: Subject) -> Iterator[Finding]:
    """What `sources:`, `source:` and the like name stands in the handout's list of sources.

    A reader who looks a claim up must find where it was read. Source: design.md, "Every claim has
    a source".

    Good: `sources: [raad2020]`, and under `sources:` at the end of the file `raad2020: {…}`
    Bad: `sources: [rad2020]`
    """
    known = subject.handout.sources
    for loc, block in blocks(subject.handout):
        if isinstance(block, Handout):
            continue
        named = [
            (at, id)
            for at, ids in per_market(getattr(block, "sources", ()), (*loc, "sources"))
            for at, id in (((*at, place), id) for place, id in enumerate(ids))
        ]
        for field in ("source", "band_source", "stop_source", "half_source"):
            if (one := getattr(block, field, None)) is not None:
                named.append(((*loc, field), one))
        for at, id in named:
            if id not in known:
                near = nearest(id, list(known))
                said = f'there is no source "{id}"' + (f', did you mean "{near}"?' if near else "")
                yield Finding(said, at, 'Add it under "sources", or name one that is there.')


@rule()
def source_unresolvable(subject: Subject) -> Iterator[Finding]:
    """A source prints a citation by which a reader can find it.

    Parts named under `recalled` were not seen and are not printed, so they do not count. Needed
    are words to print, and of these at least an author, a title or an identifier (doi, pmid, pmc,
    url). Source: design.md, "Every claim has a source, and every source says how it was read".

    Good: `nhs-about: {title: About sleep, where: NHS, read: primary, extent: page}`
    Bad: `nhs-about: {where: NHS, read: primary, extent: page}`
    """
    for id, source in subject.handout.sources.items():
        seen = [part for part in ("authors", "title") if part not in source.recalled]
        named = any(getattr(source, part) for part in seen) or source.link
        if not source.citation.strip() or not named:
            yield Finding(
                f'nobody could find the source "{id}" by what would be printed of it',
                ("sources", id),
                "Give its title or authors as seen, or an identifier: doi, pmid, pmc or url.",
                key=True,
            )


@rule()
def fact_without_source(subject: Subject) -> Iterator[Finding]:
    """A fact that was read somewhere says where.

    Level V means read in the primary source and V2 in a secondary copy, so both have one. Source:
    design.md, "Facts once, words many times" (each number stands with its source id).

    Good: `acts-after: {what: …, value: 1, unit: hours, source: nhs-about, level: V}`
    Bad: `acts-after: {what: …, value: 1, unit: hours, level: V}`
    """
    for id, fact in subject.handout.facts.items():
        if fact.source is None and fact.level in (Proof.PRIMARY, Proof.SECONDARY):
            said = f'the fact "{id}" has level {fact.level} but no source'
            hint = 'Add "source:", or say level D if it is our own working.'
            yield Finding(said, ("facts", id), hint, key=True)


@rule()
def statement_without_source(subject: Subject) -> Iterator[Finding]:
    """What is said without a source is said to be our working: level D.

    What was read, level V or V2, has its sources in each country in which it is printed. Source:
    design.md, "Every claim has a source".

    Good: `tip: {text: Skip it., level: D}`, or `{text: Skip it., sources: [nhs-about], level: V}`
    Bad: `tip: {text: Skip it., level: V}`
    """
    for loc, block, level in statements(subject.handout):
        fields = type(block).model_fields
        if level not in (Proof.PRIMARY, Proof.SECONDARY):
            continue
        hint = 'Add "sources:", or say level D if it is our own working.'
        if "source" in fields:
            if getattr(block, "source", None) is None:
                yield Finding(f"this has level {level} but no source", (*loc, "level"), hint)
            continue
        if "sources" not in fields:
            continue
        for at, ids in per_market(getattr(block, "sources", ()), (*loc, "level")):
            if not ids:
                where = f" for {at[-1]}" if at[-1] != "level" else ""
                yield Finding(f"this has level {level} but no source{where}", (*loc, "level"), hint)
        if isinstance(block, Claim) and block.print and not block.print.sources:
            said = f"the finding is printed with level {level} but no source"
            yield Finding(said, (*loc, "print"), "Name the sources of what is printed.", key=True)


RULES: tuple[Rule[Subject], ...] = (
    source_unknown,
    source_unresolvable,
    fact_without_source,
    statement_without_source,
)
