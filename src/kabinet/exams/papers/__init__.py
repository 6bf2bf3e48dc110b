"""Photos and scans of a form: adding, taking away and showing them, and the pages where that happens."""
