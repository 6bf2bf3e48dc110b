"""What the house tells people: one outbox, on the screen and by e-mail."""
