"""From HTML to PDF: a patched copy of WeasyPrint with our own line breaking, fonts and tags."""
