"""Budgets that several tests use, with their origin."""

from hengliang.metrology.uncertainty import Budget, Input, Normal, quantity


def end_gauge(**options) -> Budget:
    """JCGM 100:2008, H.1: calibration of an end gauge [nm]."""
    inputs = [
        quantity("ls", 50000623, 25, dof=18),
        quantity("d", 215, 9.7, dof=25.6),
        Input("dalpha", Normal(0, 0.58e-6), dof=50),
        quantity("theta", -0.1, 0.41),
        quantity("alpha_s", 11.5e-6, 1.2e-6),
        Input("dtheta", Normal(0, 0.029), dof=2),
    ]
    return Budget("l = ls + d - ls*(dalpha*theta + alpha_s*dtheta)", inputs, **options)
