"""Why an installer can't be made.

BundleError
├── NoSource         the folder is not a source tree of this project
├── MachineUnknown   no wheels are asked for that kind of machine
└── PackagesMissing  a package could not be fetched or built
"""

from typing import ClassVar


class BundleError(Exception):
    """No installer was written; the message says what to do next."""

    code: ClassVar[str] = "bundle_failed"
    template: ClassVar[str] = "The installer can't be made."

    def __init__(self, **parameters: object) -> None:
        self.parameters = parameters
        super().__init__(self.template.format(**parameters))


class NoSource(BundleError):
    """An installer is made from the source tree: it holds the locks that say which packages belong to it."""

    code = "bundle_no_source"
    template = "{folder} has no {missing}. Give the folder of Hengliang's source with --source."


class MachineUnknown(BundleError):
    """We know the names of wheels for a few kinds of machine only."""

    code = "bundle_machine_unknown"
    template = "No installer is made for {machine}. Choose one of: {known}."


class PackagesMissing(BundleError):
    """The package tool failed; the installer's making needs a network, its use does not."""

    code = "bundle_packages_missing"
    template = "{step} failed: {reason}"
