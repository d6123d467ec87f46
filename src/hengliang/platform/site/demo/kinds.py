"""The kinds of instruments that the city has, with what a buyer would find on their plates."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind: its catalogue item, how many in a thousand, where it stands, its makers and models."""

    item: str
    share: int
    place: str
    models: tuple[str, ...]
    makers: tuple[str, ...]
    purpose: str
    months: int
    measuring_range: str = ""
    accuracy_class: str = ""
    parts: int = 0
    part_word: str = ""
    on_site: bool = False


SCALES = ("衡城衡器有限公司", "江淮电子秤厂", "量州称重科技")
METERS = ("衡城仪表股份", "东江智能表计", "量州计量设备")
MEDICAL = ("康衡医疗器械", "江城医用仪器厂")
ENERGY = ("正和加油设备", "恒星能源装备")
SENSORS = ("安泰探测技术", "东江传感")

# item, share, place, models, makers, purpose, months, range, class, parts, word of a part, on site
KINDS = (
    Kind("NAWI-PRICE", 300, "market", ("ACS-15", "ACS-30"), SCALES, "trade", 12, "0.1 kg~15 kg", "III", on_site=True),
    Kind("NAWI-DIGITAL", 80, "shop", ("TCS-60", "TCS-150"), SCALES, "trade", 12, "1 kg~150 kg", "III", on_site=True),
    Kind("NAWI-TRUCK", 14, "works", ("SCS-80", "SCS-120"), SCALES, "trade", 12, "0.4 t~80 t", "III", on_site=True),
    Kind("NAWI-ANALOG", 8, "shop", ("TGT-100",), SCALES, "trade", 12, "1 kg~100 kg", "III"),
    Kind("AWI-BELT", 4, "works", ("ICS-20",), SCALES, "trade", 12, "20 t/h~200 t/h", "1", on_site=True),
    Kind("AWI-FILL", 8, "works", ("DCS-50",), SCALES, "trade", 12, "5 kg~50 kg", "0.5", on_site=True),
    Kind("FUEL", 46, "station", ("JDK50", "CS46"), ENERGY, "trade", 6, "5~50 L/min", "", 2, "号枪", True),
    Kind("GASFILL-CNG", 8, "station", ("JQ-30",), ENERGY, "trade", 6, "1~30 kg/min", "", 2, "号枪", True),
    Kind("GASFILL-LNG", 4, "station", ("LJ-80",), ENERGY, "trade", 6, "3~80 kg/min", "", on_site=True),
    Kind("EV-AC", 60, "charging", ("AC7kW", "AC21kW"), ENERGY, "trade", 36, "0~32 A", "2", on_site=True),
    Kind("EV-DC", 36, "charging", ("DC60kW", "DC120kW"), ENERGY, "trade", 36, "0~250 A", "2", on_site=True),
    Kind("BP-MECH", 60, "hospital", ("XJ11D",), MEDICAL, "medical", 6, "0~40 kPa"),
    Kind("BP-AUTO", 50, "hospital", ("HEM-7", "BP-A2"), MEDICAL, "medical", 12, "0~40 kPa"),
    Kind("THERM-ELEC", 30, "hospital", ("TM-1",), MEDICAL, "medical", 12, "32~42 ℃"),
    Kind("THERM-EAR", 24, "hospital", ("IR-20",), MEDICAL, "medical", 12, "35~42 ℃"),
    Kind("ECG-REST", 16, "hospital", ("ECG-3",), MEDICAL, "medical", 12),
    Kind("ECG-MON", 20, "hospital", ("PM-9",), MEDICAL, "medical", 12),
    Kind("OPT-FOCI", 10, "optician", ("JD-2",), MEDICAL, "medical", 12, "-25~+25 D"),
    Kind("OPT-REFR", 10, "optician", ("YG-1",), MEDICAL, "medical", 12, "-20~+20 D"),
    Kind("TAXI", 46, "taxi", ("TX-08",), METERS, "trade", 12),
    Kind("PRESS-GEN", 80, "works", ("Y-100", "Y-150"), METERS, "safety", 6, "0~1.6 MPa", "1.6"),
    Kind("GASDET-COMB", 40, "works", ("GD-4",), SENSORS, "safety", 12, "0~100 %LEL"),
    Kind("GASDET-CO", 10, "works", ("CO-2",), SENSORS, "safety", 12, "0~1000 µmol/mol"),
    Kind("WATER-L", 10, "water", ("LXL-80",), METERS, "trade", 24, "DN80", "2"),
    Kind("GAS-DIA-IND", 10, "gas", ("G16", "G25"), METERS, "trade", 36, "0.16~25 m³/h", "1.5"),
    Kind("ELEC-02S", 8, "power", ("DTZ341",), METERS, "trade", 72, "3×1.5(6) A", "0.5S"),
    Kind("SPEED-RF", 5, "police", ("RS-2",), SENSORS, "enforcement", 12, "20~180 km/h"),
    Kind("SOUND", 6, "lab", ("AWA6228",), SENSORS, "environment", 12, "30~130 dB", "1"),
)
