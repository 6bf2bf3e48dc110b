"""What the program read in the photos of the identity document, beside what was typed.

Everything is worked out anew at each look, from the readings that lie with the photos and from the
form as it stands: no copy can go stale. The machine advises; it hinders nobody and fills nothing
without being asked.
"""
