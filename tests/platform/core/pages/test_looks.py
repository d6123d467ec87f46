import pytest
from django.utils import translation

from hengliang.platform.core.pages import looks
from hengliang.platform.core.transitions import State, Workflow

RULED = {
    "valid": ("有效", "good"),
    "due_soon": ("临期", "warning"),
    "overdue": ("超期", "bad"),
    "stopped": ("停用", "muted"),
    "to_seal": ("待签章", "pending"),
    "undeterminable": ("不可判定", "open"),
}


@pytest.mark.parametrize("key", RULED)
def test_the_six_states_have_the_words_and_tones_of_the_design(key: str) -> None:
    with translation.override("zh-hans"):
        words, tone = RULED[key]
        tag = looks.state_tag(key)
    assert f">{words}</span>".replace(">", "", 1) in tag
    assert f"state-{tone}" in tag


def test_each_tone_has_a_shape_of_its_own() -> None:
    assert len(set(looks.SHAPES.values())) == len(looks.SHAPES)


def test_a_state_may_not_get_a_second_look() -> None:
    with pytest.raises(ValueError, match="overdue"):
        looks.register_looks({"overdue": looks.Look("late", "warning")})


def test_a_workflow_brings_its_states() -> None:
    flow = Workflow("tide", (State("ebb", "Ebb", "warning"), State("flood", "Flood", "good")), ())
    looks.register_workflow(flow)
    looks.register_workflow(flow)
    assert looks.look_of("tide.ebb") == looks.Look("Ebb", "warning")


def test_every_workflow_of_the_platform_uses_known_tones() -> None:
    from hengliang.platform.certificates.states import CERTIFICATE
    from hengliang.platform.registry.states import INSTRUMENT
    from hengliang.platform.verification.states import APPLICATION, RECORD, TASK

    tones = {state.tone for flow in (CERTIFICATE, INSTRUMENT, APPLICATION, RECORD, TASK) for state in flow.states}
    assert tones <= set(looks.SHAPES)


def test_words_from_data_are_escaped() -> None:
    assert "<script>" not in looks.state_tag("valid", "<script>")
