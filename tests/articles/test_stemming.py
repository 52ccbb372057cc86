"""Stems are the same for all who ask at once."""

import sys
from concurrent.futures import ThreadPoolExecutor

from articles.stemming import stem

WORDS = [
    f"{root}{ending}"
    for root in ("pollut", "retort", "amalgam", "nation", "ртут", "золот", "زئبق")
    for ending in ("", "s", "ing", "ations", "ability", "fulness", "ами", "ов", "ات")
]


def test_threads_do_not_mix_their_words():
    alone = list(map(stem.__wrapped__, WORDS))
    often = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(4) as threads:
            found = list(threads.map(lambda _: list(map(stem.__wrapped__, WORDS)), range(40)))
    finally:
        sys.setswitchinterval(often)

    assert found == [alone] * 40
    assert len(set(alone)) < len(WORDS)
