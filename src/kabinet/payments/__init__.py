"""What is owed and what was claimed to be paid: charges, receipts and their states."""
