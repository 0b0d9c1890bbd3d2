"""The official lists that an enterprise is sorted by. They are standards, so no town decides them."""

from enum import StrEnum


class Industry(StrEnum):
    """门类, the letter of GB/T 4754-2017 国民经济行业分类."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"
    G = "G"
    H = "H"
    I = "I"  # noqa: E741  the standard's letter
    J = "J"
    K = "K"
    L = "L"
    M = "M"
    N = "N"
    O = "O"  # noqa: E741  the standard's letter
    P = "P"
    Q = "Q"
    R = "R"
    S = "S"
    T = "T"

    @property
    def label(self) -> str:
        """Return the title of the 门类."""
        return INDUSTRIES[self]


INDUSTRIES = {
    Industry.A: "农、林、牧、渔业",
    Industry.B: "采矿业",
    Industry.C: "制造业",
    Industry.D: "电力、热力、燃气及水生产和供应业",
    Industry.E: "建筑业",
    Industry.F: "批发和零售业",
    Industry.G: "交通运输、仓储和邮政业",
    Industry.H: "住宿和餐饮业",
    Industry.I: "信息传输、软件和信息技术服务业",
    Industry.J: "金融业",
    Industry.K: "房地产业",
    Industry.L: "租赁和商务服务业",
    Industry.M: "科学研究和技术服务业",
    Industry.N: "水利、环境和公共设施管理业",
    Industry.O: "居民服务、修理和其他服务业",
    Industry.P: "教育",
    Industry.Q: "卫生和社会工作",
    Industry.R: "文化、体育和娱乐业",
    Industry.S: "公共管理、社会保障和社会组织",
    Industry.T: "国际组织",
}


class Size(StrEnum):
    """规模, as 统计上大中小微型企业划分办法（2017）(国统字〔2017〕213号) names it; who is which the office says."""

    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"
    MICRO = "micro"

    @property
    def label(self) -> str:
        """Return the word of the statistics."""
        return SIZES[self]


SIZES = {Size.LARGE: "大型", Size.MEDIUM: "中型", Size.SMALL: "小型", Size.MICRO: "微型"}


class Status(StrEnum):
    """经营状态, in the words of the market register."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    DEREGISTERED = "deregistered"

    @property
    def label(self) -> str:
        """Return the office's word."""
        return STATUSES[self]


STATUSES = {Status.ACTIVE: "在业", Status.SUSPENDED: "停业", Status.DEREGISTERED: "注销"}
