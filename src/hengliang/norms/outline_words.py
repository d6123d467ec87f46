"""The rules' own words for people, in Chinese and in English: what a verification is made of."""

from collections.abc import Mapping
from types import MappingProxyType

WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "scope": ("适用范围", "Where it applies"),
        "instruments": ("计量器具", "Instruments"),
        "class_by": ("等级依据", "Class told by"),
        "downgrade": ("可降等级（由检定员确认）", "May be lowered to (accepted by the verifier)"),
        "parts": ("逐个检定的部件", "Parts verified one by one"),
        "regimes": ("检定类别", "Kinds of verification"),
        "all": ("全部", "all"),
        "initial": ("首次检定", "initial"),
        "subsequent": ("后续检定", "subsequent"),
        "in_service": ("使用中检查", "in service"),
        "after_repair": ("修理后检定", "after repair"),
        "suits": ("与目录项目相符的参数", "Particulars that go with the item"),
        "attributes": ("需填写的器具参数", "Particulars asked for"),
        "name": ("名称", "Name"),
        "unit": ("单位", "Unit"),
        "possible": ("可选值或范围", "Choices or range"),
        "default": ("默认值", "Taken where nothing is given"),
        "items": ("检定项目", "Items"),
        "item": ("项目", "Item"),
        "how": ("方法与计算", "Method and formula"),
        "rounding": ("修约", "Rounding"),
        "limit": ("限值", "Limit"),
        "clause": ("条款", "Clause"),
        "readings": ("检定点与读数", "Points and readings"),
        "point": ("检定点", "Point"),
        "given": ("规定值", "Given values"),
        "cells": ("读数", "Readings"),
        "at_least": ("至少 {} 行", "at least {} rows"),
        "includes": ("须包含 {}", "including {}"),
        "runs": ("每点 {} 次", "{} runs each"),
        "of_readings": ("用“{}”的读数", "from the readings of “{}”"),
        "optional": ("可说明理由后不做", "may be left out with a reason"),
        "when": ("仅当", "only where"),
        "per_part": ("每个部件", "each part"),
        "times": ("{} 倍", "times {}"),
        "magnitude": ("绝对值", "magnitude"),
        "step": ("修约间隔 {}", "to steps of {}"),
        "check": ("目测或操作检查：是／否", "looked at or tried: yes or no"),
        "otherwise": ("其他", "otherwise"),
        "regime": ("检定类别", "kind of verification"),
        "failures": ("允许 {} 点不合格", "{} points may fail"),
        "any": ("不限", "any"),
        "per": ("以“{}”的倍数计", "in multiples of “{}”"),
        "factor": ("{} 时乘以 {}", "{}: times {}"),
        "closed_upper": ("分界值属于下一段（较小一侧）", "a boundary belongs to the bracket below it"),
        "closed_lower": ("分界值属于上一段（较大一侧）", "a boundary belongs to the bracket above it"),
        "each": ("", ""),
        "mean": ("各次平均", "mean of the runs"),
        "range": ("极差", "range of the runs"),
        "range_by_coefficient": ("极差法标准偏差", "standard deviation by range"),
        "standard_deviation": ("实验标准偏差", "standard deviation"),
        "largest": ("绝对值最大者", "largest magnitude"),
        "load": ("载荷", "load"),
        "reference": ("标准值", "reference"),
        "yes": ("是", "yes"),
        "no": ("否", "no"),
        "text": ("文字", "text"),
    }
)
# What the formulas of the judge say, with the names of their arguments in words. Source: docs/reference/norms.md
FORMULA_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "check": WORDS["check"],
        "reading": ("{value}", "{value}"),
        "difference": ("{indicated} − {reference}", "{indicated} − {reference}"),
        "relative": (
            "({indicated} − {reference}) ÷ {reference} × 100 %",
            "({indicated} − {reference}) ÷ {reference} × 100 %",
        ),
        "fiducial": ("({indicated} − {reference}) ÷ {span} × 100 %", "({indicated} − {reference}) ÷ {span} × 100 %"),
        "magnitude": ("|{first} − {second}|", "|{first} − {second}|"),
        "flicker": (
            "{indicated} + ½ {e} − {added} − {load} − {zero_error}",
            "{indicated} + ½ {e} − {added} − {load} − {zero_error}",
        ),
        "amount_difference": ("|{amount} − {quantity} × {price}|", "|{amount} − {quantity} × {price}|"),
        "dispensed": (
            "({indicated} − {measured}（换算到油枪出口温度）) ÷ {measured}（换算后） × 100 %",
            "({indicated} − {measured} at the temperature of the nozzle) ÷ the same × 100 %",
        ),
    }
)
ARGUMENT_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "zero_error": ("零点误差", "error at zero"),
        "e": ("e", "e"),
        "added": ("附加砝码", "added weights"),
        "flow": ("流量", "flow"),
        "flow_from": ("流量起点", "flow from"),
        "flow_to": ("流量终点", "flow to"),
        "frequency": ("频率", "frequency"),
        "qmax": ("最大流量", "largest flow"),
        "qmin": ("最小流量", "smallest flow"),
    }
)
