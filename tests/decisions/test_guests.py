"""Whom a meeting is for is chosen on a page of its own."""


def test_the_guests_are_chosen_on_a_page_which_recalls_those_of_the_bodys_last_meeting(head):
    first, second = (
        number_of(head.submit("/meetings/new", body_key="rsl", title="", day=day).location)
        for day in ("2027-05-03", "2027-06-07")
    )
    page = head.soup(f"/meetings/{first}/guests")
    assert not page.select("input[name=people][checked]")
    box = next(label.find("input")["value"] for label in page.select("label.form-check") if "Projektledare RÖ" in label.text)
    assert head.submit(f"/meetings/{first}/guests", people=[box]).status_code == 302
    assert "Demo Projektledare RÖ" in head.soup(f"/meetings/{first}").select_one("#guests").text
    assert [one["value"] for one in head.soup(f"/meetings/{second}/guests").select("input[name=people][checked]")] == [box]
    assert head.submit(f"/meetings/{first}/guests", people=["999999"]).status_code == 422


def number_of(address):
    return int(address.split("?")[0].split("#")[0].rstrip("/").rpartition("/")[2])
