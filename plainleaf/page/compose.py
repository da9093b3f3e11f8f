"""From a handout to the HTML of a page: templates get words, facts and pictures, nothing else."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from markupsafe import Markup

from plainleaf.content import prose
from plainleaf.content.base import Proof
from plainleaf.content.clinic import Letterhead
from plainleaf.content.facts import Fact, Source
from plainleaf.content.isolate import isolated
from plainleaf.content.ledger.mark import Mark
from plainleaf.content.model import Handout, MarketInfo, Markets, for_market
from plainleaf.content.wording.phrases import Voice
from plainleaf.page import cards, figures, screen
from plainleaf.page.anchors import without_dead_links
from plainleaf.page.codes import qr
from plainleaf.page.own import OwnPlan
from plainleaf.page.palette import Look, bundled_look
from plainleaf.page.plans import ExamplePlan, example_plan
from plainleaf.page.setting import Setting
from plainleaf.page.signs import signs
from plainleaf.page.statements import statements
from plainleaf.page.templates import css_string, environment, literal
from plainleaf.page.untranslated import mark_untranslated
from plainleaf.problems import ContentError, Problem


class Standing(Protocol):
    """What a page says of itself: approved or not, the footer's lines, fingerprint, reviewer."""

    @property
    def approved(self) -> bool: ...
    @property
    def lines(self) -> tuple[str, str]: ...
    @property
    def short(self) -> str: ...
    @property
    def signed(self) -> str: ...


@dataclass
class Citations:
    """Numbers sources in the order in which the page first names them."""

    order: list[str] = field(default_factory=list)

    def number(self, source: str) -> int:
        if source not in self.order:
            self.order.append(source)
        return self.order.index(source) + 1

    def numbered(self, sources: tuple[str, ...]) -> list[tuple[int, str]]:
        """The sources with their numbers, lowest first."""
        return sorted((self.number(source), source) for source in sources)


@dataclass(frozen=True)
class Words:
    """Fills `{fact-id}` in a text: facts, and the emergency number of the country."""

    facts: dict[str, Fact]
    info: MarketInfo
    voice: Voice | None = None

    def fill(self, name: str) -> str:
        """The words for a placeholder. KeyError where there is no such fact."""
        if name == "emergency":
            return self.info.emergency
        fact, _, part = name.partition(".")
        return (self.voice.fact if self.voice else Fact.phrase)(self.facts[fact], part)

    def derived(self, text: str) -> bool:
        """True where the text draws on a fact that is our working."""
        names = [name.partition(".")[0] for name in prose.placeholders(text)]
        return any(self.facts[n].level is Proof.DERIVED for n in names if n in self.facts)


def compose(
    handout: Handout,
    markets: Markets,
    setting: Setting,
    standing: Standing,
    styles: Path,
    own: OwnPlan | cards.OwnDose | None = None,
    voice: Voice | None = None,
    clinic: Letterhead | None = None,
    look: Look | None = None,
) -> str:
    """The whole page as HTML, style sheet aside; the same text for the same input.

    With a patient's `own` plan, their pages stand at the end, and the example is left out. `voice`
    says the fixed phrases; English where there is none. A `clinic` puts in what is its own. `look`
    is the style's; of the bundled style of that name where it is not given.
    """
    settled = for_market(handout, setting.market, setting.reading)
    info: MarketInfo = getattr(markets, setting.market)
    voice = voice or Voice(styles / "phrases")
    words = Words(settled.facts, info, voice)
    template = environment(styles).get_template(setting.template)
    look = (look or bundled_look(styles / setting.style)).in_accent(clinic.accent if clinic else "")
    html = template.render(
        h=settled,
        direction=voice.direction,
        t=voice,
        page_number=_page_number(voice),
        page_after_link=_after_link(voice),
        market=info,
        setting=setting,
        standing=standing,
        sheet=_mark(settled, setting, standing, voice),
        citations=Citations(),
        example=_example(settled, voice),
        statements=statements(settled, for_market(handout, setting.market, "simple")),
        own=own,
        clinic=clinic,
        look=look,
        colours=look.colours,
        accent=look.colours.accent,
        signs=signs(look.inks),
        draft=voice("page.own-draft" if own else "page.draft"),
        **_helpers(words, settled, setting, styles, voice, look),
    )
    in_part = setting.edition in ("summary", "card")
    return mark_untranslated(without_dead_links(html) if in_part else html)


