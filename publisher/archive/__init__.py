"""Archival packages: BagIt bags that hold a publication with all that it was made from.

``bagit`` knows the format, ``bag_layout`` what is where in a bag of ours. ``bag_plan`` settles names,
``style_materials`` takes in styles and glossaries, ``pack_report`` puts one report into a bag, ``draft`` has
the bag whole or absent, ``bag_info`` and ``premis_events`` describe it, ``write_bag`` ends it. ``fixity`` finds every
changed byte, ``verify_bag`` judges what is inside, ``rebuild`` makes the PDFs again.
"""
