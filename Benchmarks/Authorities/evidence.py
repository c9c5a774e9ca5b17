#!/usr/bin/env python3
"""Writes the published figures of every authority as the series files of a workspace.

Usage: evidence.py FOLDER_OF_PUBLISHED_FILES WORKSPACE_TEMPLATE OUTPUT_FOLDER

Every row carries the day on which it became known: the last day of the month in which its release usually appears, as in
the worked example. Values are as last revised. An authority whose area has changed is kept under its name of the time;
a series of it that begins or ends with the change is simply short.
"""
import csv
import gzip
import os
import re
import shutil
import sys

# series, measure of the Local Authority Interactive Tool, kind of period, unit, month and years after in which it appears
MEASURES = [
    ("ehc-plans", "SEN_CASES_JAN", "01-15", "count", "06-30", 0),
    ("looked-after-children", "LACnum", "03-31", "count", "11-30", 0),
    ("looked-after-in-foster-care", "LAC_Foster_Placements", "03-31", "per cent", "11-30", 0),
    ("looked-after-in-childrens-homes", "LAC_SecHome_And_ChildHome", "03-31", "per cent", "11-30", 0),
    ("looked-after-in-supported-accommodation", "LAC_Ind_SInd_Liv_Arr", "03-31", "per cent", "11-30", 0),
    ("looked-after-with-parents", "LAC_Parents_OR_Others", "03-31", "per cent", "11-30", 0),
    ("looked-after-spend", "TotalLACFinance", "financial", "pounds", "12-31", 1),
    ("fostering-weekly-cost", "FosteringFinance", "financial", "pounds per week", "12-31", 1),
    ("residential-weekly-cost", "RescareFinance", "financial", "pounds per week", "12-31", 1),
    ("foster-places", "Number_Foster_Places(New)", "03-31", "count", "11-30", 0),
]
COLUMNS = ["series", "area", "period", "calendar", "frequency", "value", "unit", "published"]


def authorities(folder):
    """Number and name of every authority that has statistical neighbours: regions and England have none."""
    names = {}
    with open(f"{folder}/statistical_neighbours.csv", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            names[row["la_number"]] = row["la_name"]
    return names


def published_tool(folder, names):
    wanted = {measure: entry for entry in MEASURES for measure in [entry[1]]}
    with gzip.open(f"{folder}/lait.csv.gz", "rt", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            entry = wanted.get(row["measure"])
            if entry is None or row["la_number"] not in names or row["value"] in ("-", ""):
                continue
            series, _, kind, unit, month, lag = entry
            year = int(re.match(r"\d{4}", row["period"]).group())
            period = f"{year}/{(year + 1) % 100:02d}" if kind == "financial" else f"{year}-{kind}"
            yield [series, names[row["la_number"]], period, "financial" if kind == "financial" else "", row["value"], unit,
                   f"{year + lag}-{month}"]


# Settings in which plans are counted, and lines of Section 251 outturn, by the benchmarking tool's columns. The tool does not state the
# year of its outturn: 2020-21 at the latest, entered as that.
SETTINGS = {"hospital_or_ap": "hospital-or-ap", "independent_or_nmss": "independent-or-nmss", "mainstream": "mainstream",
            "other": "other", "post16": "post16", "resourced_or_unit": "resourced-or-unit", "special": "special"}


def high_needs(folder, names):
    with open(f"{folder}/high_needs_benchmarking_2021_22.csv", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            name = names.get(row["la_number"])
            if name is None:
                continue
            for column, setting in SETTINGS.items():
                if row[f"plans_{column}"] != "":
                    yield [f"ehc-plans-{setting}", name, "2021-01-15", "", row[f"plans_{column}"], "count", "2021-06-30"]
            for column, value in row.items():
                if column.startswith("outturn_") and value != "":
                    line = "section-251-" + column.replace("_", "-")
                    yield [line, name, "2020/21", "financial", value, "pounds", "2021-12-31"]
    blocks = {"schools_block": "dsg-schools-block", "high_needs_block": "dsg-high-needs-block", "total_dsg": "dsg-total"}
    with open(f"{folder}/dsg_allocations.csv", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            if row["la_number"] in names:
                year = int(row["financial_year"][:4])
                for column, series in blocks.items():
                    yield [series, names[row["la_number"]], row["financial_year"], "financial", row[column], "pounds",
                           f"{year - 1}-12-31"]
    with open(f"{folder}/dsg_cumulative_deficit.csv", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            number = row["la_number"].removesuffix(".0")
            if number in names and row["cumulative_deficit_percent_of_dsg"] not in ("", "-"):
                year = int(row["financial_year"][:4])
                yield ["dsg-cumulative-deficit", names[number], f"{year}/{(year + 1) % 100:02d}", "financial",
                       row["cumulative_deficit_percent_of_dsg"], "per cent", f"{year + 1}-12-31"]


def population(folder, names):
    with open(f"{folder}/population_0_17.csv", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            if row["old_la_code"] in names:
                year = int(row["time_period"])
                yield ["population-0-17", names[row["old_la_code"]], f"{year}-06-30", "", row["population_estimate"], "count",
                       f"{year + 1}-07-31"]


def main(folder, template, output):
    names = authorities(folder)
    os.makedirs(output, exist_ok=True)
    with open(f"{output}/series.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        rows = sorted(list(published_tool(folder, names)) + list(population(folder, names))
                      + list(high_needs(folder, names)))
        # A day of the year does not say that it comes back every year.
        writer.writerows(row[:4] + ["" if row[3] else "yearly"] + row[4:] for row in rows)
    shutil.copy(template, f"{output}/workspace.yaml")
    print(f"{len(rows)} rows of {len({row[1] for row in rows})} authorities", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
