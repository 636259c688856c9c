"""Rebuilds every figure of the public page from the open data alone, with nothing but Python (3.11 or later).

    python rebuild.py https://loften.example.se/open-data/ostersund-2026/
    python rebuild.py a-folder-with-the-files/ --json

It reads commitments.json (what was promised, and by which rules), daily.csv and period.csv, and knows no more than
open-data.md says. Sensitive numbers are single sums and are taken as they are; everything else is added up here.
"""

import argparse
import csv
import json
import urllib.request
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

DAY = timedelta(days=1)
WORST = ("not-fulfilled", "behind", "not-started", "on-track", "fulfilled")


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def days(first: date, last: date) -> list[date]:
    return [first + n * DAY for n in range((last - first).days + 1)]


def window_of(day: date, window: str) -> tuple[date, date]:
    """The whole week, month or term in which a day lies."""
    if window == "week":
        first = day - day.weekday() * DAY
        return first, first + 6 * DAY
    if window == "month":
        return day.replace(day=1), (day.replace(day=28) + 4 * DAY).replace(day=1) - DAY
    return (
        (date(day.year, 1, 1), date(day.year, 6, 30))
        if day.month <= 6
        else (date(day.year, 7, 1), date(day.year, 12, 31))
    )


def windows(first: date, last: date, window: str) -> list[tuple[date, date, Fraction]]:
    """The windows of a stretch, cut by it, each with the share of its days that lie in the stretch."""
    found, day = [], first
    while day <= last:
        begins, ends = window_of(day, window)
        cut = max(begins, first), min(ends, last)
        found.append((*cut, Fraction((cut[1] - cut[0]).days + 1, (ends - begins).days + 1)))
        day = ends + DAY
    return found


def fits(limit: dict[str, Any], day: date, area: str) -> bool:
    return (
        (not limit.get("weekdays") or day.weekday() in limit["weekdays"])
        and (not limit.get("months") or day.month in limit["months"])
        and (not limit.get("areas") or area in limit["areas"])
    )


def same(rule: dict[str, Any], part: dict[str, Any]) -> dict[str, Any] | None:
    """What a rule asks of a further target."""
    return next((one["target"] for one in rule.get("parts", []) if one["label"] == part["label"]), None)


