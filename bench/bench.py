"""Plainleaf beside what one would use instead: bench.py [ROUNDS]. Prints a table of ratios.

Both sides of a row run in turns, each in a process of its own; a ratio is the median of the rounds.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
HANDOUT = "baclofen-sleep"
ROUNDS = 9
PYTHON = sys.executable
SCRIPT = Path(PYTHON).with_name("plainleaf")
PLAINLEAF = (str(SCRIPT),) if SCRIPT.exists() else (PYTHON, "-m", "plainleaf")

Command = Sequence[str | Path]


@dataclass(frozen=True)
class Run:
    """One process: seconds on the clock, seconds of processor, most memory in MiB."""

    wall: float
    processor: float
    memory: float


@dataclass(frozen=True)
class Row:
    """Two commands to hold side by side, and the ratio to reach, where there is one."""

    name: str
    beside: str
    ours: Command
    theirs: Command
    goal: float | None = None
    memory_goal: float | None = None


def run(command: Command) -> Run:
    """Run a command to its end. A failure ends the bench: a time of a failure says nothing."""
    words = [str(word) for word in command]
    before = perf_counter()
    process = subprocess.Popen(
        words, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    wall = perf_counter() - before
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode:
        sys.exit(f"{' '.join(words)}\n{said.decode(errors='replace')}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def side_by_side(row: Row, rounds: int) -> list[tuple[Run, Run]]:
    """Ours and theirs, once to warm the disk, then in turns: each goes first every other round."""
    run(row.ours)
    run(row.theirs)
    pairs = []
    for number in range(rounds):
        if number % 2:
            theirs = run(row.theirs)
            ours = run(row.ours)
        else:
            ours = run(row.ours)
            theirs = run(row.theirs)
        pairs.append((ours, theirs))
    return pairs


def line(
    name: str, beside: str, pairs: list[tuple[float, float]], unit: str, goal: float | None
) -> str:
    """One line of the table."""
    ours, theirs = (median(pair[side] for pair in pairs) for side in (0, 1))
    ratio = median(pair[0] / pair[1] for pair in pairs)
    digits = 0 if unit == "MiB" else 3
    target = f"{goal:.2f} {'reached' if ratio <= goal else 'MISSED'}" if goal else ""
    return (
        f"{name:<31} {ours:>8.{digits}f} {beside:<15} {theirs:>8.{digits}f} {unit:<4}"
        f"{ratio:>6.2f}  {target}"
    )


def table(rows: Sequence[Row], rounds: int) -> None:
    """Measure every row, and print as they come."""
    print(f"{'Plainleaf':<40} {'instead':<24} {'':<4}{'ratio':>6}  goal")
    for row in rows:
        pairs = side_by_side(row, rounds)
        wall = [(ours.wall, theirs.wall) for ours, theirs in pairs]
        processor = [(ours.processor, theirs.processor) for ours, theirs in pairs]
        print(line(row.name, row.beside, wall, "s", row.goal), flush=True)
        if row.memory_goal:
            memory = [(ours.memory, theirs.memory) for ours, theirs in pairs]
            print(line("  processor time", row.beside, processor, "s", None))
            print(line("  peak memory", row.beside, memory, "MiB", row.memory_goal), flush=True)


def main(arguments: Sequence[str]) -> None:
    rounds = max(7, int(arguments[0])) if arguments else ROUNDS
    with tempfile.TemporaryDirectory(prefix="plainleaf-bench-") as name:
        folder = Path(name)
        nothing = (PYTHON, "-c", "pass")
        run((PYTHON, "-m", "bench.dump", folder, HANDOUT))
        ours = (*PLAINLEAF, "render", HANDOUT, "-o", folder / "ours.pdf")
        bare = (PYTHON, HERE / "bare.py", folder, folder / "bare.pdf")
        check = (*PLAINLEAF, "check", HANDOUT, "--content")
        plan = ("--dose", "60 mg/day", "--pace", "slow", "--forms", "tablet-10mg", "--times", "2")
        taper = (*PLAINLEAF, "taper", HANDOUT, *plan)
        print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, {rounds} rounds\n")
        table(
            (
                Row("--help", "python -c pass", (*PLAINLEAF, "--help"), nothing),
                Row("schema", "python -c pass", (*PLAINLEAF, "schema"), nothing),
                Row(f"check {HANDOUT} --content", "python -c pass", check, nothing),
                Row("taper: a plan of 8 steps", "python -c pass", taper, nothing),
                Row(f"render {HANDOUT}, cold", "bare WeasyPrint", ours, bare, 1.15, 1.2),
            ),
            rounds,
        )


if __name__ == "__main__":
    main(sys.argv[1:])
