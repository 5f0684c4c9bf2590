"""The API below ``/v1/``: reports in, results out, the options named as in ``publisher.toml``.

| module | purpose |
|---|---|
| ``fields`` | the fields of a form, made from ``publisher.options`` |
| ``operations`` | what can be asked for, each with its fields |
| ``form`` | a request read by the fields of its operation |
| ``routes`` | the routes: operations, and the jobs that they make |
| ``results`` | the files of a job as an answer |
| ``events`` | the states of a job as they change (server-sent events) |
| ``openapi``, ``reference`` | the description of all this for programs and for people |
| ``status_routes``, ``metrics`` | ``/healthz``, ``/readyz`` and ``/metrics`` |
"""
