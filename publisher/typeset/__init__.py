"""From HTML to PDF: WeasyPrint, and what the toolkit adds at its seams."""
