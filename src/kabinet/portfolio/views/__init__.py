"""The pages of the PhD cabinet."""
