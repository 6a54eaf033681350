"""The shape of a crosswalk's file: checked strictly, so that a slip of the pen is told by its place."""

from typing import Annotated

from pydantic import AfterValidator, Field

from ccc_pilot.catalogue.crosswalks import KINDS
from ccc_pilot.catalogue.shapes import Id, Shape, Words, one_of
from ccc_pilot.catalogue.standard_shapes import EditionKey


class LinkShape(Shape):
    """One line: what kind, from which number to which, and why."""

    kind: Annotated[str, AfterValidator(one_of(KINDS))]
    one: Annotated[Id, Field(alias="from")]
    other: Annotated[Id, Field(alias="to")]
    reason: Words
    suggested: bool = False


class CrosswalkShape(Shape):
    """A file of the folder crosswalks."""

    one: Annotated[EditionKey, Field(alias="from")]
    other: Annotated[EditionKey, Field(alias="to")]
    relations: Annotated[list[LinkShape], Field(min_length=1, max_length=5_000)]
