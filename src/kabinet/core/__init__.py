"""Pure rules: bytes and strings in, frozen dataclasses out; no Django, no settings, no database."""
