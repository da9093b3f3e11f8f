"""A leaflet with a clinic's letterhead, notes and words, as it is printed."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from plainleaf.cli import main
from plainleaf.content.wording.po import read
from plainleaf.content.wording.written import written
from plainleaf.leaflet import Leaflet, Person, make
from plainleaf.library import Library
from plainleaf.page.compose import compose
from plainleaf.page.setting import Setting
from plainleaf.problems import ContentError, Level
from plainleaf.ready import checked
from plainleaf.taper.patient import read_patient
from tests.hostile.given import GOOD, Room, spoilt
from tests.taper.test_patient_file import written as patient_file

ROOT = Path(__file__).parents[1]
DAY = datetime.date(2026, 11, 22)
SIGN = ["approve", "good", "--reviewer", "Ann Oe", "--role", "pharmacist", "--next", "2099-01-01"]
CLINIC = """id: mine
name: {name}
written: 2026-11-22
address: [{address}]
telephones: {{questions: {telephone}, urgent: {telephone}}}
hours:
  en: {hours}
  es: {hours}
  ar: {hours}
accent: "#7a3b00"
logo: {logo}
roles: {{nurse: {{en: our nurse, es: nuestra enfermera, ar: ممرضتنا}}}}
notes:
  tips: {{en: "Bring it to {{nurse}}.", es: "Pregunte a {{nurse}}.", ar: "اسألوا {{nurse}}."}}
"""
SHORT = {
    "name": "My Clinic",
    "address": "1 Road",
    "telephone": "01632 960 123",
    "hours": "9 to 5",
    "logo": "logo.svg",
}
LONGEST = {
    "name": "The Saint Bartholomew Teaching Hospital Clinics",
    "address": "Department of Sleep, 112 Long Example Street, West Exampleton, Exampleshire "
    "on the Sea, EX1 2MP",
    "telephone": "+44 (0) 1632 960 123 123",
    "hours": "Mon 8.30-17.30, Tue 8.30-17.30, Wed 8.30-17.30, Thu 8.30-17.30, Fri 8.30-17.00",
    "logo": "logo.svg",
}
TALLEST = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20">{}</svg>'.format(
    '<rect width="10" height="20" fill="#7a3b00"/>'
)
WIDEST = TALLEST.replace("0 0 10 20", "0 0 80 10").replace('"10" height="20"', '"80" height="10"')


def clinic(folder: Path, drawing: str = WIDEST, **change: str) -> Path:
    """A clinic of one's own, with files beside it."""
    home = folder / "clinics" / "mine"
    home.mkdir(parents=True, exist_ok=True)
    (home / "clinic.yaml").write_text(CLINIC.format(**(SHORT | change)), encoding="utf-8")
    (home / "logo.svg").write_text(drawing, encoding="utf-8")
    return home


def reword(home: Path, handout: str, texts: dict[str, str], code: str = "en") -> Path:
    """Refresh the clinic's file, and fill in what is reworded."""
    assert main(["wording", handout, "--clinic", "mine", "--language", code]) == 0
    po = home / f"wording.{code}.po"
    catalog = read(po)
    wanted = {f"{handout}/{context}": text for context, text in texts.items()}
    entries = tuple(
        replace(entry, targets=(wanted.pop(entry.context, entry.target),))
        for entry in catalog.entries
    )
    assert not wanted
    po.write_bytes(written(replace(catalog, entries=entries)))
    return po


def leaflet(library: Library, name: str = "good", code: str = "en", **setting: Any) -> Leaflet:
    ready = checked(name, library, DAY, draft=code != "en", code=code, clinic="mine")
    return make(ready, library, Setting(**setting))


def first_page(pdf: bytes, scale: float = 2) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    image: Image.Image = document[0].render(scale=scale).to_pil().convert("RGB")
    document.close()
    return image


