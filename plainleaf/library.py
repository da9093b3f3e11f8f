"""Finds handouts, styles and clinics: the user's own folder first, then the bundled one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from plainleaf.content.ledger.reading import NAME as LEDGER
from plainleaf.content.load import Loaded, load_handout, load_markets, nearest
from plainleaf.content.model import Handout, Markets
from plainleaf.problems import MachineError, Problem, UsageError

_HERE = Path(__file__).resolve().parent
_CLINICS = "clinics/*/clinic.yaml"
_STYLES = "styles/*/style.yaml"


def bundled() -> Path:
    """The folder of the bundled handouts and styles: in the wheel, or at the top of a checkout."""
    for folder in (_HERE / "bundled", _HERE.parent):
        if (folder / "handouts").is_dir() and (folder / "styles").is_dir():
            return folder
    raise MachineError(
        Problem("the bundled handouts and styles are missing", hint="Install plainleaf again.")
    )


@dataclass(frozen=True)
class Library:
    """Folders that hold `handouts/`, `clinics/` and `styles/`, in order; the last is bundled."""

    roots: tuple[Path, ...]

    @classmethod
    def here(cls, folder: Path) -> Library:
        """The library as seen from a working folder."""
        own = folder.resolve()
        base = bundled()
        mine = any((own / name).is_dir() for name in ("handouts", "clinics", "styles"))
        return cls((own, base) if own != base and mine else (base,))

    @property
    def styles(self) -> Path:
        return self.roots[-1] / "styles"

    @property
    def fonts(self) -> Path:
        return self.styles / "fonts"

    def names(self) -> list[str]:
        """The ids of all handouts, each once, sorted."""
        found = {
            path.parent.name
            for root in self.roots
            for path in (root / "handouts").glob("*/handout.yaml")
        }
        return sorted(found)

    def path(self, name: str) -> Path:
        """The YAML file of a handout named by id, folder or file. UsageError names the nearest."""
        given = Path(name)
        if given.suffix in (".yaml", ".yml") or _is_file(given):
            return given
        if _is_file(given / "handout.yaml"):
            return given / "handout.yaml"
        if "/" not in name and "\\" not in name and name not in (".", ".."):
            for root in self.roots:
                path = root / "handouts" / name / "handout.yaml"
                if _is_file(path):
                    return path
        near = nearest(name, self.names())
        raise UsageError(
            Problem(
                f'"{name}" is no handout' + (f', did you mean "{near}"?' if near else ""),
                hint=f"The library has: {', '.join(self.names()) or 'none'}. "
                "A folder with a handout.yaml, or a YAML file, will do too.",
            )
        )

    def handout(self, name: str) -> Loaded[Handout]:
        """Read and validate a handout. Its folder must carry its id."""
        path = self.path(name)
        return load_handout(path, shown(path))

    def own(self, folder: Path) -> Path:
        """The user's own library, to write into: the working folder. UsageError where it is none,
        or is part of the installed program."""
        here = folder.resolve()
        if here == self.roots[0] and not here.is_relative_to(_HERE):
            return here
        raise UsageError(
            Problem(
                "this folder is no library of your own",
                hint="Go to the folder that holds your handouts/ or clinics/, and try again there.",
            )
        )

    def ledgers(self, handout: Path) -> list[Path]:
        """Where releases and withdrawals of a handout may stand: beside each handouts/ it is in."""
        near = handout.resolve().parent.parent
        folders = [*self.roots, *([near.parent] if near.name == "handouts" else [])]
        paths = dict.fromkeys(folder / LEDGER for folder in folders)
        return [path for path in paths if path.is_symlink() or path.exists()]

    def clinics(self) -> list[str]:
        """The ids of all clinics, each once, sorted."""
        found = {path.parent.name for root in self.roots for path in root.glob(_CLINICS)}
        return sorted(found)

    def own_clinics(self) -> list[str]:
        """The ids of the clinics in the first folder alone: the user's own, where there is one."""
        return sorted(path.parent.name for path in self.roots[0].glob(_CLINICS))

    def clinic_path(self, id: str) -> Path:
        """The clinic.yaml of a clinic. UsageError names the nearest."""
        known = self.clinics()
        if id not in known:
            near = nearest(id, known)
            raise UsageError(
                Problem(
                    f'"{id}" is no clinic' + (f', did you mean "{near}"?' if near else ""),
                    hint=f"There are: {', '.join(known) or 'none'}. docs/clinic.md says how to "
                    "make one.",
                )
            )
        paths = (root / "clinics" / id / "clinic.yaml" for root in self.roots)
        return next(path for path in paths if path.is_file())

    def styles_known(self) -> list[str]:
        """The names of all styles, each once, sorted."""
        return sorted({path.parent.name for root in self.roots for path in root.glob(_STYLES)})

    def own_styles(self) -> list[str]:
        """The names of the styles of the user's own folder."""
        own = {path.parent.name for root in self.roots[:-1] for path in root.glob(_STYLES)}
        return sorted(own)

    def style(self, name: str) -> Path:
        """The folder of a style, the user's own first. UsageError names the nearest."""
        known = self.styles_known()
        if name not in known:
            near = nearest(name, known)
            raise UsageError(
                Problem(
                    f'"{name}" is no style' + (f', did you mean "{near}"?' if near else ""),
                    hint=f"There are: {', '.join(known)}. docs/style.md says how to make one.",
                )
            )
        folders = (root / "styles" / name for root in self.roots)
        return next(folder for folder in folders if (folder / "style.yaml").is_file())

    def markets(self) -> Markets:
        """What differs between countries: the user's own file first, then the bundled one."""
        path = self.markets_path()
        return load_markets(path, shown(path)).model

    def markets_path(self) -> Path:
        """The file that holds what differs between countries."""
        for root in self.roots:
            path = root / "handouts" / "markets.yaml"
            if path.is_file():
                return path
        raise MachineError(
            Problem("handouts/markets.yaml is missing", hint="Install plainleaf again.")
        )


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than the system allows
        return False


def shown(path: Path) -> str:
    """The path as a person in this folder would write it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