class Commitment:
    """One commitment with its rows."""

    def __init__(self, about: dict[str, Any], programme: dict[str, Any], daily: list[Any], period: list[Any]) -> None:
        self.about, self.areas = about, programme["areas"]
        self.daily, self.period = daily, period
        self.first = day_of(about["first_day"]) or date.fromisoformat(programme["first_day"])
        self.last = date.fromisoformat(programme["last_day"])
        # All of the last public day counts, so that everything is judged on the morning after it.
        self.day = min(date.fromisoformat(programme["through"]) + DAY, day_of(about["last_day"]) or date.max)
        self.rules = [(date.fromisoformat(one["valid_from"]), one["rule"]) for one in about["rules"]]
        self.rule = self.rule_on(min(self.day, self.last))

    def rule_on(self, day: date) -> dict[str, Any]:
        """The rule in force on a day; before the first one, the first."""
        rule: dict[str, Any] = next((rule for start, rule in reversed(self.rules) if start <= day), self.rules[0][1])
        return rule

    def count(self, first: date, last: date, within: Any = None, measures: Any = None, column: str = "amount") -> int:
        """The sum of the measures (the rule's own unless given), each day by the rule in force on it."""
        found = 0
        for row in self.daily:
            day = row["day"]
            if first <= day <= min(last, self.day):
                rule = self.rule_on(day)
                wanted = rule["counts"] if measures is None else measures(rule)
                if (
                    row["measure"] in wanted
                    and fits(rule.get("limit", {}), day, row["area"])
                    and fits(within or {}, day, row["area"])
                ):
                    found += row[column]
        return found

    def figures(self) -> dict[str, Any]:
        told, rule = self.about["told"], self.rule
        found: dict[str, Any] = {"told": told, "state": None, "beside": [], "few": []}
        if told == "held":
            return found
        total = next((row for row in self.period if row["number"] == "tally"), None)
        if told == "daily":
            found |= self.progress(None) | self.spread() | {"revisions": self.revisions()}
        elif total and not total["amount"]:
            found["few"].append(total["label_sv"])
        elif total:
            found |= self.progress({name: int(total[name] or 0) for name in ("amount", "whole", "lacking")})
        for aside in rule.get("beside", []):
            self.beside(aside, found)
        return found

    def beside(self, aside: dict[str, Any], found: dict[str, Any]) -> None:
        """A number beside the tally: added up where its measures are open, otherwise as it is told, if it is."""
        counts, of = aside["counts"], aside.get("of", [])
        total = next(
            (
                row
                for row in self.period
                if row["measures"].split() == counts and row["of"].split() == of and row["number"] == "beside"
            ),
            None,
        )
        if total:
            if not total["amount"]:
                found["few"].append(aside["label"]["sv"])
                return
            amount, whole = int(total["amount"]), int(total["whole"]) if of else None
        elif self.is_open(*counts, *of):
            amount = self.count(self.first, self.last, measures=lambda _: counts)
            whole = self.count(self.first, self.last, measures=lambda _: of) if of else None
        else:
            return
        label = aside["one"] if amount == 1 and aside.get("one") else aside["label"]
        found["beside"].append([label["sv"], amount, whole])

    def is_open(self, *measures: str) -> bool:
        return set(measures) <= set(self.about["daily_measures"])

    def progress(self, total: dict[str, int] | None) -> dict[str, Any]:
        """How far it has come. With a ``total`` that is what is done, otherwise it is added up."""
        share, target = self.rule.get("share"), self.rule.get("target")
        if share:
            return self.share(share, total)
        if not target:
            return {"done": total["amount"] if total else self.count(self.first, self.last), "state": "ongoing"}
        parts = [self.part(part) for part in self.rule.get("parts", [])]
        if target.get("window") and not target.get("average"):
            main = self.each(target["window"], {}, lambda rule: rule.get("target"))
        else:
            apart = sum(
                self.part_done(part) for part in self.rule.get("parts", []) if part.get("setting") == "in-addition"
            )
            done = total["amount"] if total else self.count(self.first, self.until(target)) - apart
            main = self.amount(target, self.rule.get("limit", {}), done, bool(self.about["planned"]))
        states = {main["state"], *(part["state"] for part in parts)}
        if "not-started" in states and main["done"]:
            states.add("behind")
        return main | {
            "state": self.about["state"] if self.about["planned"] else min(states, key=WORST.index),
            "parts": parts,
        }

    def share(self, share: dict[str, Any], total: dict[str, int] | None) -> dict[str, Any]:
        """A part of a whole, and how many entries lack what it needs."""

        def sums(measures: Any, column: str = "amount") -> int:
            return self.count(self.first, self.last, measures=measures, column=column)

        if total:
            done, whole, lacking = total["amount"], total["whole"], total["lacking"]
        else:
            done, whole = sums(None), sums(lambda rule: rule.get("share", {}).get("whole", []))
            asked = [
                sums(lambda rule, n=n: (rule.get("share", {}).get("lacking") or [])[n : n + 1], "entries")
                for n in (0, 1)
            ]
            lacking = max(0, asked[0] - asked[1])
        percent = share.get("at_least_percent", 100)
        kept, missed = ("fulfilled", "not-fulfilled") if self.day > self.last else ("on-track", "behind")
        state = kept if done >= -(-percent * whole // 100) else missed
        told = 100 * done // whole if whole >= 10 and percent < 100 else None
        return {"done": done, "whole": whole, "percent": told, "lacking": lacking, "state": state}

    def until(self, target: dict[str, Any]) -> date:
        return min(self.last, day_of(target.get("by")) or self.last)

    def required(self, target: dict[str, Any], last: date) -> int:
        """How many are needed; of an average, one window's number times the windows, rounded."""
        at_least: int = target["at_least"]
        if not target.get("average"):
            return at_least
        long = sum((share for _, _, share in windows(self.first, last, target["window"])), Fraction())
        return max(1, int(at_least * long + Fraction(1, 2)))

    def part(self, part: dict[str, Any]) -> dict[str, Any]:
        """A further target."""
        target, limit = part["target"], part.get("limit", {})
        if target.get("window") and not target.get("average"):
            found = self.each(target["window"], limit, lambda rule: same(rule, part))
        else:
            found = self.amount(target, limit, self.part_done(part), False)
        return {"label": part["label"]["sv"], **found}

    def part_done(self, part: dict[str, Any]) -> int:
        last = self.until(part["target"])
        done = self.count(self.first, last, part.get("limit"))
        return min(done, self.required(part["target"], last)) if part.get("setting") == "in-addition" else done

    def amount(self, target: dict[str, Any], limit: dict[str, Any], done: int, planned: bool) -> dict[str, Any]:
        """A number to reach in the whole period, and how many are expected by now."""
        last = self.until(target)
        need = self.required(target, last)
        both = (self.rule.get("limit", {}), limit)
        counted = [day for day in days(self.first, last) if all(fits({**one, "areas": []}, day, "") for one in both)]
        over = Fraction(sum(day < self.day for day in counted), len(counted)) if counted else Fraction(1)
        expected, enough = None, Fraction(0)
        if need >= 12:
            expected = need * over
            enough = expected - max(Fraction(2), need * Fraction(1, 10))
        elif over >= Fraction(3, 4):
            expected = enough = Fraction(int(need * over))
        if done >= need:
            state = "fulfilled"
        elif self.day > self.last:
            state = "not-fulfilled"
        elif done == 0 and (over == 1 or (expected or 0) >= 1):
            state = "not-started"
        else:
            state = "behind" if over == 1 or done < enough else "on-track"
        told = None if planned or expected is None else int(expected)
        return {"done": done, "target": need, "upto": target.get("upto"), "expected": told, "state": state}

    def each(self, window: str, within: dict[str, Any], promised: Any) -> dict[str, Any]:
        """A number to reach in each window that has more than half of its days in the period."""
        judged = []
        for first, last, share in windows(self.first, self.last, window):
            rule = self.rule_on(first)
            target, limits = promised(rule), ({**rule.get("limit", {}), "areas": []}, {**within, "areas": []})
            areas = [set(one["areas"]) for one in (rule.get("limit", {}), within) if one.get("areas")]
            somewhere = not areas or bool(set.intersection(*areas))
            possible = somewhere and any(all(fits(one, day, "") for one in limits) for day in days(first, last))
            is_asked = target and target.get("window") == window and not target.get("average")
            if share > Fraction(1, 2) and is_asked and possible:
                judged.append((first, last, target["at_least"]))
        over = [one for one in judged if one[1] < self.day]
        reached = sum(self.count(first, last, within) >= need for first, last, need in over)
        if self.day > self.last:
            state = "fulfilled" if reached == len(over) else "not-fulfilled"
        elif reached == len(over):
            state = "on-track"
        else:
            state = "behind" if self.count(self.first, self.last, within) else "not-started"
        return {"done": reached, "target": len(judged), "whole": len(over), "expected": len(over), "state": state}

    def spread(self) -> dict[str, Any]:
        """What each area and each month has, and in how many areas there was any."""
        used = {one["slug"] for one in self.areas if (day_of(one["retired_from"]) or date.max) > self.first}
        amounts = {one["slug"]: self.count(self.first, self.last, {"areas": [one["slug"]]}) for one in self.areas}
        names = {one["slug"]: one["name"] for one in self.areas}
        by_area = {names[slug]: amount for slug, amount in amounts.items() if amount or slug in used}
        elsewhere = self.count(self.first, self.last, {"areas": [""]})
        by_month = {
            str(first): self.count(first, last)
            for first, last, _ in windows(self.first, min(self.last, self.day), "month")
        }
        reached = [sum(amounts[slug] > 0 for slug in used), len(used)] if self.rule.get("spread") else None
        return {
            "areas": by_area | ({"–": elsewhere} if elsewhere else {}),
            "areas_reached": reached,
            "months": by_month,
        }

    def revisions(self) -> list[list[Any]]:
        """The months that were changed after they had been told as finished: before, after, and since when.

        Before and after are alike where only the areas changed.
        """
        tally = {measure for _, rule in self.rules for measure in rule["counts"]}
        changed: dict[date, str] = defaultdict(str)
        for row in self.daily:
            if row["measure"] in tally and row["revised_on"]:
                month = row["day"].replace(day=1)
                changed[month] = max(changed[month], row["revised_on"])
        told = [
            (month, *(self.by_area(month, column) for column in ("first_told", "amount")), on)
            for month, on in sorted(changed.items())
        ]
        return [[str(month), sum(before), sum(after), on] for month, before, after, on in told if before != after]

    def by_area(self, month: date, column: str) -> list[int]:
        """What the month has in each area, and without one."""
        slugs = (*(one["slug"] for one in self.areas), "")
        return [self.count(*window_of(month, "month"), {"areas": [slug]}, column=column) for slug in slugs]


def rebuild(programme: dict[str, Any], daily: list[dict[str, str]], period: list[dict[str, str]]) -> dict[str, Any]:
    """The figures of each commitment."""
    typed = [
        {
            **row,
            "day": date.fromisoformat(row["day"]),
            **{name: int(row[name]) for name in ("amount", "entries", "first_told")},
        }
        for row in daily
    ]
    found = {}
    for about in (one for pledge in programme["pledges"] for one in pledge["commitments"]):
        own = [[row for row in rows if row["commitment"] == about["slug"]] for rows in (typed, period)]
        found[about["slug"]] = Commitment(about, programme, *own).figures()
    return found


def read(where: str, name: str) -> str:
    """A file of the programme, from a folder or from the address that its files begin with."""
    if where.startswith(("http://", "https://")):
        with urllib.request.urlopen(f"{where.rstrip('/')}/{name}") as answer:  # noqa: S310 - it is one of the two
            return str(answer.read().decode())
    return (Path(where) / name).read_text(encoding="utf-8")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("where", help="the folder, or the address, of a programme's files")
    options.add_argument("--json", action="store_true", help="print the figures for a program")
    chosen = options.parse_args()
    tables = [list(csv.DictReader(read(chosen.where, name).splitlines())) for name in ("daily.csv", "period.csv")]
    figures = rebuild(json.loads(read(chosen.where, "commitments.json")), *tables)
    if chosen.json:
        print(json.dumps(figures, ensure_ascii=False, indent=1))
        return
    for slug, found in figures.items():
        print(slug, *(f"{name}={value}" for name, value in found.items() if value not in (None, [], {})))


if __name__ == "__main__":
    main()
