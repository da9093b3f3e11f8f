"""The main job: `python render.py [HANDOUT…]`, a face of `plainleaf render`."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
NEEDED = ("babel", "click", "jinja2", "markdown_it", "pikepdf", "pydantic", "weasyprint", "yaml")


def ready() -> bool:
    """Whether this Python can run Plainleaf."""
    return sys.version_info >= (3, 11) and all(find_spec(name) for name in NEEDED)


if __name__ == "__main__":
    if not ready():
        python = VENV / "bin" / "python"
        if not python.exists() or Path(sys.prefix).resolve() == VENV.resolve():
            print(f'render.py: run "make leaflets" in {HERE}: it sets up .venv', file=sys.stderr)
            sys.exit(3)
        os.execv(python, [str(python), str(HERE / "render.py"), *sys.argv[1:]])  # noqa: S606
    sys.path.insert(0, str(HERE))
    from plainleaf.cli import main

    sys.exit(main(["render", *sys.argv[1:]]))
