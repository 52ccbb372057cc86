"""What partners fill in: the parts of forms, and the sections of each noun."""
