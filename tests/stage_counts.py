"""How often each stage of the pipeline runs."""

from collections import Counter

from publisher.pipeline.stage_cache import StageCache


class CountingCache(StageCache):
    """Counts the stages that run."""

    def __init__(self):
        super().__init__()
        self.runs = Counter()

    def run(self, stage, inputs, compute):
        def counted():
            self.runs[stage] += 1
            return compute()

        return super().run(stage, inputs, counted)
