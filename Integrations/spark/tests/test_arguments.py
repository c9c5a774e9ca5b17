"""What is refused before any job, and how names and numbers are understood, without Spark."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from py4j.protocol import Py4JError

from needscast_spark.columns import named_columns, refuse_near
from needscast_spark.errors import NeedscastError, explain
from needscast_spark.running import check_levels, check_whole, partition_count
from needscast_spark.series import refuse_several


def test_columns_are_found_in_whatever_capitals() -> None:
    table = ["Series_ID", "PERIOD", "Value", "Area", "other", "status"]
    assert named_columns(table, {}) == {
        "series": "Series_ID",
        "area": "Area",
        "period": "PERIOD",
        "value": "Value",
        "status": "status",
    }
    assert named_columns(table, {"area": "other", "status": None}) == {
        "series": "Series_ID",
        "area": "other",
        "period": "PERIOD",
        "value": "Value",
    }


@pytest.mark.parametrize(
    ("table", "columns", "sentence"),
    [
        (["Area", "area"], {}, 'the columns Area and area, and the command reads either as "area"'),
        (["value"], {"valeu": "value"}, r'columns names "valeu", .*\(did you mean value\?\)'),
        (["value"], {"value": None}, 'columns leaves out "value", which the command needs'),
    ],
)
def test_columns_that_cannot_be_told_are_refused(
    table: list[str], columns: dict[str, str | None], sentence: str
) -> None:
    with pytest.raises(NeedscastError, match=sentence):
        named_columns(table, columns)


@pytest.mark.parametrize(
    ("column", "meant"), [("scenario", "scenarios"), ("Override", "overrides"), ("asOf", "as_of")]
)
def test_a_column_that_is_nearly_one_of_a_plan_is_refused(column: str, meant: str) -> None:
    wanted = dict.fromkeys(("workspace", "scenarios", "overrides", "as_of", "to"))
    with pytest.raises(NeedscastError, match=f'column "{column}" .* meant as "{meant}"'):
        refuse_near(["workspace", column], wanted, {"workspace": "workspace"}, "workspaces")
    # Where the column itself is there too, the other is the caller's own.
    present = {"workspace": "workspace", meant: meant}
    refuse_near(["workspace", meant, column, "region"], wanted, present, "workspaces")


@pytest.mark.parametrize(
    ("levels", "texts"),
    [((80, 97.5), ["80", "97.5"]), ([80.0], ["80"]), ((0.00001,), ["0.00001"])],
)
def test_levels_are_spelt_as_in_the_columns(levels: Any, texts: list[str]) -> None:
    assert check_levels(levels) == texts


@pytest.mark.parametrize(
    ("levels", "sentence"),
    [
        ("80,95", "levels is '80,95'; give levels between 0 and 100"),
        (80, "levels is 80; give levels between 0 and 100"),
        (["80"], r"levels is \['80'\]; give levels"),
        ((80, 80.0), r"levels is \[80, 80.0\], in which 80 is twice"),
        ((), r"levels is \[\]; give levels"),
        ((True,), r"levels is \[True\]; give levels"),
    ],
)
def test_levels_that_are_none_are_refused(levels: Any, sentence: str) -> None:
    with pytest.raises(NeedscastError, match=sentence):
        check_levels(levels)


def test_a_seed_may_be_nought_and_a_horizon_may_not() -> None:
    check_whole("seed", 0, 10, least=0)
    with pytest.raises(NeedscastError, match="seed is -1; give a whole number from 0 to 10"):
        check_whole("seed", -1, 10, least=0)
    with pytest.raises(NeedscastError, match="horizon is 0; give a whole number from 1 to 10"):
        check_whole("horizon", 0, 10)


@pytest.mark.parametrize("model", ["naive,drift", 'a("x"),b', '"a,b",c'])
def test_several_models_in_one_text_are_refused(model: str) -> None:
    with pytest.raises(NeedscastError, match="which are several; give each as a text of its own"):
        refuse_several(model)


@pytest.mark.parametrize("model", ["arima(1,1,0)", 'regression(regressors("a,b"),x)', "naive"])
def test_commas_inside_a_model_are_its_own(model: str) -> None:
    refuse_several(model)


def session_of(setting: str) -> Any:
    return SimpleNamespace(
        conf=SimpleNamespace(get=lambda name: setting),
        sparkContext=SimpleNamespace(defaultParallelism=6),
    )


def test_partitions_are_those_asked_for_or_set_or_four_for_each_core() -> None:
    assert partition_count(session_of("31"), None) == 31
    assert partition_count(session_of("auto"), None) == 24
    assert partition_count(session_of("auto"), 5) == 5
    for wrong in (1.5, 0, True, "3"):
        with pytest.raises(NeedscastError, match=f"partitions is {wrong!r}; give a whole number"):
            partition_count(session_of("31"), wrong)  # type: ignore[arg-type]


def test_an_exception_of_the_jvm_is_one_line() -> None:
    text = (
        "An error occurred while calling o45.parquet.\n: org.apache.spark.SparkException: "
        "[FAILED_READ_FILE] x.csv is no Parquet file\n\tat org.apache.Thing"
    )
    assert explain(Py4JError(text)) == (
        "org.apache.spark.SparkException: [FAILED_READ_FILE] x.csv is no Parquet file"
    )
