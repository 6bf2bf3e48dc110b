"""The journal: append-only, one hash chain per organisation, readable by a stranger."""
