"""The address under which a clinic keeps its leaflets: read strictly, for it ends in a code."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from plainleaf.content.address import LONGEST, Leaflets, leaflet_at

READ = TypeAdapter(Leaflets)


@pytest.mark.parametrize(
    ("given", "address"),
    [
        (
            "https://leaflets.example.org/{id}/{language}",
            "https://leaflets.example.org/good-sleep/es",
        ),
        ("https://example.org/l/{language}/{id}.pdf", "https://example.org/l/es/good-sleep.pdf"),
        ("https://a-b.example.org/leaflets", "https://a-b.example.org/leaflets"),
        ("https://example.org", "https://example.org"),
        (
            "https://example.org/get?l={id}&in={language}",
            "https://example.org/get?l=good-sleep&in=es",
        ),
    ],
)
def test_a_good_address_is_filled_in(given: str, address: str) -> None:
    assert leaflet_at(READ.validate_python(given), "good-sleep", "es") == address


@pytest.mark.parametrize(
    "given",
    [
        "http://example.org/{id}",
        "example.org/{id}",
        "https://example.org/{name}",
        "https://example.org/{id",
        "https://{id}.org/",
        "https://{id}.example.org/",
        "https://example.org/a b",
        "https://user@example.org/{id}",
        "https://example.org:8080/{id}",
        "https://EXAMPLE.org/{id}",
        "https://example.org/{id}#top",
        "https://example/{id}",
        'https://example.org/"><script>',
        "https://example.org/lé",
        "https://еxample.org/{id}",
        "javascript:alert(1)//https://example.org/",
        "https://example.org/{id}\n",
        f"https://example.org/{'a' * LONGEST}",
        "",
    ],
)
def test_what_is_no_plain_address_is_refused(given: str) -> None:
    with pytest.raises(ValidationError, match=r"should be an address|is too long"):
        READ.validate_python(given)
