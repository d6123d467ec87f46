"""The demo city 衡城: fictional, the same at every load, dated from the day on which it is loaded.

`load("first")` gives a city to walk through within seconds; `load("rest")`, a job, fills it up to its size.
"""

from hengliang.platform.site.demo.accounts import ACCOUNTS, PASSWORD
from hengliang.platform.site.demo.loader import load

__all__ = ["ACCOUNTS", "PASSWORD", "load"]
