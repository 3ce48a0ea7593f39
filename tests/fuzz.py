"""The laws of the suite over many more articles, with other ones each time, until time is up.

Usage: python tests/fuzz.py [SECONDS]. Ends at the first law that is broken; what breaks it is kept by
hypothesis, and printed with the seed. What it finds becomes a test.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
LAWS = ("tests/test_laws.py", "tests/test_mending.py", "tests/parse/test_positions.py")


def main(seconds: float) -> int:
    end = time.monotonic() + seconds
    rounds = 0
    while time.monotonic() < end:
        seed = random.randrange(10**9)
        pytest = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "auto", "--dist", "loadgroup"]
        command = [*pytest, f"--hypothesis-seed={seed}"]
        env = {**os.environ, "CRAMPLINT_FUZZ": "1"}
        left = max(end - time.monotonic(), 1)
        try:
            done = subprocess.run([*command, *LAWS], cwd=ROOT, env=env, timeout=left)
        except subprocess.TimeoutExpired:
            break
        if done.returncode:
            print(f"seed {seed}: a law is broken, see above")
            return 1
        rounds += 1
    print(f"no law is broken; {rounds} whole rounds")
    return 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 300))
