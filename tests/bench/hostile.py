"""How long the diagnosis of hostile chains takes: under a second each, on one core.

Run: ``.venv/bin/python -m tests.bench.hostile``
"""

from __future__ import annotations

from time import perf_counter

from certwizard.diagnosis.case import build_case
from certwizard.diagnosis.diagnose import diagnose
from certwizard.diagnosis.paths import find_paths
from certwizard.diagnosis.thresholds import DEFAULT_THRESHOLDS
from certwizard.domain.parsing import parse_certificate
from certwizard.domain.signatures import verify_signed
from tests.rules.hostile import HOSTILE, hostile


def main() -> None:
    """Print a row for each hostile chain."""
    print(f"{'chain':28} {'seconds':>8} {'again':>8} {'tries':>6} {'steps':>6} {'paths':>6}  verdict")
    for name in HOSTILE:
        observation = hostile(name)
        parse_certificate.cache_clear()
        verify_signed.cache_clear()
        begin = perf_counter()
        diagnosis = diagnose(observation)
        first = perf_counter() - begin
        begin = perf_counter()
        diagnose(observation)
        again = perf_counter() - begin
        case = build_case(observation, DEFAULT_THRESHOLDS)
        search = find_paths(case.pool, case.sent[0])
        counts = f"{search.tries:>6} {search.steps:>6} {len(search.paths):>6}"
        print(f"{name:28} {first:8.2f} {again:8.2f} {counts}  {diagnosis.verdict.value}: {search.stopped}")


if __name__ == "__main__":
    main()
