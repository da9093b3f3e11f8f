"""Facts, sources, links and plans that are wrong: refused for the right reason, nothing written."""

from __future__ import annotations

import pytest

from .given import Room, refuse

REST = "text: Rest."
MEMORY = "would be printed [fact-unprintable]"


# What stands in the good handout, what is put there (the caret is expected at ‸), what is said.
CASES = {
    "unknown placeholder": (
        "{study-people} people",
        "‸{study-peple} people",
        'there is no fact "study-peple", did you mean "study-people"? [fact-unknown]',
    ),
    "unknown part of a fact": (
        "{study-sleep.difference} longer",
        "‸{study-sleep.diference} longer",
        'the fact "study-sleep" has no "diference", did you mean "difference"? [fact-unknown]',
    ),
    "fact without source": (
        "  study-people:\n    what: people in the study\n    value: 1162\n    unit: count\n"
        "    source: study\n",
        "  ‸study-people:\n    what: people in the study\n    value: 1162\n    unit: count\n",
        'the fact "study-people" has level V but no source [fact-without-source]',
    ),
    "fact from memory": (
        "    unit: count\n    source: study\n    level: V",
        "    unit: count\n    source: study\n    level: M-high",
        f'the fact "study-people" has level M-high and {MEMORY}',
    ),
    "statement from memory": (
        "      text: Your body gets used to it.\n      level: D",
        "      text: Your body gets used to it.\n      sources: [study]\n      level: ‸M-med",
        f"this has level M-med and {MEMORY}",
    ),
    "unknown source": (
        "people: better\n      sources: [study]",
        "people: better\n      sources: [‸stduy]",
        'there is no source "stduy", did you mean "study"? [source-unknown]',
    ),
    "unknown fact in a picture": (
        "bars: [study-sleep]",
        "bars: [‸study-slep]",
        'there is no fact "study-slep", did you mean "study-sleep"? [reference-unknown]',
    ),
    "unknown red flag": (
        "items: [fit]",
        "items: [‸fti]",
        'there is no red flag "fti", did you mean "fit"? [reference-unknown]',
    ),
    "unknown section": (
        "[how to stop](#tapering)",
        "[how to stop](‸#taperin)",
        'there is no section "taperin", did you mean "tapering"? [reference-unknown]',
    ),
    "number of one's own": (
        REST,
        "text: Rest for ‸7 nights.",
        'the number "7" does not come from a fact [number-in-text]',
    ),
    "words surer than the evidence": (
        "answer: They may. Read",
        "answer: ‸They do. Read",
        'an answer of low certainty must say "may" [certainty-words]',
    ),
    "no certainty": (
        "    longer:\n      question: Do people sleep longer?\n      certainty: low\n",
        "    ‸longer:\n      question: Do people sleep longer?\n",
        "this answer does not say how certain it is [claim-without-certainty]",
    ),
    "plan that does not add up": (
        "  example:\n    title: Example, not your plan\n    text: One step a week.\n"
        "    pace: slow\n    dose: 20",
        "  ‸example:\n    title: Example, not your plan\n    text: One step a week.\n"
        "    pace: slow\n    dose: 22",
        "the example cannot be printed: ",
    ),
    "another folder's id": (
        "id: good",
        "id: ‸bad",
        'the id is "bad", but the folder is called "good" [folder-name]',
    ),
    "no such picture": (
        "icon: moon",
        "icon: ‸mooon",
        'there is no icon "mooon", did you mean "moon"?',
    ),
    # Markup
    "a script behind a link": (
        REST,
        'text: ‸"[Rest](javascript:alert(1))"',
        "side_effects.self.advice.text: a link cannot lead to "
        '"javascript:alert(1)": use https:, mailto:, tel: or #the-id-of-a-section',
    ),
    "a file behind a link": (
        REST,
        'text: ‸"[Rest](file:///etc/passwd)"',
        'side_effects.self.advice.text: a link cannot lead to "file:///etc/passwd": '
        "use https:, mailto:, tel: or #the-id-of-a-section",
    ),
    "data behind a link": (
        REST,
        'text: ‸"[Rest](data:text/html,x)"',
        'side_effects.self.advice.text: a link cannot lead to "data:text/html,x": '
        "use https:, mailto:, tel: or #the-id-of-a-section",
    ),
    "a script as the address of a source": (
        "url: https://example.org/study",
        "url: ‸javascript:alert(1)",
        "sources.study.url: should start with https://",
    ),
    "a picture in a text": (
        REST,
        'text: ‸"![Rest](http://127.0.0.1/a.png)"',
        "side_effects.self.advice.text: a picture cannot stand in a text: "
        "put it in a block of its own",
    ),
    "a placeholder in two braces": (
        REST,
        'text: "Rest {{rest-nights}}"',
        '"{',
    ),
    "Jinja in a fact": (
        "who: people who snore",
        'who: "{{ h }} snore"',
        '"{',
    ),
    # The review
    "approved by nobody": (
        "review:\n  status: draft",
        "review:\n  ‸status: approved",
        "review: says approved but has no reviewer, role, date, next, fingerprint: "
        "run plainleaf approve",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_refused_at_its_place(room: Room, case: str) -> None:
    refuse(room, *CASES[case])
