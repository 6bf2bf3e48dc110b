"""What a university usually begins with: forms, documents, sets, and templates written by us."""
