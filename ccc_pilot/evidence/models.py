"""What proves something: documents and addresses with their versions, what each is linked to, and how good it is found to be."""

from datetime import date, datetime

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ccc_pilot.db import Base, UTCDateTime


class EvidenceItem(Base):
    """A piece of evidence of a ``region`` (or of all jointly). ``latest`` is the number of its newest version.

    ``kind`` is a code of the catalogue's kinds of evidence; ``owner`` says who answers for the document; ``version`` counts the saves of
    these particulars (not of the document); ``search`` is the folded text the library is searched by. Withdrawn items are kept.
    """

    __tablename__ = "evidence_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(String(20), index=True)
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(40), default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    summary_en: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(10), default="sv")
    document_date: Mapped[date | None] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date, index=True)
    owner: Mapped[str] = mapped_column(String(200), default="")
    confidential: Mapped[bool] = mapped_column(Boolean, default=False)
    version: Mapped[int] = mapped_column(Integer, default=1)
    latest: Mapped[int] = mapped_column(Integer, default=1)
    search: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    updated_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")
    versions: Mapped[list["EvidenceVersion"]] = relationship(back_populates="item", order_by="EvidenceVersion.number.desc()")
    links: Mapped[list["EvidenceLink"]] = relationship(back_populates="item", order_by="EvidenceLink.id")

    @property
    def key(self) -> str:
        """The item's name in the journal."""
        return f"evidence:{self.id}"


class EvidenceVersion(Base):
    """One version: a file (``sha256`` names it in the store) or an ``address`` of the web. Never altered but for what is found out about it.

    ``flags`` are words of ``rules.FLAGS``; ``scan`` is empty (nobody looked for viruses) or "clean"; ``reading`` says how far its text has
    been read for the search (waiting, done, none, failed). For an address: ``address_state`` of ``rules.AddressState``, how often in a row
    it could not be reached, and why.
    """

    __tablename__ = "evidence_version"
    __table_args__ = (UniqueConstraint("item_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("evidence_item.id"))
    number: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str] = mapped_column(String(64), default="", index=True)
    size: Mapped[int] = mapped_column(Integer, default=0)
    mimetype: Mapped[str] = mapped_column(String(100), default="")
    filename: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    scan: Mapped[str] = mapped_column(String(20), default="")
    flags: Mapped[list[str]] = mapped_column(JSON, default=list)
    reading: Mapped[str] = mapped_column(String(20), default="none", index=True)
    damaged_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    address_state: Mapped[str] = mapped_column(String(20), default="")
    address_note: Mapped[str] = mapped_column(String(200), default="")
    checked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    failures: Mapped[int] = mapped_column(Integer, default=0)
    item: Mapped[EvidenceItem] = relationship(back_populates="versions")


class EvidenceText(Base):
    """The text read out of a version, as it stands and folded for the search; apart from the version, so that lists stay light."""

    __tablename__ = "evidence_text"

    version_id: Mapped[int] = mapped_column(ForeignKey("evidence_version.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)


class EvidenceLink(Base):
    """An item proves something: ``object_key`` ("edition:point@region", "action:7" …), at ``place`` (page or section) in it.

    ``state`` of ``rules.LinkState``; ``region`` is the object's (empty: it has none). ``judged_number`` is the version that was judged.
    A link that was removed is kept, and becomes the same link again when it is made anew.
    """

    __tablename__ = "evidence_link"
    __table_args__ = (UniqueConstraint("item_id", "object_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("evidence_item.id"))
    object_key: Mapped[str] = mapped_column(String(200), index=True)
    region: Mapped[str] = mapped_column(String(20), default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    judged_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    judged_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    judged_number: Mapped[int | None] = mapped_column(Integer)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    item: Mapped[EvidenceItem] = relationship(back_populates="links")


class EvidenceQuality(Base):
    """The check list of an item: ``answers`` maps a question of ``rules.QUESTIONS`` to "yes" or "no"; one not judged is not there."""

    __tablename__ = "evidence_quality"

    item_id: Mapped[int] = mapped_column(ForeignKey("evidence_item.id"), primary_key=True)
    answers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    note: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(Integer, default=1)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
