"""What the rules of plain words have against sentences that stand in place of the handout's own."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from plainleaf.checks import claims, comparisons, dosetext, grade, message, numbers, plain
from plainleaf.checks.registry import Rule, Subject
from plainleaf.content.base import Reading
from plainleaf.content.model import Handout, for_reading
from plainleaf.content.wording.language import SOURCE
from plainleaf.problems import Level

Path = tuple[str, ...]

# These know the words of each language, or say nothing of it; the others read English alone.
_EVERY: tuple[Rule[Subject], ...] = (*plain.RULES, *grade.RULES, *message.RULES)
_ENGLISH = (
    *_EVERY, *numbers.RULES, claims.certainty_words, *comparisons.RULES, *dosetext.RULES
)  # fmt: skip
_READINGS: tuple[Reading, ...] = ("ordinary", "simple")
_RANK = (Level.ADVICE, Level.WARNING, Level.ERROR)


@dataclass(frozen=True)
class Against:
    """What a rule has against the text at a path, or, where it is `whole`, against its section."""

    path: Path
    message: str
    hint: str
    level: Level
    rule: str
    whole: bool


def against(subject: Subject, other: Handout, paths: Collection[Path]) -> Iterator[Against]:
    """What the rules have against `other`, the subject's handout with new texts at these paths.

    Of a whole section only what the handout's own words do not bring upon it as well."""
    told: set[Against] = set()
    rules = _ENGLISH if other.language == SOURCE else _EVERY
    for reading in _READINGS:
        here = {_settled(path): path for path in paths if not {*path} & {*_READINGS} - {reading}}
        ours, theirs = (for_reading(each, reading) for each in (subject.handout, other))
        before = replace(subject, handout=ours, reading=reading)
        for rule in rules:
            known: dict[Path, Level] | None = None
            for finding in rule.run(replace(before, handout=theirs)):
                at, level = tuple(map(str, finding.loc)), finding.level or rule.level
                if whole := at not in here:
                    within = [path for short, path in here.items() if short[: len(at)] == at]
                    if not within or not at:
                        continue
                    if known is None:
                        known = _levels(rule, before)
                    if at in known and _RANK.index(level) <= _RANK.index(known[at]):
                        continue
                path = within[0] if whole else here[at]
                hint = _SHORTER if whole else finding.hint
                found = Against(path, finding.message, hint, level, rule.name, whole)
                if found not in told:
                    told.add(found)
                    yield found


_SHORTER = "Say what is reworded in it as the leaflet does, or in shorter words."


def _levels(rule: Rule[Subject], subject: Subject) -> dict[Path, Level]:
    return {tuple(map(str, each.loc)): each.level or rule.level for each in rule.run(subject)}


def _settled(path: Path) -> Path:
    """The path as it is where each text stands in one level of reading."""
    return tuple(part for part in path if part not in _READINGS)
