"""The functions of the public Python interface, which ``publisher`` exports by their flat names.

``reports`` publishes reports and checks their figures, ``decisions`` reviews their edits, ``finished_files`` verifies and changes finished PDFs,
``collections`` works on folders and bags. Every function imports what it needs when it is called, may
be called from several threads, and changes nothing else in the process.
"""
