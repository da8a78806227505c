"""The files of one run, opened by the tools they are for; prints what each said, fails where one does not find what the CSV holds."""

import csv
import datetime
import sys

import duckdb
import hxl
import openpyxl
import pandas

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def plain(cell):
    """A cell of a CSV without the apostrophe that guards it."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(SIGNS) else cell


def rows(name):
    with open(name, encoding="utf-8", newline="") as file:
        return [{k: plain(v) for k, v in row.items()} for row in csv.DictReader(file)]


def number(cell):
    return None if cell == "" else float(cell)


def excel(name, rows):
    """Every cell of a sheet is the cell of the CSV, typed."""
    book = openpyxl.load_workbook(name)
    sheet = book.worksheets[0] if len(book.worksheets) == 1 else book["Figures"]
    head, *body = sheet.iter_rows()
    names = [cell.value for cell in head]
    assert names == list(rows[0]), names
    assert len(body) == len(rows), len(body)
    links = 0
    for cells, row in zip(body, rows):
        for name_, cell in zip(names, cells):
            text = row[name_]
            assert cell.data_type != "f", f"a formula: {cell.value}"
            if isinstance(cell.value, datetime.datetime):
                assert cell.value.date().isoformat() == text, (name_, cell.value, text)
            elif isinstance(cell.value, bool):
                assert str(cell.value).lower() == text
            elif isinstance(cell.value, (int, float)):
                assert float(cell.value) == float(text), (name_, cell.value, text)
            else:
                assert (cell.value or "") == text, (name_, cell.value, text)
            links += cell.hyperlink is not None
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref, "header or filter"
    return f"{len(body)} rows, {links} links, filter {sheet.auto_filter.ref}, sheets {book.sheetnames}"


def all_tools():
    figures = rows("plain/figures.csv")
    print("csv: figures.csv", len(figures), "rows")
    with open("plain/figures.csv", encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            for cell in row:
                assert not cell.startswith(SIGNS), cell

    for name in ("figures", "series", "compare"):
        source = hxl.data(f"tagged/{name}.csv", hxl.InputOptions(allow_local=True))
        tags = [column.display_tag for column in source.columns]
        assert all(tags), tags
        found = sum(1 for _ in source)
        assert found == len(rows(f"tagged/{name}.csv")) - 1, found
        print(f"libhxl: {name}.csv {found} rows, {len(tags)} tags, {tags[0]} … {tags[-1]}")

    for name in ("figures", "series", "compare"):
        frame = pandas.read_parquet(f"{name}.parquet")
        assert len(frame) == len(rows(f"plain/{name}.csv"))
        print(f"pandas and pyarrow: {name}.parquet {frame.shape}")
    frame = pandas.read_parquet("figures.parquet")
    for row, got in zip(figures, frame.to_dict("records")):
        assert got["sentence"] == row["sentence"]
        assert number(row["value"]) == (None if pandas.isna(got["value"]) else got["value"])
        as_of = "" if pandas.isna(got["as_of"]) else str(got["as_of"])
        assert as_of == row["as_of"], (as_of, row["as_of"])
        assert str(got["part_of"]).lower() == row["part_of"] and got["start"] == int(row["start"])

    types = duckdb.sql("DESCRIBE SELECT * FROM 'figures.parquet'").fetchall()
    print("duckdb:", ", ".join(f"{name} {kind}" for name, kind, *_ in types))
    most = duckdb.sql("SELECT measure, count(*) AS n, max(value) FROM 'figures.parquet' GROUP BY measure ORDER BY n DESC LIMIT 3")
    print("duckdb:", most.fetchall())
    lists = duckdb.sql("SELECT sum(len(articles)), sum(len(flags)) FROM 'series.parquet'").fetchall()
    series = rows("plain/series.csv")
    count = lambda name: sum(len(r[name].split("|")) for r in series if r[name])
    assert lists == [(count("articles"), count("flags"))], lists
    print("duckdb: lists of series.parquet", lists)

    print("openpyxl: figures.xlsx", excel("figures.xlsx", figures))
    print("openpyxl: headcount.xlsx", excel("plain/headcount.xlsx", figures))


def office():
    """What LibreOffice made of the sheet, and of the CSV."""
    figures = rows("plain/figures.csv")
    with open("office/figures.csv", encoding="utf-8", newline="") as file:
        back = list(csv.DictReader(file))
    assert len(back) == len(figures), len(back)
    for row, got in zip(figures, back):
        for name, text in row.items():
            cell = got[name]
            if name in ("value", "low", "high") and text:
                assert float(cell.replace(",", "")) == float(text), (name, cell, text)
            elif name in ("part_of", "projected", "implicit"):
                assert cell.lower() == text, (name, cell, text)
            elif name == "confidence":
                assert float(cell) == float(text)
            else:
                assert cell == text, (name, cell, text)
    print("LibreOffice: figures.xlsx to CSV,", len(back), "rows, all cells the same")
    sheet = openpyxl.load_workbook("office/figures.xlsx").worksheets[0]
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert not formulas, formulas
    print("LibreOffice: figures.csv to Excel, no formula")


office() if sys.argv[1:] == ["office"] else all_tools()
