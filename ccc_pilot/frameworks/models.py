"""A file of standards on its way in: what was read from it, and what its columns are said to hold."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ccc_pilot.db import Base, UTCDateTime


class FrameworkUpload(Base):
    """``sheets`` are (name, rows) as read; ``chosen`` is what the one who imports has said of them so far (see frameworks/reading.py)."""

    __tablename__ = "framework_upload"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str] = mapped_column(String(200))
    file_sha256: Mapped[str] = mapped_column(String(64))
    sheets: Mapped[list[Any]] = mapped_column(JSON)
    chosen: Mapped[dict[str, Any]] = mapped_column(JSON)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
