"""Sources in every format, written for the tests: ordinary ones and hostile ones."""
