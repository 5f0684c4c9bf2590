"""How the names of a report's results end; no source's name ends so."""

from publisher.dataset import FORMATS

PDF, RECORD = ".pdf", ".record.json"
PAGE, TEXT, BILINGUAL = ".page.html", ".normalised.txt", ".bilingual.pdf"
SUFFIXES = (PDF, RECORD, PAGE, TEXT, BILINGUAL, *FORMATS.values())
