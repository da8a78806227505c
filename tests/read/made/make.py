"""Makes the files of this folder, each by the program that people would have made it with, from one invented report.

    python3 -m venv v && v/bin/pip install feedgen python-docx odfpy reportlab fpdf2 warcio typst openpyxl && v/bin/python make.py

Also needed: pandoc, soffice, chromium, pdflatex, qpdf, wget. Afterwards run the tests with UPDATE=1 and read the difference in files.csv.
"""
import bz2, csv, functools, gzip, http.server, io, json, os, pathlib, shutil, subprocess, tarfile, tempfile, threading, zipfile

HERE = pathlib.Path(__file__).parent
TITLE = "Flood in the Karo valley"
PARAS = [
    "At least 14 people were killed and 37 injured when the Karo burst its banks on Sunday, the provincial disaster office said.",
    "Nearly 2,300 people have been displaced, according to the Red Cross, and 410 houses were destroyed.",
    "Another 6 people are missing.",
]
ROWS = [("District", "Killed", "Injured"), ("Deno", "9", "21"), ("Upper Karo", "5", "16")]
DAY = "2021-05-11"


def run(*command, **more):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)


def html(menu='<nav><a href="/">Home</a> <a href="/w">88 wounded in rally</a></nav>'):
    body = "".join(f"<p>{p}</p>" for p in PARAS)
    rows = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in ROWS)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{TITLE}</title>'
        f'<meta property="article:published_time" content="{DAY}"></head><body>{menu}'
        f"<article><h1>{TITLE}</h1>{body}<table>{rows}</table></article><footer>Imprint</footer></body></html>"
    )


