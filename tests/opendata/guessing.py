"""What the open data say of sensitive measures."""

import csv

from sqlalchemy.orm import Session

from fieldlog.kinds import measure
from fieldlog.public.models import ProgrammeTold
from tests.opendata.rebuilt import files


def sensitive_sums(session: Session, told: ProgrammeTold) -> dict[str, int]:
    """Every sensitive sum in the files; none is in a row that tells a day or an area."""
    found = files(session, told)
    assert {measure(row["measure"]).public for row in csv.DictReader(found["daily.csv"].splitlines())} <= {"open"}
    sums = {}
    for row in csv.DictReader(found["period.csv"].splitlines()):
        for column, measures in (("amount", row["measures"]), ("whole", row["of"])):
            if row[column] and any(measure(ref).public == "period" for ref in measures.split()):
                sums[f"{row['commitment']}: {measures}"] = int(row[column])
    return sums
