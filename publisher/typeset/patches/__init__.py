"""What makes WeasyPrint fast: patches of its names, for one document at a time, and put back after it."""