def test_the_example_prints_what_is_the_clinics_and_stays_a_draft() -> None:
    library = Library.here(ROOT)
    plain, ready = (checked("baclofen-sleep", library, DAY, clinic=id) for id in (None, "example"))
    html = make(ready, library, Setting(form="html")).data.decode()
    numbers = ("01632\u00a0960\u00a0123", "01632 960 123")
    assert any(number in html for number in numbers)
    assert "Bring your questions to our sleep nurse." in html
    assert "There is little proof." in html and "The proof is thin." not in html
    assert "Wording adapted by" in html and "sentences changed." in html
    assert "--accent: #5b2a6e" in html.lower() and "#0b5563" not in html.lower()
    assert re.search(r'<img src="data:image/svg\+xml;base64,[^"]+" alt="Example Clinic"', html)
    assert ready.said.letterhead is not None and ready.said.letterhead.changed == 3
    assert not ready.standing.approved
    assert not ready.said.clinic_approved
    assert ready.standing.fingerprint != plain.standing.fingerprint
    assert "Wording adapted by" not in make(plain, library, Setting(form="html")).data.decode()


@pytest.mark.parametrize(
    ("code", "paper", "logo"),
    [
        ("en", "a4", TALLEST),
        ("en", "letter", WIDEST),
        ("es", "a4", WIDEST),
        ("es", "letter", TALLEST),
        ("ar", "letter", WIDEST),
    ],
)
def test_the_longest_letterhead_moves_nothing_off_the_first_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, paper: Any, logo: str
) -> None:
    monkeypatch.chdir(tmp_path)
    clinic(tmp_path, logo, **LONGEST)
    market: Any = "us" if paper == "letter" else "uk"
    done = leaflet(Library.here(tmp_path), "baclofen-sleep", code, paper=paper, market=market)
    assert not [each for each in done.problems if each.level is Level.ERROR]
    page = first_page(done.data)
    dot = page.width / (215.9 if paper == "letter" else 210)  # pixels a millimetre
    left, right = (page.width / dot - 57, page.width / dot - 20) if code == "ar" else (20, 57)
    box = (round(left * dot), round(14 * dot), round(right * dot), round(29 * dot))
    ink = Image.eval(page.convert("L").crop(box), lambda grey: 255 * (grey < 128)).getbbox()
    assert ink is not None, "the logo is not in its corner"


