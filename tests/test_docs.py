"""The docs say what the program does: every command, option, exit code, message, field and link."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import get_args

import click
import pytest

from plainleaf.checks import rules
from plainleaf.cli import commands
from plainleaf.content import load, yaml
from plainleaf.content.base import Proof
from plainleaf.content.facts import FIELDS, Fact, Unit, quantity
from plainleaf.content.model import Handout
from plainleaf.problems import ExitCode
from plainleaf.taper import quantity as doses

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))]
CODE = sorted((ROOT / "plainleaf").rglob("*.py"))
GAP = "…"

# The functions a message goes through on its way to a person, and which argument it is.
SPEAKERS = {
    "Problem": 0, "problem": 0, "ProseError": 0, "Refused": 0, "wrong": 0,
    "refuse": 0, "pattern": 1, "_note": 1, "_stop": 1, "fail": 0, "note": 1,
    "PluralError": 0, "NotPrintable": 0,
}  # fmt: skip
# Findings of the rules are not here: docs/errors.md has each rule by its name.
VARIABLES = {"message", "said"}


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _template(node: ast.expr) -> str:
    """A string as it is written in the program, with … for what is put in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_template(part) for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _template(node.left) + _template(node.right)
    return GAP


def _tidy(template: str) -> str:
    """One space for any, one … for several, none at either end."""
    squeezed = re.sub(rf"{GAP}(?:\s*{GAP})+", GAP, " ".join(template.split()))
    return squeezed.lstrip(f"{GAP}:, ").rstrip(f"{GAP} ")


def _branches(node: ast.expr, tree: ast.AST) -> Iterator[ast.expr]:
    """What an expression may come to: either side of a choice, what a function of ours returns."""
    if isinstance(node, ast.IfExp):
        yield from (*_branches(node.body, tree), *_branches(node.orelse, tree))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        made = node.func.id
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef) and function.name == made:
                for inner in ast.walk(function):
                    if isinstance(inner, ast.Return) and inner.value is not None:
                        yield from _branches(inner.value, tree)
    else:
        yield node


def _spoken(path: Path) -> Iterator[ast.expr]:
    """Every expression by which a module says what is wrong."""
    tree = ast.parse(path.read_bytes())
    rules = path.parent.name == "checks"
    for node in ast.walk(tree):
        found: list[ast.expr] = []
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            place = SPEAKERS.get(name)
            if name == "append" and "refusals" in ast.unparse(node.func):
                place = 0
            if place is not None and not rules:
                found += node.args[place : place + 1]
                found += [word.value for word in node.keywords if word.arg == "message"]
            if name == "echo" and any(word.arg == "err" for word in node.keywords):
                found += node.args[:1]
        elif isinstance(node, ast.Dict):
            keys = [getattr(key, "value", None) for key in node.keys]
            found += [
                value for key, value in zip(keys, node.values, strict=True) if key == "reason"
            ]
        elif isinstance(node, ast.Assign) and not rules:
            names = {target.id for target in node.targets if isinstance(target, ast.Name)}
            found += [node.value] if names & VARIABLES else []
            for target in node.targets:  # why, rights = "…", […]
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    first = getattr(target.elts[0], "id", "")
                    found += node.value.elts[:1] if first == "why" else []
        for each in found:
            yield from _branches(each, tree)


@cache
def _messages() -> dict[str, str]:
    """Every message of the program, and where it is."""
    found = {
        message: f"{_name(path)}:{node.lineno}"
        for path in CODE
        for node in _spoken(path)
        if sum(map(str.isalpha, message := _tidy(_template(node)))) > 3
    }
    tables = {
        "plainleaf/content/yaml.py": [words[1] for words in yaml._PLAIN_WORDS],
        "plainleaf/content/load.py": list(load._PLAIN.values()),
        "plainleaf/taper/quantity.py": list(_reasons()),
    }
    found |= {message: path for path, several in tables.items() for message in several}
    return found | dict(_said_in_setup())


def _reasons() -> Iterator[str]:
    """Why a dose is refused: what `_reading` gives back first."""
    tree = ast.parse(Path(doses.__file__).read_bytes())
    (reading,) = (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name == "_reading"
    )
    for node in ast.walk(reading):
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
            yield _tidy(_template(node.value.elts[0]))


