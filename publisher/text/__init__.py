"""Tools for text that every stage uses: characters, edits, numbers, dates, protected spans."""
