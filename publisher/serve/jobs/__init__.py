"""Jobs: what clients of the API asked for. A job is on the disk before its client gets an answer.

| module | purpose |
|---|---|
| ``records`` | ``JobRequest`` and ``JobStatus``: the files that describe a job |
| ``store`` | ``JobStore``: the folder of each job, written whole or not at all |
| ``manager`` | ``JobManager``: accepts jobs, gives them to workers, tells who waits, removes them in the end |
| ``texts`` | texts that are stored with what they were made of, so that they can be translated later |
| ``names`` | names of uploads and results |
| ``work/`` | what a worker does: one module for each kind of job |

The name of a job is a digest of what was asked for: the same sources, options and decisions are the same job. A worker reads
and writes only in the job's folder. When the server ends, however it ends, accepted jobs continue at
the next start; a job during which the server ended twice is reported as lost.
"""
