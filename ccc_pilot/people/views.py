"""Pages of people and access: the views stand by kind of page, and are gathered here."""

from ccc_pilot.people import account_views, link_views, login_views, people_views, post_views
from ccc_pilot.people.blueprint import blueprint

VIEWS = (login_views, link_views, account_views, people_views, post_views)

__all__ = ["VIEWS", "blueprint"]
