"""`python -m gongdao` is the same as `gongdao`."""

from gongdao.cli.start import run

run()
