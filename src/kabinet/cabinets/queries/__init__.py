"""What the home pages ask: lists of graduates, figures of schools and districts, the journal."""
