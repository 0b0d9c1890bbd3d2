"""`banjie rulebook check|load|differs|dump|sheet`: texts in and out as files, and what is wrong with them."""

import sys
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from banjie.base.clock import local_day, now
from banjie.base.errors import BanjieError
from banjie.ledger.record import SYSTEM, Stamp
from banjie.rulebook import actions, queries
from banjie.rulebook.category_sheet import text_of_sheet
from banjie.rulebook.check import Known, change_findings, check
from banjie.rulebook.findings import BadText, Finding
from banjie.rulebook.inspections import INSPECTIONS, Inspection
from banjie.rulebook.shelf import SHIPPED, filed_in, read_all, write_files
from banjie.rulebook.text import Text


class Command(BaseCommand):
    """Check, load and dump the texts of the rulebook."""

    help = "制度文本：检查、载入、导出；把分类表改成文本。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the commands."""
        commands = parser.add_subparsers(dest="deed", required=True)
        one = commands.add_parser("check", help="检查一个目录里的文本（不写目录就检查随程序提供的）")
        one.add_argument("folder", nargs="?", type=Path, default=SHIPPED)
        one.add_argument("--town", default="", help="乡镇区划代码：连同该镇生效的文本和单位一起检查")
        one = commands.add_parser("load", help="把目录里的文本载为一个镇（9位代码）或一个县（6位代码）的版本")
        one.add_argument("folder", type=Path)
        one.add_argument("--town", required=True)
        one.add_argument("--from", dest="from_on", type=date.fromisoformat, required=True, help="施行日期")
        one.add_argument("--meeting", default="", help="决定的会议")
        one.add_argument("--document", default="", help="发文字号")
        one = commands.add_parser(
            "differs", help="列出一个镇自己的文本和出厂文本不同的地方（升级以后看一遍）"
        )
        one.add_argument("--town", required=True)
        one = commands.add_parser("dump", help="把生效的文本导出到目录")
        one.add_argument("folder", type=Path)
        one.add_argument("--town", default="")
        one.add_argument("--on", type=date.fromisoformat, default=None, help="哪一天生效的（默认今天）")
        one.add_argument("--own", action="store_true", help="导出该镇自己的全部版本，文件名带日期")
        for inspection in INSPECTIONS.values():
            one = commands.add_parser(inspection.name, help=inspection.help)
            one.add_argument("folder", nargs="?", type=Path, default=SHIPPED)
        one = commands.add_parser("sheet", help="把“一级,二级,三级”的分类表（CSV）改成事项分类文本，写到屏幕")
        one.add_argument("sheet", type=Path)
        one.add_argument("--title", default="事项分类")
        one.add_argument("--unit", default="党政办", help="先统一归哪个单位")

    def handle(self, *, deed: str, **given: object) -> None:
        """Run one of the commands; what a person can mend is told in Chinese, with exit code 1."""
        try:
            if deed in INSPECTIONS:
                self._inspect(INSPECTIONS[deed], given)
            else:
                getattr(self, f"_{deed}")(given)
        except BadText as bad:
            self._tell(list(bad.findings))
        except BanjieError as error:
            raise CommandError(error.message) from None

    def _check(self, given: dict[str, object]) -> None:
        folder, town = Path(str(given["folder"])), str(given["town"])
        texts, findings = read_all(filed_in(folder))
        units = queries.unit_names(town) if town else None
        rules = queries.rules_on(town, local_day(now())) if town else None
        known = Known.of_program(
            units=units,
            posts=queries.post_names(town) if town else None,
            standing=rules.standing if rules else frozenset(),
            bounds=rules.bounds if rules else (),
        )
        findings += check([*_beside(texts, town), *texts], known)
        if rules:
            ruling = {place: edition.text for place, edition in rules.editions.items()}
            findings += change_findings(ruling, texts)
        self._tell(findings)
        self.stdout.write(f"{len(texts)} 个文本没有问题。")

    def _inspect(self, inspection: Inspection, given: dict[str, object]) -> None:
        texts, findings = read_all(filed_in(Path(str(given["folder"]))))
        self._tell(findings)
        found = inspection.run([*_beside(texts, ""), *texts])
        for one in found:
            self.stdout.write(one.words)
        if any(one.to_mend for one in found):
            sys.exit(1)

    def _load(self, given: dict[str, object]) -> None:
        at = now()
        stamp = Stamp(by=SYSTEM, happened_at=at, recorded_at=at, ground="banjie rulebook load")
        filed = filed_in(Path(str(given["folder"])))
        from_on = given["from_on"]
        if not isinstance(from_on, date):
            raise CommandError("请写明施行日期，如 --from 2026-01-01。")
        decision = actions.Decision(meeting=str(given["meeting"]), document=str(given["document"]))
        added = actions.load_files(
            filed, town=str(given["town"]), from_on=from_on, stamp=stamp, decision=decision
        )
        for version in added:
            self.stdout.write(f"已载入 {version}，自{version.from_on}起施行。")
        self.stdout.write(f"读了 {len(filed)} 个文本，新增 {len(added)} 个版本。")

    def _differs(self, given: dict[str, object]) -> None:
        found = queries.differing_from_shipped(str(given["town"]), local_day(now()))
        for one in found:
            newer = "，出厂文本在它之后有新版本" if one.is_shipped_newer else ""
            self.stdout.write(
                f"{one.own.text.title}（{one.own.version}，出厂为{one.shipped.version}{newer}）"
            )
            for change in one.diff.parameters:
                self.stdout.write(f"  {change.words}")
            self.stdout.write(f"  正文有 {len(one.diff.changed_lines)} 行不同。")
        self.stdout.write(f"共 {len(found)} 个文本和出厂的不同。")

    def _dump(self, given: dict[str, object]) -> None:
        town, on = str(given["town"]), given["on"]
        day = on if isinstance(on, date) else local_day(now())
        sources = queries.own_files(town) if given["own"] else queries.files_on(town, day)
        write_files(Path(str(given["folder"])), sources)
        self.stdout.write(f"已导出 {len(sources)} 个文本到 {given['folder']}。")

    def _sheet(self, given: dict[str, object]) -> None:
        sheet = Path(str(given["sheet"])).read_text(encoding="utf-8-sig")
        title, unit = str(given["title"]), str(given["unit"])
        self.stdout.write(text_of_sheet(sheet, title=title, unit=unit, source=f"{given['sheet']}"), ending="")

    def _tell(self, findings: list[Finding]) -> None:
        """Write every finding and leave with exit code 1; nothing when there is none."""
        if not findings:
            return
        for finding in sorted(set(findings)):
            self.stderr.write(str(finding))
        self.stderr.write(f"共 {len(set(findings))} 处要改。")
        sys.exit(1)


def _beside(texts: list[Text], town: str) -> list[Text]:
    """Return the texts that a folder will rule beside: the town's in force, or the shipped ones."""
    places = {(text.section, text.key) for text in texts}
    if town:
        beside = [edition.text for edition in queries.rules_on(town, local_day(now())).editions.values()]
    else:
        beside, _ = read_all(filed_in(SHIPPED))
    return [text for text in beside if (text.section, text.key) not in places]
