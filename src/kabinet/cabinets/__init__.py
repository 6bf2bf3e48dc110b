"""The home page of each kind of person; it only composes what the rooms below offer."""
