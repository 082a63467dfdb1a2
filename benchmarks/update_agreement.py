"""How far a run that was updated agrees with one that found everything anew.

    python -m benchmarks.update_agreement [MONTHS]

The bundled sample study without its last months is run, and they are added with `update`; beside it all
articles are run at once. The later articles are compared: their topics by adjusted mutual information (AMI)
between the two and with the true themes, and their likeliest themes, which the truth knows too. Last comes
the share that lies far from every topic, once as it is and once with one theme kept out of the first part.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import pandas as pd
from sklearn.metrics import adjusted_mutual_info_score

import broadsheet as bs
import corpus
from broadsheet import sample
from broadsheet.updating import update

_NEW = "military"
"""A theme of the sample that the first part lacks in the second trial."""


def labelled(folder: Path) -> pd.DataFrame:
    """The articles of the sample as they are read, with their true themes."""
    study = sample.build(folder)
    read = corpus.read(folder / "corpus").articles
    keys = [["file", "first"], read["lines"], study.articles["lines"]]
    first = [[json.loads(cell)[0][0] for cell in column] for column in keys[1:]]
    truth = study.articles.assign(first=first[1])[["file", "first", "theme"]]
    joined = read.assign(first=first[0]).merge(truth.drop_duplicates(["file", "first"]), on=["file", "first"])
    return joined.dropna(subset=["date"]).reset_index(drop=True)


def write(articles: pd.DataFrame, path: Path) -> Path:
    """Write articles as a table of ready-made ones."""
    columns = ["article_id", "title", "text", "date", "source", "lang", "kind"]
    rows = articles[columns].rename(columns={"article_id": "id"}).to_dict("records")
    plain = ({key: value for key, value in row.items() if isinstance(value, str)} for row in rows)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in plain), "utf-8")
    return path


def compare(early: pd.DataFrame, late: pd.DataFrame, folder: Path) -> dict[str, float]:
    """Run and update, run at once, and say how the later articles come out."""
    folder.mkdir()
    first, second = write(early, folder / "first.jsonl"), write(late, folder / "second.jsonl")
    settings = bs.Study.from_dict({"inputs": [str(first)], "figures": {"formats": ["png"]}})
    bs.run(config=settings, out=folder / "run", quiet=True)
    updated = update(folder / "run", [second], quiet=True).run
    whole = bs.run([first, second], out=folder / "whole", quiet=True)
    truth = late.set_index("article_id")["theme"]
    one, two = (run.assignments.set_index("article_id").loc[truth.index] for run in (updated, whole))
    shifts = pd.read_csv(folder / "run" / "shifts.csv").query("kind == 'all'").iloc[0]
    columns = [name for name in one if name.startswith("p_")]
    return {
        "earlier articles": len(early),
        "later articles": len(late),
        "topics, updated": len(updated.topics),
        "topics, at once": len(whole.topics),
        "AMI of topics, updated with at once": adjusted_mutual_info_score(one["topic"], two["topic"]),
        "AMI of topics with true themes, updated": adjusted_mutual_info_score(one["topic"], truth),
        "AMI of topics with true themes, at once": adjusted_mutual_info_score(two["topic"], truth),
        "same likeliest theme": float((one["theme"] == two["theme"]).mean()),
        "true theme, updated": float((one["theme"] == truth).mean()),
        "true theme, at once": float((two["theme"] == truth).mean()),
        "largest difference of a share": float((one[columns] - two[columns]).mean().abs().max()),
        "far from every topic": float(shifts["far"]),
    }


def main(months: int) -> None:
    """Print both trials."""
    with tempfile.TemporaryDirectory() as name:
        articles = labelled(Path(name) / "sample")
        last = pd.Timestamp(articles["date"].max()).to_period("M")
        late = pd.PeriodIndex(articles["date"], freq="M") > last - months
        early = ~late
        trials = {
            f"the last {months} months": early,
            f"and no {_NEW} before": early & (articles["theme"] != _NEW),
        }
        for number, (what, rows) in enumerate(trials.items()):
            print(f"{what}:")
            for measure, value in compare(articles[rows], articles[late], Path(name) / str(number)).items():
                print(f"  {measure}: {value:,}" if isinstance(value, int) else f"  {measure}: {value:.3f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 6)
