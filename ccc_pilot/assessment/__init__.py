"""Self-assessment: a standard's points against the regions, with proof; what follows from the answers is computed, never typed."""
