"""What the office keeps as lists of its own: departments, specialities, years, documents and sets."""