def test_a_telephone_that_is_not_on_the_first_page_is_an_error(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic(room.folder)
    library = Library.here(room.folder)
    assert leaflet(library).pages

    def elsewhere(*given: Any, **more: Any) -> str:
        return compose(*given, **more).replace("01632 960 123", "")

    monkeypatch.setattr("plainleaf.leaflet.compose", elsewhere)
    with pytest.raises(ContentError, match="the clinic's telephone is not on the first page"):
        leaflet(library)


def test_the_logo_is_drawn_on_white_in_its_corner(room: Room) -> None:
    home = clinic(room.folder, logo="logo.png")
    picture = Image.new("RGBA", (1200, 400), (0, 0, 0, 0))
    picture.paste((200, 0, 0, 255), (0, 0, 600, 400))
    picture.save(home / "logo.png")
    page = first_page(leaflet(Library.here(room.folder)).data)
    dot = page.width / 210  # pixels a millimetre
    left, right, below = (
        page.getpixel((round(x * dot), round(y * dot))) for x, y in ((20, 18), (50, 18), (20, 40))
    )
    assert left == (200, 0, 0) and right == (255, 255, 255) and below == (122, 59, 0)


def test_a_coarse_or_a_pale_logo_is_told(room: Room) -> None:
    home = clinic(room.folder, logo="logo.png")
    Image.new("RGB", (60, 30), (255, 255, 230)).save(home / "logo.png")
    done = room.run("check", "good", "--clinic", "mine", "--content", "--date", "2026-11-22")
    assert done.code == 0
    place = "clinics/mine/clinic.yaml:11:7: warning: "
    assert f"{place}the logo prints with 51 dots an inch, and 300 are sharp" in done.err
    assert f"{place}the logo hardly shows on white paper in grey" in done.err
    assert "at least 354 by 177 pixels" in done.err


def test_a_patients_copy_has_the_letterhead_and_the_telephone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    clinic(tmp_path)
    library = Library.here(tmp_path)
    person = Person(read_patient(patient_file(tmp_path)), DAY)
    ready = checked("baclofen-sleep", library, DAY, clinic="mine")
    done = make(ready, library, Setting(), person)
    document = pypdfium2.PdfDocument(done.data)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert "My Clinic" in pages[0] and "Ann Example" not in pages[0]
    (plan,) = (text for text in pages if "Ann Example" in text and "01632" in text)
    assert "01632 960 123" in plan.replace("\u00a0", " ")
    assert not [each for each in done.problems if each.level is Level.ERROR]


def test_an_approved_leaflet_in_approved_words_is_no_draft(room: Room) -> None:
    home = clinic(room.folder)
    reword(home, "good", {"side_effects.lead": "Counted in people who were given full doses."})
    assert room.run(*SIGN).code == 0
    library = Library.here(room.folder)
    assert not checked("good", library, DAY, clinic="mine").standing.approved
    said = room.run("wording", "good", "--clinic", "mine").out
    (print_now,) = re.findall(r"fingerprint for clinics/mine/review.yaml: (\w{64})", said)
    review = "status: approved\nwriter: Ann Oe\nreviewer: Bo Ek\nrole: pharmacist\n"
    review += f"date: 2026-11-22\nnext: 2099-01-01\nfingerprint: {print_now}\n"
    (home / "review.yaml").write_text(review, encoding="utf-8")
    ready = checked("good", library, DAY, clinic="mine")
    assert ready.standing.approved and ready.said.clinic_approved
    made = make(ready, library, Setting())
    assert not [each for each in made.problems if each.level is Level.ERROR]
    asked = ("check", "good", "--clinic", "mine", "--content")
    assert "nobody has approved these words" not in room.run(*asked).err
    (home / "logo.svg").write_text(TALLEST, encoding="utf-8")
    assert not checked("good", library, DAY, clinic="mine").standing.approved
    assert "clinics/mine/review.yaml:1:1: warning: nobody has approved" in room.run(*asked).err
    own = review.replace("Bo Ek", "Ann Oe")
    (home / "review.yaml").write_text(own, encoding="utf-8")
    assert "is reviewed by its writer" in room.run(*asked).err


@pytest.mark.parametrize(
    ("code", "context", "new"),
    [
        ("es", "in_short.points.thin-proof.lead", "Hay poca prueba de ello."),
        ("ar", "in_short.points.thin-proof.lead", "الدليل قليل."),
    ],
)
def test_words_in_another_language_are_reworded_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, context: str, new: str
) -> None:
    monkeypatch.chdir(tmp_path)
    home = clinic(tmp_path)
    reword(home, "baclofen-sleep", {context: new}, code)
    library = Library.here(tmp_path)
    ready = checked("baclofen-sleep", library, DAY, True, code, "mine")
    html = make(ready, library, Setting(form="html")).data.decode()
    assert new in html
    assert {"es": "Pregunte a nuestra enfermera.", "ar": "اسألوا ممرضتنا."}[code] in html
    assert ready.said.letterhead and ready.said.letterhead.changed == 1
    english = checked("baclofen-sleep", library, DAY, clinic="mine").said
    assert english.letterhead and english.letterhead.changed == 0


LONG = "They were all counted in people who were on full doses of it, as far as we know, in all of "
LONG += "the hospitals and homes that we found."
WORDED = {
    "evidence.lead": ("We utilise fair tests.", "jargon"),
    "side_effects.lead": (LONG, "long-sentence"),
    "subtitle": (
        "What helps, and what does not. This line is much too long for its place.",
        "one-message",
    ),
}