def _helpers(
    words: Words, handout: Handout, setting: Setting, styles: Path, voice: Voice, look: Look
) -> dict[str, Any]:
    def said(text: str, level: str = "") -> Markup:
        shown = prose.inline(text, words.fill)
        if level == Proof.DERIVED or words.derived(text):
            shown += Markup(' <span class="working">{}</span>').format(voice("working"))
        return shown

    def plain(text: str) -> str:
        return prose.plain(text, words.fill, inline=True)

    def run_in(text: str, first: bool) -> str:
        words = plain(text)
        return words if first else words[:1].lower() + words[1:]

    def shown(items: dict[str, Any]) -> list[Any]:
        return [
            (key, item)
            for key, item in items.items()
            if setting.form == "html" or getattr(item, "on_paper", True)
        ]

    rtl = voice.direction == "rtl"

    def day(when: date) -> str:
        return literal(voice.date(when)) if rtl else voice.date(when)

    return {
        "said": said,
        "source_columns": lambda order: source_columns(order, handout.sources),
        "plain": plain,
        "run_in": run_in,
        "shown": shown,
        "isolated": isolated,
        "literal": literal,
        "number": lambda amount: voice.number(Decimal(amount)),
        "quantity": lambda amount, unit: voice.quantity(Decimal(amount), unit),
        "day": day,
        "icon": cached_icon(styles, look.file.icons == "filled"),
        "qr": qr,
        **screen.helpers(setting.form),
        **cards.helpers(setting.paper, rtl, look.colours.ink, look.colours.rule),
        **figures.drawings(rtl, look.inks),
        "bar_scale": lambda fact: bar_scale(fact, look.file.bars),
        "short_unit": voice.short_unit,
    }


def _mark(handout: Handout, setting: Setting, standing: Standing, voice: Voice) -> Mark:
    signs = standing.short.replace(" ", "")
    language = setting.languages or voice.code
    return Mark(signs, handout.id, handout.version, language, setting.kind)


def source_columns(order: list[str], sources: dict[str, Source]) -> list[list[str]]:
    """The cited sources in two columns of about the same length."""
    lines = [len(sources[id].citation) // 46 + 2 for id in order]
    cut = min(range(len(order) + 1), key=lambda at: abs(sum(lines[:at]) * 2 - sum(lines)))
    return [column for column in (order[:cut], order[cut:]) if column]


def bar_scale(fact: Fact, longest: Decimal = Decimal(40)) -> Decimal:
    """Millimetres a unit: the `longest` for 400 minutes, so that pairs share a scale; else for the
    longer of the two."""
    if fact.unit == "minutes":
        return longest / 400
    assert fact.value is not None and fact.versus is not None
    return (longest / max(fact.value, fact.versus)).quantize(Decimal("0.0001"))


def _page_number(voice: Voice) -> Markup:
    """The page's number as CSS content: "Page " counter(page) " of " counter(pages)."""
    parts = voice.pieces("page.number")
    shown = [Markup(f"counter({part})") if place else css_string(part) for part, place in parts]
    return Markup(" ").join(shown)


def _after_link(voice: Voice) -> Markup:
    """What stands after a link within the leaflet, as CSS content: " (page 7)"."""
    target = Markup("target-counter(attr(href), page)")
    parts = voice.pieces("page.see")
    shown = [target if place else css_string(part) for part, place in parts]
    return Markup(" ").join([css_string(" "), *shown])


def _example(handout: Handout, voice: Voice) -> ExamplePlan | None:
    has_one = handout.tapering is not None and handout.tapering.example is not None
    return example_plan(handout, voice) if has_one else None


def cached_icon(styles: Path, filled: bool = False) -> Callable[[str, str], Markup]:
    """A function that gives an icon in a colour as a data: address, for CSS backgrounds; of the
    `filled` ones, where there is one."""

    @cache
    def icon(name: str, colour: str) -> Markup:
        path = styles / "icons" / f"{name}.svg"
        solid = styles / "icons" / "filled" / f"{name}.svg"
        path = solid if filled and solid.is_file() else path
        if not path.resolve().is_relative_to(styles.resolve()):
            said, hint = "an icon lies outside the library", "Put the file itself there, no link."
            raise ContentError(Problem(said, str(path), hint=hint))
        svg = re.sub(r"#0{3,6}\b", colour, path.read_text(encoding="utf-8"))
        return Markup("data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode())

    return icon
