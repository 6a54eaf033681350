"""The limit of an improvement plan: the application beside it, with only each page's own query and a plain template."""

from datetime import date

from flask import render_template, request
from sqlalchemy import ForeignKey, func, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from bench.bare.app import PAGE_SIZE, Base, app, db


class Action(Base):
    """An action, as far as the table shows it."""

    __tablename__ = "improvement_action"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int]
    number: Mapped[int]
    title: Mapped[str]
    goal: Mapped[str]
    region: Mapped[str]
    owner_words: Mapped[str]
    due: Mapped[date | None]
    phase: Mapped[str]
    state: Mapped[str]
    percent: Mapped[int]
    review: Mapped[str]
    priority: Mapped[str]
    version: Mapped[int]
    links: Mapped[list["Link"]] = relationship(order_by="Link.id")


class Link(Base):
    """What an action comes from."""

    __tablename__ = "improvement_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("improvement_action.id"))
    title: Mapped[str]


@app.get("/plans/<int:number>")
def table(number: int) -> str:
    """Fifty actions with what they come from, and how many there are."""
    of_plan = Action.plan_id == number
    total = db.session.scalar(select(func.count(Action.id)).where(of_plan))
    statement = select(Action).options(selectinload(Action.links)).where(of_plan).order_by(Action.number).limit(PAGE_SIZE)
    return render_template("plan.html", actions=db.session.scalars(statement).all(), total=total)


@app.post("/plans/<int:number>")
def several(number: int) -> str:
    """Change the actions that were chosen, in one statement, with nothing written down of it."""
    chosen = [int(text.partition(".")[0]) for text in request.form.getlist("row")]
    changed = update(Action).where(Action.plan_id == number, Action.id.in_(chosen))
    db.session.execute(changed.values(priority=request.form["priority"], phase=request.form["phase"], version=Action.version + 1))
    db.session.commit()
    return "saved"
