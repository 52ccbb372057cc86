"""How much is done: a sample in the suite, more in `make workflow`."""

import os

RUNS = int(os.environ.get("WORKFLOW_RUNS", "10"))
SEED = int(os.environ.get("WORKFLOW_SEED", "1"))
IS_SAMPLE = "WORKFLOW_RUNS" not in os.environ
# A run that fails is told step by step; to find a shorter one takes Hypothesis minutes.
IS_SHRUNK = bool(os.environ.get("WORKFLOW_SHRINK"))
# Steps of each run; who hand in the same draft at once; orders of two editors; each pair's races.
STEPS = 30
CROWD = 10 if IS_SAMPLE else 50
ORDERS = RUNS * 5 // 2
TIMES = max(2, RUNS // 20)
