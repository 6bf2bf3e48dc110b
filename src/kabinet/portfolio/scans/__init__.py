"""Photos of pages, put in order and made into one PDF."""
