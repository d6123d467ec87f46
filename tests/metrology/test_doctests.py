"""The examples in docstrings are true."""

import doctest
import importlib
import pkgutil

import pytest

PACKAGES = ("hengliang.metrology.units", "hengliang.metrology.uncertainty", "hengliang.metrology.validation")


def modules():
    for name in PACKAGES:
        package = importlib.import_module(name)
        yield name
        yield from (f"{name}.{found.name}" for found in pkgutil.iter_modules(package.__path__))


@pytest.mark.parametrize("name", list(modules()))
def test_examples_of(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
