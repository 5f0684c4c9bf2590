"""From HTML to PDF: WeasyPrint, and what the toolkit adds at its seams."""

from publisher.system.compiled_modules import use_copies

use_copies()
