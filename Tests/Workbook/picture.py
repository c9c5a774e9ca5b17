#!/usr/bin/env python3
"""Makes a small PNG of a PPM picture: picture.py in.ppm out.png. Colours are rounded to 216, which text and charts bear."""
import struct
import sys
import zlib

with open(sys.argv[1], "rb") as file:
    kind, size, most, pixels = file.read().split(b"\n", 3)
if kind != b"P6" or most != b"255":
    sys.exit(f"{sys.argv[1]} is no PPM picture of 8 bits")
width, height = map(int, size.split())
level = [round(value * 5 / 255) for value in range(256)]
rows = bytearray()
for row in range(height):
    line = pixels[row * width * 3:(row + 1) * width * 3]
    rows.append(0)
    rows.extend(level[r] * 36 + level[g] * 6 + level[b] for r, g, b in zip(line[0::3], line[1::3], line[2::3]))
palette = bytes(value * 51 for r in range(6) for g in range(6) for b in range(6) for value in (r, g, b))


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


with open(sys.argv[2], "wb") as file:
    file.write(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0))
        + chunk(b"PLTE", palette) + chunk(b"IDAT", zlib.compress(bytes(rows), 9)) + chunk(b"IEND", b""))
