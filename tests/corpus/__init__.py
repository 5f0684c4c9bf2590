"""Sources in every format, written for these tests: what an office has, and what an attacker sends."""
