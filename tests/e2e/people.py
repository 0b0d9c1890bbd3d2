"""Who works and who lives in the town of these tests; all invented."""

PASSWORD = "yutian-baicai-3jin"
RESIDENTS = (
    ("单雄", "13900010001", "柳树湾3号"),
    ("曾桂兰", "13900010002", "磨坊沟12号"),
    ("欧阳春", "13900010003", ""),
)
"""单 is read Shan and 曾 Zeng as surnames (U2); the last one's village is not known."""
