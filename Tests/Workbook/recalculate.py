#!/usr/bin/env python3
"""Makes LibreOffice work out every formula of a plan's workbook anew, and says whether it finds the plan's values.

    recalculate.py plan.xlsx                       every formula and every text, compared with the book's own
    recalculate.py plan.xlsx --set 'Sheet!J12=0.05' --show 'Sheet!K40'
                                                   types numbers into cells, and prints what other cells then hold

What formulae came to is taken out of the book first, so that nothing can be carried over. Needs soffice and nothing
beyond Python's own library.
"""
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def parts(book):
    """The part of each sheet by its name."""
    relations = {
        one.get("Id"): one.get("Target").lstrip("/").removeprefix("xl/")
        for one in ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    }
    workbook = ElementTree.fromstring(book.read("xl/workbook.xml"))
    return {s.get("name"): "xl/" + relations[s.get(RELATION)] for s in workbook.iter(MAIN + "sheet")}


def cells(path):
    """What every cell of every sheet holds: {(sheet, cell): (formula or None, value)}."""
    found = {}
    with zipfile.ZipFile(path) as book:
        strings = []
        if "xl/sharedStrings.xml" in book.namelist():
            for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml")):
                strings.append("".join(text.text or "" for text in item.iter(MAIN + "t")))
        for sheet, part in parts(book).items():
            for cell in ElementTree.fromstring(book.read(part)).iter(MAIN + "c"):
                formula, value = cell.find(MAIN + "f"), cell.find(MAIN + "v")
                if value is None or value.text is None:
                    content = None
                elif cell.get("t") == "s":
                    content = strings[int(value.text)]
                elif cell.get("t") in ("str", "e"):
                    content = value.text
                else:
                    content = float(value.text)
                found[sheet, cell.get("r")] = (None if formula is None else formula.text, content)
    return found


def prepared(path, settings, to):
    """Copies a book without what its formulae came to, with numbers typed into cells."""
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as copy:
        sheets = {part: name for name, part in parts(book).items()}
        for name in book.namelist():
            data = book.read(name)
            if name in sheets:
                text = re.sub(r"(<f>[^<]*</f>)<v>[^<]*</v>", r"\1", data.decode())
                for (sheet, cell), value in settings.items():
                    if sheet != sheets[name]:
                        continue
                    text, count = re.subn(
                        rf'<c r="{cell}"( s="\d+")?(?:/>|><v>[^<]*</v></c>)', rf'<c r="{cell}"\1><v>{value}</v></c>', text)
                    if count != 1:
                        sys.exit(f"{sheet}!{cell} is no cell to type a number into")
                data = text.encode()
            copy.writestr(name, data)


def recalculated(path, settings):
    with tempfile.TemporaryDirectory() as folder:
        profile = os.path.join(folder, "profile")
        os.makedirs(os.path.join(profile, "user"))
        with open(os.path.join(profile, "user", "registrymodifications.xcu"), "w") as file:
            file.write(SETTINGS)
        source, target = os.path.join(folder, "book.xlsx"), os.path.join(folder, "out")
        prepared(path, settings, source)
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to",
             "xlsx:Calc MS Excel 2007 XML", "--outdir", target, source],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
        return cells(os.path.join(target, "book.xlsx"))


def same(one, other):
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= max(1e-6, 1e-9 * abs(one))
    return (one or "") == (other or "")


def main(arguments):
    path, settings, shown = arguments[0], {}, []
    for option, text in zip(arguments[1::2], arguments[2::2]):
        place, _, value = text.rpartition("=") if option == "--set" else (text, "", "")
        sheet, _, cell = place.rpartition("!")
        if option == "--set":
            settings[sheet, cell] = repr(float(value))
        else:
            shown.append((sheet, cell))
    found = recalculated(path, settings)
    if shown:
        for place in shown:
            print(found.get(place, (None, None))[1])
        return 0
    own = cells(path)
    formulae = [place for place in own if own[place][0] is not None]
    wrong = [place for place in formulae if not same(own[place][1], found.get(place, (None, None))[1])]
    texts = [place for place in own if own[place][0] is None and isinstance(own[place][1], str)]
    changed = [p for p in texts if found.get(p, (None, None))[0] is not None or not same(own[p][1], found[p][1])]
    for place in (wrong + changed)[:20]:
        print("!".join(place), own[place], "is", found.get(place))
    print(f"{len(formulae)} formulae worked out anew, {len(wrong)} differ; {len(texts)} texts, {len(changed)} differ")
    return 1 if wrong or changed or not formulae else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