def texts():
    text = TITLE + "\n\n" + "\n\n".join(PARAS) + "\n"
    (HERE / "plain.txt").write_text(text)
    (HERE / "dos-utf16.txt").write_bytes(text.replace("\n", "\r\n").encode("utf-16"))
    (HERE / "windows.txt").write_bytes(text.replace("Karo", "Karó").encode("cp1252"))
    (HERE / "gzip.txt.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
    (HERE / "front.md").write_text(f"---\ntitle: {TITLE}\npublished: {DAY}\n---\n" + "\n\n".join(PARAS) + "\n")
    article = {"id": "karo", "title": TITLE, "published": DAY, "text": "\n\n".join(PARAS)}
    (HERE / "lines.jsonl").write_text(json.dumps(article) + "\n" + json.dumps({"id": "2", "text": PARAS[0]}) + "\n")
    (HERE / "list.json").write_text(json.dumps([{"headline": TITLE, "date": DAY, "body": "\n".join(PARAS)}], indent=1))
    (HERE / "cut.jsonl").write_text(json.dumps(article)[:-40])
    with open(HERE / "table.csv", "w", newline="") as out:
        csv.writer(out).writerows([("Date", "Title", "Body"), (DAY, TITLE, "\n".join(PARAS)), (DAY, "Later", PARAS[2])])
    with open(HERE / "table.tsv", "w", newline="") as out:
        csv.writer(out, "excel-tab").writerows([("date", "text"), (DAY, PARAS[0])])
    (HERE / "no-text-column.csv").write_text("District,Killed\nDeno,9\n")


def documents(tmp):
    page = tmp / "page.html"
    page.write_text(html(menu=""))
    for name in ["pandoc.docx", "pandoc.odt", "pandoc.rtf", "pandoc.html", "pandoc.txt", "pandoc.md", "pandoc.epub"]:
        to = ["-t", "plain"] if name.endswith("txt") else ["-t", "markdown"] if name.endswith("md") else []
        run("pandoc", "-s", "-f", "html", str(page), *to, "-o", str(HERE / name))
    tex = "\n\n".join(PARAS)
    (tmp / "latex.tex").write_text(f"\\documentclass[twocolumn]{{article}}\\title{{{TITLE}}}\\date{{11 May 2021}}\\begin{{document}}\\maketitle {tex}\\end{{document}}")
    run("pdflatex", "-output-directory", str(HERE), str(tmp / "latex.tex"), cwd=tmp)
    for rest in ["latex.aux", "latex.log"]:
        (HERE / rest).unlink()
    run("soffice", "--headless", "--infilter=HTML (StarWriter)", "--convert-to", "odt:writer8", "--outdir", str(tmp), str(page))
    for to in ["docx", "rtf", "pdf", "doc", "txt:Text (encoded):UTF8", "fodt", "html:HTML (StarWriter)"]:
        run("soffice", "--headless", "--convert-to", to, "--outdir", str(tmp), str(tmp / "page.odt"))
        ending = to.split(":")[0]
        os.replace(tmp / f"page.{ending}", HERE / f"office.{ending}")
        page.write_text(html(menu=""))
    os.replace(tmp / "page.odt", HERE / "office.odt")
    chromium = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000"]
    whole = tmp / "whole.html"
    whole.write_text(html())
    run(*chromium, f"--print-to-pdf={HERE / 'chromium.pdf'}", page.as_uri())
    dom = subprocess.run([*chromium, "--dump-dom", whole.as_uri()], check=True, capture_output=True).stdout
    (HERE / "chromium.html").write_bytes(dom)
    run("qpdf", "--encrypt", "secret", "owner", "256", "--", str(HERE / "office.pdf"), str(HERE / "password.pdf"))
    run("qpdf", "--object-streams=generate", str(HERE / "office.pdf"), str(HERE / "qpdf.pdf"))
    (HERE / "cut.pdf").write_bytes((HERE / "qpdf.pdf").read_bytes()[:300])
    (HERE / "cut.docx").write_bytes((HERE / "office.docx").read_bytes()[:900])
    (HERE / "named.txt").write_bytes((HERE / "pandoc.docx").read_bytes())
    (HERE / "named.pdf").write_text(PARAS[0])


def libraries(tmp):
    import docx, fpdf, openpyxl, typst
    from odf.opendocument import OpenDocumentText
    from odf.text import H, P
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    word = docx.Document()
    word.add_heading(TITLE)
    for p in PARAS:
        word.add_paragraph(p)
    table = word.add_table(0, 3)
    for row in ROWS:
        for cell, words in zip(table.add_row().cells, row):
            cell.text = words
    word.save(HERE / "python.docx")
    odt = OpenDocumentText()
    odt.text.addElement(H(outlinelevel=1, text=TITLE))
    for p in PARAS:
        odt.text.addElement(P(text=p))
    odt.save(str(HERE / "odfpy.odt"))
    style = getSampleStyleSheet()
    story = [Paragraph(TITLE, style["Title"])] + [Paragraph(p, style["Normal"]) for p in PARAS]
    SimpleDocTemplate(str(HERE / "reportlab.pdf"), invariant=1).build(story)
    pdf = fpdf.FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    for p in [TITLE, *PARAS]:
        pdf.multi_cell(0, 6, p)
        pdf.ln()
    pdf.output(str(HERE / "fpdf.pdf"))
    blank = fpdf.FPDF()
    blank.add_page()
    blank.output(str(HERE / "blank.pdf"))
    (tmp / "a.typ").write_text(f"#set page(columns: 2, width: 12cm, height: 9cm)\n= {TITLE}\n\n" + "\n\n".join(PARAS))
    typst.compile(str(tmp / "a.typ"), output=str(HERE / "typst.pdf"))
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(HERE / "openpyxl.xlsx")


def feeds():
    from feedgen.feed import FeedGenerator

    for write in ["rss", "atom"]:
        feed = FeedGenerator()
        feed.id("https://example.org/feed")
        feed.title("Valley Bulletin")
        feed.link(href="https://example.org/")
        feed.description("News")
        for n, p in enumerate(PARAS):
            item = feed.add_entry(order="append")
            item.id(f"https://example.org/{n}")
            item.link(href=f"https://example.org/{n}")
            item.title(f"Karo {n}")
            item.published(DAY + "T08:00:00Z")
            item.updated(DAY + "T08:00:00Z")
            item.content(f"<p>{p}</p>", type="html")
        feed.updated(DAY + "T08:00:00Z")
        getattr(feed, f"{write}_file")(str(HERE / f"feedgen.{write}"))


def archives(tmp):
    with zipfile.ZipFile(HERE / "python.zip", "w", zipfile.ZIP_DEFLATED) as out:
        for name in ["plain.txt", "python.docx", "chromium.html"]:
            out.writestr(zipfile.ZipInfo(name, (2021, 5, 11, 0, 0, 0)), (HERE / name).read_bytes())
    (HERE / "cut.zip").write_bytes((HERE / "python.zip").read_bytes()[:700])
    with tarfile.open(HERE / "python.tar.gz", "w:gz") as out:
        out.add(HERE / "plain.txt", "plain.txt")
    (HERE / "python.txt.bz2").write_bytes(bz2.compress((HERE / "plain.txt").read_bytes()))
    site = tmp / "site"
    site.mkdir()
    (site / "index.html").write_text(html())
    (site / "garden.html").write_text(html().replace(TITLE, "Gardens").replace(PARAS[0], "The roses bloom.").replace(PARAS[1], "").replace(PARAS[2], "").replace("Killed", "Red").replace("Injured", "White").replace("wounded", "gathered"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    for more, name, ending in [([], "wget", "warc.gz"), (["--no-warc-compression"], "wget-plain", "warc")]:
        # names without folders: the archive keeps the command. One of the pages is not there, so wget does not end well
        command = ["wget", "-q", *more, f"--warc-file={name}", f"{base}/", f"{base}/garden.html", f"{base}/gone.html"]
        subprocess.run(command, cwd=tmp, check=False)
        shutil.move(tmp / f"{name}.{ending}", HERE / f"{name}.{ending}")
    server.shutdown()
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with open(HERE / "warcio.warc.gz", "wb") as out:
        warc = WARCWriter(out, gzip=True)
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), ("Content-Encoding", "gzip")], protocol="HTTP/1.1")
        packed = gzip.compress(html().encode(), mtime=0)
        warc.write_record(warc.create_warc_record("https://example.org/karo", "response", payload=io.BytesIO(packed), http_headers=head))
    (HERE / "cut.warc.gz").write_bytes((HERE / "warcio.warc.gz").read_bytes()[:400])


def broken():
    (HERE / "empty.txt").write_bytes(b"")
    (HERE / "nul.txt").write_bytes(b"\0" * 500)
    (HERE / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0\0\x10JFIF\0\1" + bytes(60))
    (HERE / "wall.html").write_text("<!DOCTYPE html><html><head><title>Sign in</title></head><body><form><input name=q></form></body></html>")
    (HERE / "note.xml").write_text(f"<?xml version='1.0'?><note><p>{PARAS[0]}</p></note>")


with tempfile.TemporaryDirectory() as tmp:
    texts()
    documents(pathlib.Path(tmp))
    libraries(pathlib.Path(tmp))
    feeds()
    archives(pathlib.Path(tmp))
    broken()
