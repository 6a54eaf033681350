"""How long does a plan of 1,000 items take to read? Aim: under 0.5 s. Run: python -m bench.catalogue"""

from statistics import median
from time import perf_counter

from ccc_pilot.catalogue import parse_plan

HEAD = """
key = "large"
title = { sv = "Stor plan", en = "A large plan" }
summary = { sv = "Tusen milstolpar.", en = "A thousand milestones." }
kind = "pilot"
edition = "1"
phases = [{ id = "P", order = 1, title = { sv = "Fas", en = "Phase" } }]
"""
ITEM = """
[[items]]
id = "M-{number}"
phase = "P"
title = {{ sv = "Milstolpe {number} är klar", en = "Milestone {number} is done" }}
description = {{ sv = "Vad som ska vara gjort, och hur det visas.", en = "What is to be done, and how it is shown." }}
owner_role = "regional_lead"
per_region = true
when = {{ date = "sista delen av nov 2025", raw = "Sista delen av nov" }}
reporting = true
report_to = "rsl"
depends_on = [{before}]
reminder_days = [30, 14, 3]
source = "Underlag"
source_ref = "S0:{number}"
confidence = "assumption"
"""


def plan(count: int) -> str:
    """Return the text of a plan of ``count`` items, each waiting for the one before it."""
    items = (ITEM.format(number=n, before=f'"M-{n - 1}"' if n > 1 else "") for n in range(1, count + 1))
    return HEAD + "".join(items)


def main() -> None:
    """Print the median of five readings."""
    text = plan(1_000)
    seconds = []
    for _ in range(5):
        begin = perf_counter()
        parse_plan(text, "large/plan.toml")
        seconds.append(perf_counter() - begin)
    print(f"1,000 items, {len(text):,} characters: median {median(seconds):.3f} s of {[round(s, 3) for s in seconds]}")


if __name__ == "__main__":
    main()
