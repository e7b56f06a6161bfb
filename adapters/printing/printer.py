"""Setting a sheet in type."""

from __future__ import annotations

import io
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Final

import msgspec

from bot.domain.cards.sheet import Sheet
from bot.ports.printer import CannotPrint

TEMPLATE: Final = Path(__file__).with_name("sheet.typ")


class TypstPrinter:
    """Implements ``bot.ports.printer.Printer``.

    What is printed reaches the template as data, so that nothing in a record is taken for a
    command. Fonts come with the library; those of the machine are left aside, so that the same
    sheet is the same everywhere.
    """

    def pdf(self, sheet: Sheet) -> bytes:
        """One to three pages as PDF."""
        return self._compiled(sheet, "pdf")

    def png(self, sheet: Sheet) -> bytes:
        """The first page as a picture, to look at."""
        return self._compiled(sheet, "png")

    def _compiled(self, sheet: Sheet, form: str) -> bytes:
        import typst  # noqa: PLC0415 - 40 MB that an instance needs only when somebody prints

        inputs = {"sheet": msgspec.json.encode(sheet).decode(), "code": _code(sheet.link)}
        try:
            made = typst.compile(
                TEMPLATE.read_bytes(),
                format=form,  # type: ignore[call-overload]  # one of the two that are named above
                ppi=110,
                sys_inputs=inputs,
                ignore_system_fonts=True,
                timestamp=datetime.combine(sheet.day, time(), UTC),
            )
        except typst.TypstError as error:
            raise CannotPrint(f"typst could not set the page ({error.message})") from error
        return bytes(made[0] if isinstance(made, list) else made)


def _code(link: str) -> str:
    """The link as a QR code, in SVG."""
    import segno  # noqa: PLC0415 - as above

    drawn = io.BytesIO()
    segno.make(link, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False)
    return drawn.getvalue().decode()
