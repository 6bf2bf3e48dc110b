"""The PhD cabinet: who studies what, which documents are due, and what became of them."""
