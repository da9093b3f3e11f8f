"""Tests of the dose plans."""
