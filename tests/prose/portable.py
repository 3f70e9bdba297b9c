"""PDFs for tests, as small as can be: pages of texts at places, in Helvetica."""

import zlib


def make_pdf(pages, *, title="", extra=b"", images=()):
    """The bytes of a PDF. pages: of each, its texts as (x, y, size, text). images: numbers of pages with a picture."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    }
    objects[4] = (
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
        b"/BitsPerComponent 8 /Length 1 >>\nstream\n\x80\nendstream"
    )
    kids = []
    for number, items in enumerate(pages):
        content = b"".join(write_text(*item) for item in items)
        if number + 1 in images:
            content += b"q 500 0 0 700 50 50 cm /I Do Q\n"
        own = 10 + 2 * number
        packed = zlib.compress(content)
        objects[own] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R >> /XObject << /I 4 0 R >> >> >>" % (own + 1)
        )
        objects[own + 1] = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(packed), packed)
        kids.append(b"%d 0 R" % own)
    objects[2] = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (b" ".join(kids), len(kids))
    objects[5] = b"<< /Title %b >>" % write_string(title)
    return write_objects(objects, b"/Info 5 0 R " + extra)


def write_objects(objects, extra=b""):
    """A file of numbered objects; number 1 is its catalog."""
    data, places = b"%PDF-1.7\n", {}
    for number, body in sorted(objects.items()):
        places[number] = len(data)
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start, count = len(data), max(objects) + 1
    rows = (b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(count))
    data += b"xref\n0 %d\n%b" % (count, b"".join(rows))
    return data + b"trailer << /Size %d /Root 1 0 R %b>>\nstartxref\n%d\n%%%%EOF\n" % (count, extra, start)


def write_text(x, y, size, text):
    return b"BT /F %g Tf %g %g Td %b Tj ET\n" % (size, x, y, write_string(text))


def write_string(text):
    said = text.encode("cp1252")
    return b"(" + said.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"
