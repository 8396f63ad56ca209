"""The QR code of an address, as a drawing that a template can place."""

from io import BytesIO

import segno


def qr_code(address: str) -> str:
    """An SVG of the address with medium error correction; black on nothing, with the quiet zone around it."""
    drawing = BytesIO()
    segno.make_qr(address, error="m").save(drawing, kind="svg", xmldecl=False, svgns=True, scale=4)
    return drawing.getvalue().decode()
