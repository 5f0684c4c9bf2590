"""Reading and writing of PDF objects, for verification, volumes, imposition and signing."""
