"""Calendars are read back by two libraries: days, changes, reminders and hints."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import vobject

from ccc_pilot.office import calendars
from ccc_pilot.office.calendars import Event

CHANGED = datetime(2025, 5, 1, 6, 0, tzinfo=UTC)
UID = calendars.uid_of("sosr-wp4-2025:P0-05@ro", "pilot.example")
DAY = Event(UID, "Projektledare; utses, RÖ", date(2025, 5, 12), CHANGED, sequence=3, text="Rad ett\nrad två å" * 20, address="https://pilot.example/m", alarms=(timedelta(days=7, hours=-9),), kinds=("RSL",))  # fmt: skip
MEETING = Event(
    "m@x", "RSL", datetime(2025, 5, 12, 7, tzinfo=UTC), CHANGED, datetime(2025, 5, 12, 9, tzinfo=UTC), place="Linköping"
)
OFF = Event("o@x", "Inställt", date(2025, 5, 13), CHANGED, date(2025, 5, 14), cancelled=True, alarms=(timedelta(days=1),))


def written(*events: Event) -> bytes:
    return calendars.write(events or (DAY, MEETING, OFF), name="Milstolpar RÖ", text="Från piloten")


def read() -> list[Any]:
    return list(icalendar.Calendar.from_ical(written()).walk("VEVENT"))


def test_a_whole_day_ends_on_the_day_after():
    day, _meeting, off = read()
    assert (day.decoded("dtstart"), day.decoded("dtend")) == (date(2025, 5, 12), date(2025, 5, 13))
    assert off.decoded("dtend") == date(2025, 5, 15)
    assert day["transp"] == "TRANSPARENT"


def test_ids_stay_and_changes_are_counted():
    day = read()[0]
    assert UID == calendars.uid_of("sosr-wp4-2025:P0-05@ro", "pilot.example") != calendars.uid_of("x", "pilot.example")
    assert "P0-05" not in UID
    assert (day["uid"], day["sequence"], day.decoded("last-modified")) == (UID, 3, CHANGED)
    assert written() == written()


def test_a_reminder_rings_when_it_was_asked_to_and_not_for_what_is_cancelled():
    day, _meeting, off = read()
    (alarm,) = day.walk("VALARM")
    assert alarm.decoded("trigger") == -timedelta(days=6, hours=15)
    assert off["status"] == "CANCELLED"
    assert not off.walk("VALARM")


def test_who_follows_is_told_how_often_to_look():
    calendar = icalendar.Calendar.from_ical(written())
    assert calendar.decoded("refresh-interval") == timedelta(hours=6)
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H" in written()
    assert calendar["x-published-ttl"] == "PT360M"
    assert calendar["x-wr-calname"] == "Milstolpar RÖ"
    assert calendar["method"] == "PUBLISH"


def test_another_library_reads_the_same():
    (calendar,) = vobject.readComponents(written().decode())
    day, meeting, _off = calendar.vevent_list
    assert day.summary.value == "Projektledare; utses, RÖ"
    assert day.description.value == DAY.text
    assert meeting.dtstart.value == MEETING.begins
    assert meeting.location.value == "Linköping"


def test_lines_are_folded_at_75_bytes():
    assert max(len(line) for line in written().split(b"\r\n")) <= 75


def test_a_calendar_without_events_is_one():
    assert icalendar.Calendar.from_ical(calendars.write((), name="Tom")).walk("VEVENT") == []
