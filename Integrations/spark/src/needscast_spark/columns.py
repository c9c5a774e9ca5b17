"""Which columns of a table go to the command, under which names, and whether they can be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import (
    ArrayType,
    ByteType,
    CharType,
    DataType,
    DateType,
    DecimalType,
    DoubleType,
    FloatType,
    IntegerType,
    LongType,
    MapType,
    ShortType,
    StringType,
    VarcharType,
)

from needscast_spark.errors import NeedscastError

_TEXT = (StringType, VarcharType, CharType)
_WHOLE = (ByteType, ShortType, IntegerType, LongType)
_NUMBER = (*_WHOLE, FloatType, DoubleType, DecimalType)

# What a column may hold: how that is said, the types, and whether it is sent as text.
_NAME = ("text or whole numbers", (*_TEXT, *_WHOLE), True)
_PERIOD = ("text, whole numbers or dates", (*_TEXT, *_WHOLE, DateType), True)
_FIGURE = (
    "numbers, or text where figures may be codes such as c or 1-7",
    (*_NUMBER, *_TEXT),
    False,
)
_WORD = ("text", _TEXT, True)
_Kind = tuple[str, tuple[type[DataType], ...], bool]

# The columns of a series file that the command reads figures by, in the order in which they are
# sent.
_KINDS: dict[str, _Kind] = {
    "series": _NAME,
    "area": _NAME,
    "period": _PERIOD,
    "value": _FIGURE,
    "numerator": _FIGURE,
    "denominator": _FIGURE,
    "calendar": _WORD,
    "frequency": _WORD,
    "unit": _WORD,
    "measure": _NAME,
    "break": _WORD,
    "rounding": ("numbers or text", (*_NUMBER, *_TEXT), False),
    "status": _WORD,
}
_NEEDED = ("series", "period", "value")
# The other names by which the command knows two of them.
_ALIASES = {"series": "series_id", "period": "period_index"}
# Every header that the command reads as something of its own.
_READ = (
    *_KINDS,
    *_ALIASES.values(),
    "published",
    "published_approximate",
    "source",
    "note",
    "lower_limit",
    "upper_limit",
)


@dataclass(frozen=True)
class SeriesColumns:
    """The columns that are sent, and those that order them.

    Attributes:
        names: The command's names, in the order of the columns.
        pool: The command's name of the column of the pool; none without pools.
        area: Whether there is a column of areas.
        pool_in_table: What the table calls the column of the pool.
    """

    names: tuple[str, ...]
    pool: str | None
    area: bool
    pool_in_table: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What names a series, in the order in which rows are sorted; no name twice."""
        names = [self.pool, "series", "area" if self.area else None]
        return tuple(dict.fromkeys(name for name in names if name))

    @property
    def never_empty(self) -> tuple[str, ...]:
        """The columns in which every row must have something."""
        return tuple(dict.fromkeys([name for name in (self.pool, "series") if name]))

    def positions(self, names: Sequence[str]) -> list[int]:
        """Where columns stand."""
        return [self.names.index(name) for name in names]

    def called(self, name: str) -> str:
        """What a sentence calls a column: the pool's by the table's own name of it."""
        return (self.pool_in_table or name) if name == self.pool else name

    def spark_name(self, name: str) -> str:
        """What a column is called on its way through Spark.

        It goes by its number, for ``mapInArrow`` cannot take a column whose name has a point or a
        grave accent.
        """
        return f"column_{self.names.index(name)}"


