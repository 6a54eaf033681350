"""Colours, fonts and languages that all papers of the house share (colours without the number sign)."""

PETROL = "0B5F66"
INK = "1B2A2F"
MUTED = "56676C"
TINT = "E8F1F2"
LINE = "C9D6D8"
WHITE = "FFFFFF"
# Colours of states, apart in lightness too, so that they hold in print and for the colour-blind.
STATES = {
    "done": "2F7D5B", "claimed": "7DB59A", "ongoing": "2F6DB5", "at_risk": "D08A1E", "late": "B3362C",
    "not_started": "B9C4C7", "cancelled": "8A979B", "unknown": "8A7CA8",
}  # fmt: skip
BODY_FONT = "Calibri"
LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}
