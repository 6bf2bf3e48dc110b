"""How people are named in the lists."""
