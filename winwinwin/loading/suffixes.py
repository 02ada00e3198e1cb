"""The formats that are read, by the suffixes of their files."""

FORMATS = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl"}
"""The format of a file of records, by its suffix."""
SHARED = ".txt"
"""What a form adds to the name of a file of records to share it: phones' browsers share texts, but no YAML."""
YAML = tuple(suffix for suffix, form in FORMATS.items() if form == "yaml")
WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods")
"""Suffixes of what spreadsheets save; one format, because one reader finds out by itself which it is."""
TABLE_FORMATS = {".csv": "csv", ".tsv": "tsv", ".parquet": "parquet"} | dict.fromkeys(
    WORKBOOKS, "xlsx"
)
"""The format of a table."""
