"""Archival packages: BagIt bags that hold publications together with everything they were made from.

``bagit`` implements the format, ``bag_layout`` the paths in a bag. To write a bag, ``bag_plan`` chooses the names,
``style_materials`` collects styles and glossaries, ``pack_report`` builds one report into a ``draft``, ``bag_info`` and
``premis_events`` write the metadata, ``write_bag`` completes the bag. To read one, ``fixity`` finds every changed byte,
``verify_bag`` verifies the contents, ``rebuild`` builds the PDFs again.
"""