def _said_in_setup() -> Iterator[tuple[str, str]]:
    """What the set-up says before there is a Plainleaf."""
    shell = _text(ROOT / "tools" / "setup.sh")
    for said in re.findall(r'\bsay "([A-Z][^"]* [^"]*[.:])', shell):
        if not said.startswith(("Name one", "Making", "Installing")):
            yield _tidy(re.sub(r"\$\w+|\$\*", GAP, said)), "tools/setup.sh"
    for file in (ROOT / "render.py", ROOT / "tools" / "verapdf" / "verapdf.py"):
        for node in ast.walk(ast.parse(file.read_bytes())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("print", "NotHere"):
                said = _template(node.args[0]).split("\n")[0]
                if sum(map(str.isalpha, said)) > 3:
                    yield _tidy(said), _name(file)


def _documented() -> list[str]:
    """The messages that docs/errors.md lists: `- ` and a code span at the start of a line."""
    return re.findall(r"^- `(.+?)`:", _text(DOCS / "errors.md"), re.MULTILINE)


def test_every_message_is_in_the_docs() -> None:
    page = " ".join(_text(DOCS / "errors.md").split())
    lines = [f"- `{said}`: ({where})" for said, where in _messages().items() if said not in page]
    assert not lines, "Add to docs/errors.md, each with its remedy:\n" + "\n".join(lines)


def test_every_message_in_the_docs_is_one_of_ours() -> None:
    said = _messages()
    lines = [f"- `{line}`" for line in _documented() if not any(one in line for one in said)]
    assert not lines, "Nothing says this any more; take it out of docs/errors.md:\n" + "\n".join(
        lines
    )


def test_messages_are_found() -> None:
    """The collector above hears the kinds of message that there are."""
    for message in (
        'the key "…" is repeated: it first stands in line',
        "should be yes or no",
        "italics are hard to read; use ** for bold",
        "no font has the character “…” (…)",
        "lies outside the leaflet's own folders",
        "no exponents",
        '"…" is no handout',
        "interrupted",
        '"…" is no date: write it as 2026-11-22',
        "says approved but has no …: run plainleaf approve",
        "a numbered list must count 1, 2, 3: number … is written",
        "no … called",
        "cannot be read (…)",
    ):
        assert message in _messages()
    assert len(_messages()) > 120


def test_no_message_is_said_that_cannot_be_found() -> None:
    """What is handed on under another name was said, and found, where it got that name."""
    handed_on = {
        *VARIABLES, "*_MARK", "*_ESCAPED", "line", "reason", "remedy", "str(error)",
        "printed([problem], 'plain')", "record.getMessage()", "self.refusals[-1]",
        "f'{entry.context}: {each.message}'",
        "f'{shown}: {refusal}'", "f'{error.context} {error.problem}'", "f'{said}{lines[key.text]}'",
        "next((words for sign, *words in _PLAIN_WORDS if re.search(sign, said)))",
        "f\"{name}: {_PLAIN.get(error['type'], error['msg'])}\"",
        "' or '.join((f'\"{right}{tail}\"' for right in rights))",
        "[f'{shown(dose)} {unit} at {time}' for time, dose in doses[:_NAMED]]",
    }  # fmt: skip
    silent = {
        f"{_name(path)}:{node.lineno}: {ast.unparse(node)}"
        for path in CODE
        for node in _spoken(path)
        if not _tidy(_template(node)) and ast.unparse(node) not in handed_on
    }
    assert not silent, "Write the message as a string where it is raised:\n" + "\n".join(silent)


def _sections(page: str, level: int = 2) -> dict[str, str]:
    """The parts of a page under each heading of this level."""
    parts = re.split(rf"^{'#' * level} (.+)$", page, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_command_and_option_is_in_the_docs() -> None:
    sections = _sections(_text(DOCS / "commands.md"))
    readme = _text(ROOT / "README.md")
    missing = []
    for name, command in commands.commands.items():
        about = sections.get(f"plainleaf {name}", "")
        if not about:
            missing.append(f"docs/commands.md: ## plainleaf {name}")
            continue
        words = [word for option in command.params for word in _words(option)]
        missing += [
            f"docs/commands.md, plainleaf {name}: `{word}`"
            for word in words
            if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", about)
        ]
        if "```sh" not in about or "Exit code" not in about:
            missing.append(f"docs/commands.md, plainleaf {name}: an example, and its exit codes")
        if f"plainleaf {name}" not in readme:
            missing.append(f"README.md: plainleaf {name}")
    assert not missing, "Write:\n" + "\n".join(missing)


def _words(option: click.Parameter) -> list[str]:
    """What one may type for an option: its names and its choices."""
    choices = list(option.type.choices) if isinstance(option.type, click.Choice) else []
    if isinstance(option, click.Argument):
        return ["HANDOUT"]
    return [*option.opts, *choices]


def test_no_command_or_option_is_invented() -> None:
    known = {"-h", "--help", "--version"}
    known |= {
        word for command in commands.commands.values() for p in command.params for word in p.opts
    }
    for page in PAGES:
        for line in re.findall(r"^.*\bplainleaf [a-z].*$", _text(page), re.MULTILINE):
            for name in re.findall(r"(?:bin/|`)plainleaf ([a-z]+)", line):
                assert name in commands.commands, f"{_name(page)}: plainleaf {name}"
    for word in re.findall(r"`(--?[a-z][a-z-]*)", _text(DOCS / "commands.md")):
        assert word in known, f"docs/commands.md: {word}"


@pytest.mark.parametrize("page", ["README.md", "docs/commands.md", "docs/errors.md"])
def test_exit_codes_are_explained(page: str) -> None:
    text = _text(ROOT / page)
    for code in ExitCode:
        assert re.search(rf"^\| {code.value} \|", text, re.MULTILINE), f"{page}: | {code.value} |"


def test_the_handout_page_names_every_section_unit_field_and_level() -> None:
    page = _text(DOCS / "write-a-handout.md")
    wanted = [
        *(f"`{key}`" for key in Handout.model_fields),
        *(f"`{unit}`" for unit in get_args(Unit)),
        *(f"`.{field}`" for field in FIELDS),
        *(f"`{level}`" for level in Proof),
    ]
    missing = [word for word in wanted if word not in page]
    assert not missing, f"docs/write-a-handout.md does not name {', '.join(missing)}"


def test_the_examples_of_the_handout_page_print_what_it_says() -> None:
    page = _text(DOCS / "write-a-handout.md")
    block = re.search(r"```yaml\n(facts:\n.*?)```", page, re.DOTALL)
    assert block
    values = yaml.parse(block[1].encode(), "docs").plain()["facts"]
    facts = {name: Fact.model_validate(value) for name, value in values.items()}
    printed = re.findall(r"^\| `\{([a-z-]+)\.?([a-z]*)\}` \| (.+) \|$", page, re.MULTILINE)
    assert len(printed) > 5
    for name, field, said in printed:
        assert facts[name].phrase(field).replace("\u00a0", " ") == said
    for unit, amount, said in re.findall(
        r"^\| `([a-z0-9-]+)` \| ((\d+).*?)(?: \(.*)? \|$", page, re.MULTILINE
    ):
        assert quantity(Decimal(said), unit).replace("\u00a0", " ") == amount


def test_the_rules_quote_what_the_design_says() -> None:
    page = " ".join(_text(DOCS / "design.md").replace("`", "").replace("**", "").split())
    missing = []
    for rule in rules():
        source = " ".join(rule.doc.split()).partition("Source: ")[2].partition(" Good: ")[0]
        named = re.findall(r"design\.md,(.*?)(?=our rule,|$)", source)
        for said in re.findall(r'"([^"]+)"', " ".join(named)):
            parts = [part.strip(" ,.") for part in said.replace("`", "").split(GAP)]
            missing += [f"{rule.name}: {part}" for part in parts if part.strip(")") not in page]
    assert not missing, "docs/design.md does not say:\n" + "\n".join(missing)


def test_every_test_named_in_the_hazards_exists() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", _text(DOCS / "hazards.md"))
    assert len(named) > 20
    for path, name in named:
        assert (ROOT / path).is_file(), f"docs/hazards.md names {path}"
        tree = ast.parse((ROOT / path).read_bytes())
        functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert name in functions, f"docs/hazards.md names {path}::{name}"


def test_every_hazard_has_a_control_and_a_test_or_a_person() -> None:
    rows = re.findall(r"^\| (.+) \|$", _text(DOCS / "hazards.md"), re.MULTILINE)
    for row in rows:
        cells = row.split(" | ")
        assert len(cells) == 4 and all(cells), row
        assert cells[0] == "hazard" or "tests/" in cells[3] or "person" in cells[3], row


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_and_paths_lead_somewhere(page: Path) -> None:
    text = _text(page)
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if not target.startswith(("https://", "mailto:")):
            file, _, anchor = target.partition("#")
            there = page.parent / file if file else page
            assert there.exists(), f"{_name(page)}: {target}"
            assert not anchor or anchor in _anchors(_text(there)), f"{_name(page)}: {target}"
    tops = "bench|docs|handouts|plainleaf|styles|tests|tools"
    for path in re.findall(rf"`((?:{tops})/[\w./-]*)`", text):
        assert (ROOT / path).exists(), f"{_name(page)}: {path}"


def _anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


def test_the_readme_leads_everywhere() -> None:
    text = _text(ROOT / "README.md")
    for page in DOCS.glob("*.md"):
        assert f"(docs/{page.name})" in text, f"README.md: no link to docs/{page.name}"


def test_the_readme_opens_with_the_picture_and_two_commands() -> None:
    text = _text(ROOT / "README.md")
    picture = re.search(r"!\[(.{20,})\]\(docs/first-page\.png\)", text)
    assert picture
    (first, *_) = re.finditer(r"```sh\n(.*?)```", text, re.DOTALL)
    assert picture.start() < first.start()
    said = [line.split("#")[0].strip() for line in first[1].splitlines()]
    assert said == ["make leaflets", "make test"]
    assert (DOCS / "first-page.png").read_bytes().startswith(b"\x89PNG")