def choose(
    df: DataFrame,
    *,
    columns: Mapping[str, str | None] | None,
    pool_by: str | None,
    regressors: Sequence[str],
) -> tuple[DataFrame, SeriesColumns]:
    """The columns of a table that the command needs, as it needs them, and nothing else.

    Args:
        df: The table.
        columns: Names of the table's columns by the command's names, where they differ; none for
            one that is to be left out.
        pool_by: The table's column that says which series lend strength to each other.
        regressors: Columns of numbers that the model names.

    Raises:
        NeedscastError: A column is missing, is there twice or has a type that cannot be read.
    """
    types = {field.name: field.dataType for field in df.schema.fields}
    named = named_columns(df.columns, columns or {})
    for name, source in named.items():
        if source not in types:
            raise NeedscastError(
                f'there is no column "{source}" in the table, which columns gives for "{name}"; '
                + _has(types, source)
            )
    for name in _NEEDED:
        if name not in named:
            raise NeedscastError(
                f'there is no column "{name}" in the table; {_has(types, name)}; say which one '
                f'holds it with columns={{"{name}": ...}}'
            )
    selected: dict[str, Column] = {}
    for name, kind in _KINDS.items():
        if name in named:
            selected[name] = _cell(named[name], name, types[named[name]], kind)
    if "area" in selected:
        # The command knows no difference between no area and an empty one, so the order must not
        # either.
        selected["area"] = F.coalesce(selected["area"], F.lit(""))
    for regressor in regressors:
        if regressor not in types:
            raise NeedscastError(
                f'there is no column "{regressor}" in the table, which regressors names; '
                + _has(types, regressor)
            )
        _free(regressor, selected, "regressors")
        kind = ("numbers or text", (*_NUMBER, *_TEXT), False)
        selected[regressor] = _cell(regressor, regressor, types[regressor], kind)
    pool = None
    if pool_by is not None:
        if pool_by not in types:
            raise NeedscastError(
                f'there is no column "{pool_by}" in the table, which pool_by names; '
                f"{_has(types, pool_by)}"
            )
        known = [name for name, source in named.items() if source == pool_by]
        pool = known[0] if known else pool_by
        if pool in ("period", "value", "numerator", "denominator"):
            raise NeedscastError(
                f'pool_by names the column "{pool_by}", which is the {pool} of an observation; '
                "name one that is the same for all rows of a series, such as measure or area"
            )
        if not known:
            pool = _free_header(selected)
            selected[pool] = _cell(pool_by, pool_by, types[pool_by], _NAME)
    sent = SeriesColumns(tuple(selected), pool, "area" in selected, pool_by or "")
    chosen = df.select(*(cell.alias(sent.spark_name(name)) for name, cell in selected.items()))
    return chosen, sent


def named_columns(table: Sequence[str], columns: Mapping[str, str | None]) -> dict[str, str]:
    """The table's columns by the command's names: those that the caller gives, and those of the
    table whose names the command knows, in whatever capitals, as it reads the headers of files.

    Raises:
        NeedscastError: The caller gives a name that the command does not know, or leaves out a
            column that it needs; or two columns of the table go by one name.
    """
    for name, source in columns.items():
        if name not in _KINDS:
            raise NeedscastError(
                f'columns names "{name}", which is no column of the command; it knows '
                f"{', '.join(_KINDS)}{_near(name, list(_KINDS))}"
            )
        if source is None and name in _NEEDED:
            raise NeedscastError(
                f'columns leaves out "{name}", which the command needs; name the column that holds '
                "it"
            )
    named: dict[str, str] = {}
    for name in _KINDS:
        given = columns.get(name)
        if name not in columns:
            found = spelt(table, name) or spelt(table, _ALIASES.get(name, name))
            if len(found) > 1:
                raise NeedscastError(
                    f"the table has the columns {' and '.join(found)}, and the command reads "
                    f'either as "{name}"; rename or drop one of them'
                )
            given = found[0] if found else None
        if given is not None:
            named[name] = given
    return named


def spelt(table: Sequence[str], name: str) -> list[str]:
    """The columns of a table that have a name, in whatever capitals."""
    return [column for column in table if column.lower() == name.lower()]


def _free_header(selected: Mapping[str, Column]) -> str:
    """A header for the column of the pool, which the command reads as nothing else.

    The table's own name may be one that the command reads otherwise, such as ``published``, or hold
    what separates columns.
    """
    header, number = "pool", 1
    while spelt(list(selected), header):
        number += 1
        header = f"pool {number}"
    return header


def sorted_for_command(df: DataFrame, chosen: SeriesColumns, partitions: int) -> DataFrame:
    """The rows of each pool (without pools, of each series) in one partition, in the order that the
    command checks.

    Spark compares texts as UTF-8 bytes, which is what ``--sorted`` asks for.
    """
    together = (chosen.pool,) if chosen.pool else chosen.key
    order = (*chosen.key, "period")
    return df.repartition(
        partitions, *(chosen.spark_name(name) for name in together)
    ).sortWithinPartitions(*(chosen.spark_name(name) for name in order))


