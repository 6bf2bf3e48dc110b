"""The office's DOCX templates, and the copies filled with a student's facts."""
