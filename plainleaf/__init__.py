"""Plainleaf: printable patient leaflets, from YAML through Jinja and CSS to PDF/UA."""

__version__ = "0.1.0"
