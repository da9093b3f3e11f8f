"""One Chromium for the whole run, and leaflets in the HTML form to look at in it."""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from plainleaf.leaflet import Person, make
from plainleaf.library import Library
from plainleaf.page.setting import Setting
from plainleaf.ready import Source, in_languages, source
from plainleaf.taper.patient import read_patient
from tests.taper.test_patient_file import written

ROOT = Path(__file__).parents[2]
DAY = datetime.date(2026, 11, 22)
PLACE = "http://leaflet.invalid/"
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
PHONE, SMALLEST, DESK = (360, 780), (320, 640), (1280, 900)
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_REMEDY = "Chromium is missing: sh tools/setup.sh test, or apt-get install chromium"

Shown = Callable[..., AbstractContextManager[Page]]
Made = Callable[..., str]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window. In CI it must be there; elsewhere its tests are skipped."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(_REMEDY)
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=found, args=_ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """`made("baclofen-sleep", code="ar")`: its HTML form, made once."""
    library = Library((ROOT,))

    @cache
    def checked(name: str) -> Source:
        return source(name, library, DAY)

    @cache
    def once(
        name: str = "baclofen-sleep",
        code: str = "en",
        clinic: str | None = None,
        own: bool = False,
        **setting: Any,
    ) -> str:
        person = None
        if own:
            change = {"dose": "60 mg/day", "times": "3", "start": "2026-12-01"}
            file = written(tmp_path_factory.mktemp("own"), **change)
            person = Person(read_patient(file), DAY)
        ready = in_languages(checked(name), library, DAY, code=code, clinic=clinic)
        return make(ready, library, Setting(form="html", **setting), person).data.decode()

    return once


@pytest.fixture
def shown(browser: Browser) -> Shown:
    """`with shown(html, size) as page`: the page, which asks for nothing but itself."""

    @contextmanager
    def open_(html: str, size: tuple[int, int] = PHONE, **options: Any) -> Iterator[Page]:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        asked: list[str] = []
        said: list[str] = []

        def answer(route: Any) -> None:
            asked.append(route.request.url)
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

        context.route("**/*", answer)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.goto(PLACE)
        yield page
        context.close()
        assert asked == [PLACE]
        assert said == []

    return open_
