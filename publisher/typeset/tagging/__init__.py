"""The structure tree: planned from the HTML, written into the file."""
