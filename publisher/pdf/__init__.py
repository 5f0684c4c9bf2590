"""PDF objects, read and written: for whoever looks into a file, or makes one of others."""
