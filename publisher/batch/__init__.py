"""Builds of whole folders: the plan is made first, then worker processes build the reports.

``plan`` names the results, ``run`` decides what must be built and records it in ``journal``, ``workers`` (processes
of this machine) or ``cluster`` (Dask) execute it, ``results_page`` writes the overview.
"""
