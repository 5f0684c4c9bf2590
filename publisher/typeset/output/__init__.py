"""The parts of a PDF besides its pages: metadata, attachments, press colours, page boxes, destinations."""
