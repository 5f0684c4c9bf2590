"""Archival packages: BagIt bags that hold a publication with all that it was made from.

``bagit`` knows the format, ``layout`` what is where in a bag of ours. ``planning`` settles names,
``materials`` takes in styles and glossaries, ``packing`` puts one report into a bag, ``draft`` has
the bag whole or absent, ``metadata`` and ``premis`` describe it, ``package`` ends it. ``fixity`` finds every
changed byte, ``checking`` judges what is inside, ``rebuilding`` makes the PDFs again.
"""
