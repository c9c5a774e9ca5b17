#!/usr/bin/env bash
# Recalculates the workbook of a plan in LibreOffice, prints it, and keeps a picture of its financial summary.
# usage: Tests/Browser/workbook.sh COMMAND [PICTURE]
set -euo pipefail
command=$1
picture=${2:-Documentation/pictures/workbook.png}
for tool in soffice pdftoppm pdftotext python3; do
  if ! command -v "$tool" >/dev/null; then
    echo "the workbook is not looked at: there is no $tool here"
    exit 0
  fi
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$command" report Datasets/sefton --draws 500 --part workbook --output "$folder/report" --quiet
Tests/Workbook/recalculate.py "$folder/report/plan.xlsx"
soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to pdf --outdir "$folder" \
  "$folder/report/plan.xlsx" >/dev/null 2>&1
if pdftotext "$folder/plan.pdf" - | grep -q '###'; then
  echo "a column of the workbook is too narrow for its figures" >&2
  exit 1
fi
page=$(for number in 2 3 4 5; do
  if pdftotext -f $number -l $number "$folder/plan.pdf" - | grep -q 'Yellow cells are inputs'; then echo $number; break; fi; done)
pdftoppm -r 100 -f "$page" -l "$page" -singlefile "$folder/plan.pdf" "$folder/picture"
python3 Tests/Workbook/picture.py "$folder/picture.ppm" "$folder/picture.png"
size=$(stat -c %s "$folder/picture.png")
if [ "$size" -ge 120000 ]; then
  echo "the picture has $size bytes; 120,000 at most" >&2
  exit 1
fi
mkdir -p "$(dirname "$picture")"
cp "$folder/picture.png" "$picture"
