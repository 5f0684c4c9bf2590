"""Preflight: verification of a PDF against PDF/X-4 and the requirements of a print shop."""
