"""What results of one or several outputs have in common: an output by its name, and the only one where there is one."""

from typing import Generic, Protocol, TypeVar

from hengliang.metrology.uncertainty.errors import OneOutputNeeded


class Output(Protocol):
    """An output quantity: estimate and standard uncertainty [its unit]."""

    @property
    def name(self) -> str:
        """Name in the model."""

    @property
    def value(self) -> float:
        """Estimate."""

    @property
    def u(self) -> float:
        """Standard uncertainty."""


AnyOutput = TypeVar("AnyOutput", bound=Output)


class Outputs(Generic[AnyOutput]):
    """The outputs of one evaluation. With one, `value` and `u` speak of it; with several, name one: `result["R"]`."""

    outputs: tuple[AnyOutput, ...]

    def __getitem__(self, name: str) -> AnyOutput:
        for output in self.outputs:
            if output.name == name:
                return output
        raise self._one_needed()

    @property
    def only(self) -> AnyOutput:
        """The single output. Raises OneOutputNeeded if there are several."""
        if len(self.outputs) > 1:
            raise self._one_needed()
        return self.outputs[0]

    @property
    def value(self) -> float:
        """Estimate of the single output."""
        return self.only.value

    @property
    def u(self) -> float:
        """Standard uncertainty of the single output."""
        return self.only.u

    def _one_needed(self) -> OneOutputNeeded:
        return OneOutputNeeded(outputs=", ".join(one.name for one in self.outputs), first=self.outputs[0].name)
