"""The regions' own words in a briefing: lists stay lists, a line goes on behind its name."""

from ccc_pilot.briefings.meeting_sections import paragraphs
from ccc_pilot.briefings.telling import Told
from ccc_pilot.i18n import force_locale
from ccc_pilot.office.blocks import Bullets, Heading, Paragraph, text_of


def test_a_list_stands_below_its_name_and_a_line_behind_it():
    said = {"done": "- P0-05 klar\n- P0-10 **pågår**", "coming": "Möte i maj", "asks": "", "sent_at": "2025-05-01"}
    nothing = {"done": "", "coming": "", "asks": " ", "sent_at": "2025-05-01"}
    regions = [{"key": "ro", "short": "RÖ"}, {"key": "rjl", "short": "RJL"}]
    told = Told({"cut_off": "2025-05-02", "regions": regions, "paragraphs": {"ro": said, "rjl": nothing}, "before": None}, "sv")
    with force_locale("sv"):
        heading, done, items, coming, _other, new = paragraphs(told)
    assert isinstance(heading, Heading) and isinstance(done, Paragraph) and isinstance(coming, Paragraph)
    assert text_of(done.runs) == "Vad som har gjorts:" and text_of(coming.runs).endswith(": Möte i maj")
    assert isinstance(items, Bullets) and [text_of(item.runs) for item in items.items] == ["P0-05 klar", "P0-10 pågår"]
    assert isinstance(new, Bullets)
