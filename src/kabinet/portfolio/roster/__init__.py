"""The office's list of enrolled people: read from a sheet, judged as a whole, taken in."""
