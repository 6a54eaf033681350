"""ccc_pilot: project management and accreditation tracker for a cancer network that wants to become a CCC."""
