"""Rendered screenshots of our own with what stands in them: the hard set for reading pictures.

Everything is drawn from a seed by Pillow, so the set is made anew instead of kept. Each kind of
screen is drawn twice, with other words, numbers, fonts and sizes: once for the half that the reader
is tuned on, once for the half that it is judged by. One font occurs in the second half only.

What it cannot show: the real apps' own layouts, fonts and icons (PingFang, HarmonyOS Sans,
MiSans); stickers and emoji of theirs; several compressions one after another, as pictures get that
are passed on; a camera's own noise, hands, reflections of a room, cracked glass; handwriting;
languages other than Chinese with some Latin. On real pictures more errors must be expected.
"""
