import pickle

from hengliang.metrology.errors import MetrologyError


class Sample(MetrologyError):
    template = "{n} readings are too few; take at least {needed}."


def test_carries_code_parameters_and_message():
    error = Sample(n=1, needed=2)
    assert error.parameters == {"n": 1, "needed": 2}
    assert str(error) == "1 readings are too few; take at least 2."


def test_survives_pickling():
    error = pickle.loads(pickle.dumps(Sample(n=1, needed=2)))  # noqa: S301
    assert isinstance(error, Sample)
    assert error.parameters == {"n": 1, "needed": 2}
