"""The tables as Parquet files for other programs, and sums by group and owner, made by duckdb from the tables."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from onevoice.audit.tables import write_rows
from onevoice.audit.totals import STATES
from onevoice.disk import TEMP_PREFIX, replace_file_in_pieces
from onevoice.errors import OnevoiceError

ENDING, SUMS = ".parquet", "sums.csv"
_TYPES = {
    **dict.fromkeys(("words", "errors", "warnings", "claims", "new"), "BIGINT"),
    "per_1000_words": "DOUBLE",
}
# The mark that keeps a cell from being a formula, as sheet.delimited writes it, isn't in the files.
_RESTORE = r"""CREATE MACRO restore(cell) AS
    CASE WHEN regexp_matches(cell, '^''+[=+\-@\t\r]') THEN substr(cell, 2) ELSE coalesce(cell, '') END"""
_MOST = ("words", "errors", "warnings", "claims", "new")
_SUM_COLUMNS = ("by", "name", "documents", *_MOST, "findings", *STATES)
# One process writes the same bytes each time. Nothing is fetched, and nothing is left beside the results.
_CONFIG = {"threads": "1", "temp_directory": "", "autoinstall_known_extensions": "false", "memory_limit": "1GB"}


def write_parquet(documents: Path, findings: Path) -> None:
    """Write a Parquet file for each table, whole or not at all, and then the sums. Raises OnevoiceError."""
    duckdb = require_duckdb()
    try:
        with duckdb.connect(config=_CONFIG) as base:
            base.execute(_RESTORE)
            for table in (documents, findings):
                _convert_table(base, table)
            rows = _sum_documents(base, documents.with_suffix(ENDING), findings.with_suffix(ENDING))
    except duckdb.Error as error:
        said = str(error).splitlines()[0][:200]
        raise OnevoiceError(f"{documents.parent}: no Parquet files can be written here ({said}).") from None
    replace_file_in_pieces(documents.with_name(SUMS), write_rows(_SUM_COLUMNS, rows))


def require_duckdb() -> Any:
    """The library. Raises OnevoiceError if it isn't installed."""
    try:
        return importlib.import_module("duckdb")
    except ImportError:
        raise OnevoiceError('duckdb is not installed. Get it with `pip install "onevoice[audit-parquet]"`.') from None


def remove_parquet(documents: Path, findings: Path) -> None:
    """Remove the files of an earlier audit, which would mislead."""
    for path in (documents.with_suffix(ENDING), findings.with_suffix(ENDING), documents.with_name(SUMS)):
        path.unlink(missing_ok=True)


def _convert_table(base: Any, table: Path) -> None:
    columns = base.execute(f"SELECT * FROM {_open_table(table)} LIMIT 0").description
    cells = ", ".join(_convert_cell(name) for name, *_ in columns)
    target = table.with_suffix(ENDING)
    unfinished = target.with_name(f"{TEMP_PREFIX}{target.name}")
    query = f"COPY (SELECT {cells} FROM {_open_table(table)}) TO {_quote(unfinished)}"
    base.execute(f"{query} (FORMAT parquet, COMPRESSION zstd)")
    unfinished.replace(target)


def _open_table(table: Path) -> str:
    # A cell may have lines of its own, which are no place to divide the work.
    return (
        f"read_csv({_quote(table)}, header=true, all_varchar=true, delim=',', quote='\"', escape='\"', parallel=false)"
    )


def _convert_cell(name: str) -> str:
    return f'CAST("{name}" AS {_TYPES[name]}) AS "{name}"' if name in _TYPES else f'restore("{name}") AS "{name}"'


def _sum_documents(base: Any, documents: Path, findings: Path) -> Sequence[Sequence[Any]]:
    """The sums of all, of each group and of each owner, as the page has them."""
    base.execute(
        f"CREATE VIEW found AS SELECT *, CASE verdict WHEN '' THEN state ELSE verdict END AS outcome "
        f"FROM {_quote(documents)} LEFT JOIN "
        f"(SELECT document, count(*) AS findings FROM {_quote(findings)} GROUP BY 1) ON uri = document"
    )
    sums = ", ".join(f"CAST(coalesce(sum({name}), 0) AS BIGINT)" for name in (*_MOST, "findings"))
    states = ", ".join(f"count(*) FILTER (outcome = '{one}')" for one in STATES)
    names = {"all": "'all'", "group": '"group"', "owner": "owner"}
    parts = [f"SELECT '{by}', {name}, count(*), {sums}, {states} FROM found GROUP BY 2" for by, name in names.items()]
    rows: list[Sequence[Any]] = base.execute(f"{' UNION ALL '.join(parts)} ORDER BY 1, 2").fetchall()
    return rows


def _quote(path: Path) -> str:
    return "'{}'".format(str(path).replace("'", "''"))
