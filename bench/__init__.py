"""Measurements: each a module with ``measure() -> list[Row]``; `make bench` runs them all."""