@pytest.mark.parametrize("context", WORDED)
def test_a_clinics_sentence_is_held_to_the_rules_of_ours(room: Room, context: str) -> None:
    text, rule = WORDED[context]
    po = reword(clinic(room.folder), "good", {context: text})
    lines = po.read_text(encoding="utf-8").splitlines()
    start = lines.index(f'msgctxt "good/{context}"')
    line = next(n for n, text in enumerate(lines[start:], start + 1) if text.startswith("msgstr"))
    for words in (
        ("check", "good", "--clinic", "mine", "--content"),
        ("wording", "good", "--clinic", "mine"),
    ):
        told = room.run(*words).err
        found = [each for each in told.splitlines() if each.endswith(f"[{rule}]")]
        assert any(
            each.startswith(f"clinics/mine/wording.en.po:{line}:") and f"good/{context}: " in each
            for each in found
        ), told


def test_a_clinics_answer_says_how_sure_it_is_as_ours_does(room: Room) -> None:
    room.write(
        spoilt(
            ("      certainty: low", "      certainty: none"),
            ("They may. Read [how to stop](#tapering).", "Nobody has tested this."),
        )
    )
    home = clinic(room.folder)
    reword(home, "good", {"evidence.questions.longer.answer": "No one has looked at this."})
    done = room.run("check", "good", "--clinic", "mine", "--content")
    assert done.code == 1
    assert any(
        line.startswith("clinics/mine/wording.en.po:") and 'must say "nobody has tested"' in line
        for line in done.errors
    )
    assert "handout.yaml" not in "".join(done.errors)


def test_check_reads_every_clinic_of_ones_own(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Library, "names", lambda self: ["good"])
    home = clinic(room.folder)
    po = reword(home, "good", {"side_effects.lead": "Counted in those on full doses."})
    assert room.run("check", "--content").code == 0
    room.write(GOOD.replace("Counted in people on full doses.", "Counted in people."))
    stale = room.run("check", "--content")
    assert stale.code == 1
    assert '"good/side_effects.lead" is stale' in stale.err
    assert room.run("check", "good", "--content").code == 0  # a handout alone, without clinics
    room.write(GOOD)
    po.write_text(
        po.read_text(encoding="utf-8").replace("good/side", "gone/side"), encoding="utf-8"
    )
    gone = room.run("check", "--content")
    assert 'there is no handout "gone" for "gone/side_effects.lead"' in gone.err
    po.unlink()
    (home / "logo.svg").write_text("<svg/>", encoding="utf-8")
    broken = room.run("check", "--content")
    assert broken.code == 1
    assert broken.errors == [
        "clinics/mine/clinic.yaml:11:7: error: the drawing does not say how large it is"
    ]


def test_check_draws_the_page_with_the_clinic(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Any] = []

    def noted(*given: Any) -> Leaflet:
        drawn.append((given[0].said.letterhead, given[2].paper))
        return Leaflet(b"", 1, given[0].problems)

    monkeypatch.setattr("plainleaf.leaflet.make", noted)
    monkeypatch.setattr(Library, "names", lambda self: ["good"])
    home = clinic(room.folder)
    assert room.run("check", "good", "--clinic", "mine", "--content").code == 0 and not drawn
    assert room.run("check", "good", "--clinic", "mine").code == 0
    assert [(head.id, paper) for head, paper in drawn] == [("mine", "a4")]
    drawn.clear()
    assert room.run("check").code == 0
    assert [head.id for head, _ in drawn if head] == ["mine"]
    drawn.clear()
    file = home / "clinic.yaml"
    file.write_text(f"{file.read_text(encoding='utf-8')}example: yes\n", encoding="utf-8")
    assert room.run("check").code == 0  # the page of an example is drawn where it is asked for
    assert drawn and not [head for head, _ in drawn if head]
    assert room.run("check", "--clinic", "mine").code == 0
    assert [head.id for head, _ in drawn if head] == ["mine"]


def test_an_unknown_clinic_is_the_command_lines_fault(room: Room) -> None:
    clinic(room.folder)
    done = room.run("check", "good", "--clinic", "mein")
    assert done.code == 2
    assert 'did you mean "mine"?' in done.err
