"""Matrix products on one thread, so that their sums are made in the same order whatever the number of processes or of idle cores."""

from __future__ import annotations

from contextlib import ContextDecorator
from functools import cache
from threading import Lock
from typing import Any


@cache
def _libraries() -> tuple[Any, ...]:
    """The libraries behind numpy's and scipy's matrix products, each with ``num_threads`` and ``set_num_threads``."""
    import scipy.linalg  # noqa: F401  scipy may bring a library of its own, which is found only once it is loaded
    from threadpoolctl import ThreadpoolController

    return tuple(ThreadpoolController().select(user_api="blas").lib_controllers)


class _OneThread(ContextDecorator):
    """While one caller or several are inside, products run on one thread; the last to leave gives the threads back."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._inside = 0
        self._before: list[tuple[Any, int]] = []

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._before = [(library, n) for library in _libraries() if (n := library.num_threads) != 1]
                for library, _ in self._before:
                    library.set_num_threads(1)
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                for library, n in self._before:
                    library.set_num_threads(n)


one_thread = _OneThread()
"""``with one_thread:`` around products, or ``@one_thread`` on a function that makes them. The sum of a row depends in its last digits
on how a library deals rows out to threads, and with it every learned probability. One inside another costs nothing."""