def _cell(source: str, name: str, found: DataType, kind: _Kind) -> Column:
    said, types, as_text = kind
    if not isinstance(found, types):
        advice = ""
        if name == "period" and "timestamp" in found.simpleString():
            advice = "; cast it to date, or write the period as text"
        raise NeedscastError(
            f'column "{source}" is of type {found.simpleString()}, and the command\'s column '
            f'"{name}" holds {said}{advice}'
        )
    column = _quoted(source)
    if isinstance(found, _TEXT):
        # Texts of another collation are compared otherwise than by their bytes.
        collation = getattr(found, "collation", "UTF8_BINARY")
        return column if collation == "UTF8_BINARY" else F.collate(column, "UTF8_BINARY")
    return column.cast("string") if as_text else column


def _quoted(name: str) -> Column:
    return F.col("`" + name.replace("`", "``") + "`")


def _free(name: str, selected: Mapping[str, Column], parameter: str) -> None:
    if spelt([*selected, *_READ], name):
        raise NeedscastError(
            f'{parameter} names the column "{name}", which is sent to the command as something '
            "else; rename it in the table"
        )


def _has(types: Mapping[str, DataType], wanted: str) -> str:
    names = list(types)
    shown = ", ".join(names[:30]) + (", ..." if len(names) > 30 else "")
    return f"it has {shown}{_near(wanted, names)}"


def _near(wanted: str, names: Sequence[str]) -> str:
    near = get_close_matches(wanted.lower(), [name.lower() for name in names], n=1)
    found = [name for name in names if near and name.lower() == near[0]]
    return f" (did you mean {found[0]}?)" if found else ""


def check_types(
    df: DataFrame, wanted: Mapping[str, tuple[str, bool]], table: str
) -> dict[str, str]:
    """The columns of ``wanted`` that a table has, in whatever capitals, each of the type that is
    asked for: the table's own names of them, by the wanted ones.

    Args:
        df: The table.
        wanted: For each column how its type is said, which is a key of this module's list of kinds,
            and whether it is needed.
        table: What the table is called in a sentence.

    Raises:
        NeedscastError: One that is needed is missing, one is there twice or has another type, or
            another column has nearly the name of one that is not there.
    """
    types = {field.name: field.dataType for field in df.schema.fields}
    present: dict[str, str] = {}
    for name, (said, needed) in wanted.items():
        found = spelt(df.columns, name)
        if len(found) > 1:
            raise NeedscastError(
                f"the table of {table} has the columns {' and '.join(found)}, which are one name; "
                "rename or drop one of them"
            )
        if not found:
            if needed:
                raise NeedscastError(
                    f'there is no column "{name}" in the table of {table}, which needs {said} '
                    "there; " + _has(types, name)
                )
            continue
        kind = types[found[0]]
        if not _FORMS[said](kind):
            raise NeedscastError(
                f'column "{found[0]}" of the table of {table} is of type {kind.simpleString()}, '
                f"and must hold {said}"
            )
        present[name] = found[0]
    refuse_near(df.columns, wanted, present, table)
    return present


def refuse_near(
    columns: Sequence[str], wanted: Mapping[str, object], present: Mapping[str, str], table: str
) -> None:
    """Refuses a column that was probably meant as one that is not there: it would be left out in
    silence."""
    absent = [name for name in wanted if name not in present]
    for column in columns:
        if column in present.values():
            continue
        near = get_close_matches(column.lower(), absent, n=1, cutoff=0.8)
        if near:
            raise NeedscastError(
                f'column "{column}" of the table of {table} would not be read; if it is meant as '
                f'"{near[0]}", call it so, otherwise drop it or give it another name'
            )


def _is_text(found: DataType) -> bool:
    return isinstance(found, _TEXT)


_FORMS: dict[str, Callable[[DataType], bool]] = {
    "text": _is_text,
    "text or whole numbers": lambda found: isinstance(found, (*_TEXT, *_WHOLE)),
    "whole numbers": lambda found: isinstance(found, _WHOLE),
    "text or dates": lambda found: isinstance(found, (*_TEXT, DateType)),
    "a list of texts": lambda found: isinstance(found, ArrayType) and _is_text(found.elementType),
    "a map of texts to texts": lambda found: (
        isinstance(found, MapType) and _is_text(found.keyType) and _is_text(found.valueType)
    ),
}
