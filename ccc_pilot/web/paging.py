"""Pages of a long list."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """The page shown: its number (from 1), how many there are, all rows, and the address of another page.

    With ``more`` there are more pages and rows than so many: a long list is counted only so far ahead.
    """

    number: int
    pages: int
    total: int
    url: Callable[[int], str]
    more: bool = False

    @property
    def window(self) -> list[int | None]:
        """The page numbers to offer: first, last and those around this one, with None where some are left out."""
        near = sorted({1, self.pages, *range(max(1, self.number - 2), min(self.pages, self.number + 2) + 1)})
        window: list[int | None] = []
        for number in near:
            if window and number - (window[-1] or 0) > 1:
                window.append(None)
            window.append(number)
        return [*window, None] if self.more else window
