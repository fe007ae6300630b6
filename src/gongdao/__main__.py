"""`python -m gongdao` is the same as `gongdao`."""

from gongdao.cli.main import run

run()
