"""Reading text in pictures, offline, in a process of its own.

The libraries (rapidocr, onnxruntime, OpenCV) come with the `reading` extra and are imported only in
that process: it takes seconds to load and some 800 MB. Where they are absent pictures are not read,
and whoever asked is told so.
"""
