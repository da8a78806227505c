"""Makes the fixtures of this folder that real programs write: feeds by feedgen, a zip by Python, web archives by wget.

    python3 -m venv v && v/bin/pip install feedgen && v/bin/python make.py
"""
import datetime
import gzip
import http.server
import pathlib
import subprocess
import threading
import zipfile
from email.utils import format_datetime

from feedgen.feed import FeedGenerator

HERE = pathlib.Path(__file__).parent
DAY = datetime.datetime(2015, 2, 6, 10, 15, tzinfo=datetime.timezone.utc)
STORY = (
    "<p>Shells hit the northern market on Thursday, killing 7 people and wounding 23 more, the regional&nbsp;"
    "hospital said.</p>\n<p>Some 1,200 families fled their homes &amp; crossed the river.</p>"
    "<ul><li>4 children were injured</li><li>2 teachers are missing</li></ul>"
)


def feeds():
    for kind, name in [("CDATA", "feedgen.rss"), ("html", "feedgen.atom")]:
        make_feed(kind, name)


def make_feed(kind, name):
    feed = FeedGenerator()
    feed.id("https://example.org/feed")
    feed.title("River Valley Bulletin")
    feed.link(href="https://example.org/")
    feed.description("Short reports from the valley")
    feed.language("en-GB")
    feed.updated(DAY)
    for number, (title, content, summary) in enumerate(
        [
            ("Seven dead at the market", STORY, "Shells hit the market"),
            ("Boat sinks: 14 drowned", None, "A boat sank on Friday; 14 people drowned & 3 were rescued."),
            ("Only a headline: 9 killed in a landslide", None, None),
        ]
    ):
        entry = feed.add_entry(order="append")
        entry.id(f"https://example.org/{number}")
        entry.title(title)
        entry.link(href=f"https://example.org/{number}")
        entry.published(DAY + datetime.timedelta(days=number))
        entry.updated(DAY + datetime.timedelta(days=number))
        if content:
            entry.content(content, type=kind)
        if summary:
            entry.description(summary, isSummary=True)
    write = feed.rss_file if name.endswith(".rss") else feed.atom_file
    write(str(HERE / name), pretty=True)


def archive():
    inner = HERE / "inner.zip"
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("deep.txt", "A deep report\n\nFive people drowned.\n")
    with zipfile.ZipFile(HERE / "python.zip", "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("b/report.txt", "Market hit\n\nShells killed 7 people.\n" * 20)
        out.writestr("a.jsonl", '{"id": "1", "text": "One died."}\n{"id": \n{"id": "3", "text": "Three died."}\n')
        out.writestr("README.md", "About these files.")
        out.writestr("__MACOSX/._a.txt", "no article")
        out.writestr("photo.png", b"\x89PNG\r\n")
        out.writestr("stored.md", "---\ntitle: Kept\n---\nTwo people were hurt.\n", zipfile.ZIP_STORED)
        out.write(inner, "more/inner.zip")
    inner.unlink()


class Pages(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        page = (
            f"<!DOCTYPE html><html lang='en'><head><title>Page {self.path}</title></head><body><article><h1>Page {self.path}</h1>"
            f"{STORY}{STORY}</article></body></html>"
        )
        if self.path == "/robots.txt":
            return self.answer(404, "text/plain", b"none")
        if self.path == "/picture.png":
            return self.answer(200, "image/png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
        if self.path == "/flowers":
            return self.answer(200, "text/html", b"<html><body><p>Ten new flowers grew in the park.</p></body></html>")
        if self.path == "/latin":
            return self.answer(200, "text/html; charset=windows-1252", page.replace("regional", "r\u00e9gional").encode("cp1252"))
        if self.path == "/packed":
            return self.answer(200, "text/html; charset=utf-8", gzip.compress(page.encode(), mtime=0), "gzip")
        if self.path == "/chunks":
            return self.chunks(page.encode())
        if self.path == "/missing":
            return self.answer(404, "text/html", page.encode())
        self.answer(200, "text/html; charset=utf-8", page.encode())

    def answer(self, status, kind, body, coding=None):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if coding:
            self.send_header("Content-Encoding", coding)
        self.end_headers()
        self.wfile.write(body)

    def chunks(self, body):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for at in range(0, len(body), 300):
            piece = body[at : at + 300]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        self.wfile.write(b"0\r\n\r\n")

    def date_time_string(self, timestamp=None):
        return format_datetime(DAY, usegmt=True)


def crawl():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    paths = ["plain", "picture.png", "flowers", "latin", "packed", "chunks", "missing"]
    urls = [f"http://127.0.0.1:{server.server_port}/{path}" for path in paths]
    for name, more in [("wget", []), ("wget-plain", ["--no-warc-compression"])]:
        command = ["wget", "-q", "-O", "/dev/null", "--header=Accept-Encoding: gzip", f"--warc-file={name}"]
        subprocess.run([*command, "--no-warc-keep-log", *more, *urls], cwd=HERE)
    server.shutdown()


feeds()
archive()
crawl()
