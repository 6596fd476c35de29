# Copyright (c) 2026 the tribuo-growth authors. Licensed under the Apache License, Version 2.0; see the file LICENSE.
"""Makes docs/results/quickstart.* and the README's table and picture from the run folders of dev/quickstart-results."""

import json
import pathlib
import statistics
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
RESULTS = ROOT / "docs" / "results"
KINDS = {
    "dense": "dense reference (32-64-64)",
    "uniform": "narrower everywhere, half the multiply-adds",
    "grown": "**grown from one filter a layer**",
}
SEEDS = (1, 2, 3)


def run(folder):
    evaluation = json.loads((folder / "evaluation.json").read_text())
    observations = json.loads((folder / "observations.json").read_text())
    metrics = [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]
    manifest = json.loads((folder / "manifest.json").read_text())
    steps = [metrics[0]["step"]] + [b["step"] - a["step"] for a, b in zip(metrics, metrics[1:])]
    return {
        "accuracy": evaluation["test"]["accuracy"],
        "widths": "-".join(str(metrics[-1]["widths"][f"conv{i}"]) for i in (1, 2, 3)),
        "parameters": metrics[-1]["parameters"],
        "multiplyAdds": metrics[-1]["multiplyAdds"],
        "multiplyAddsFraction": metrics[-1]["multiplyAddsFraction"],
        "trainingCost": evaluation["trainingCostFraction"],
        "seconds": observations["seconds"],
        "engine": observations["engine"],
        "ledgerHead": manifest["ledgerHead"],
        "steps": sum(steps),
    }


def spread(values, digits, factor=1.0):
    mean = statistics.mean(values) * factor
    deviation = statistics.stdev(values) * factor
    return f"{mean:.{digits}f} ± {deviation:.{digits}f}"


def table(results):
    lines = [
        "| network | test accuracy, seeds 1 / 2 / 3 | mean ± sd | multiply-adds | parameters | training cost | seconds |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for kind, words in KINDS.items():
        rows = [results[f"{kind}-{seed}"] for seed in SEEDS]
        lines.append(
            "| {} | {} | {} | {} % | {} | {} % | {} |".format(
                words,
                " / ".join(f"{row['accuracy']:.4f}" for row in rows),
                spread([row["accuracy"] for row in rows], 4),
                spread([row["multiplyAddsFraction"] for row in rows], 1, 100),
                " / ".join(f"{row['parameters']:,}" for row in rows),
                spread([row["trainingCost"] for row in rows], 1, 100),
                spread([row["seconds"] for row in rows], 0),
            )
        )
    return "\n".join(lines)


def picture(folder):
    """Widths of the three layers, multiply-adds and loss over the steps of one run."""
    metrics = [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]
    width, height, left, top, inner, below = 860, 380, 60, 44, 560, 270
    last = metrics[-1]["step"]
    points = [{"step": 0, "widths": {"conv1": 1, "conv2": 1, "conv3": 1}, "multiplyAddsFraction": 9271 / 5645440}]
    points += metrics

    def x(step):
        return left + inner * step / last

    def y(units):
        return top + below * (1 - units / 160)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="13">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
        '<text x="60" y="24" font-size="16">A network that grows while it trains: active filters of each layer</text>',
    ]
    base = [0.0] * len(points)
    for layer, colour in (("conv1", "#1b6ca8"), ("conv2", "#4fa3d1"), ("conv3", "#a9d3ec")):
        tops = [low + point["widths"][layer] for low, point in zip(base, points)]
        up = []
        down = []
        for i, point in enumerate(points):
            # The structure is constant between two restructurings, so the picture is made of steps.
            if i + 1 < len(points):
                following = points[i + 1]["step"]
                up += [(x(point["step"]), y(tops[i])), (x(following), y(tops[i]))]
                down += [(x(point["step"]), y(base[i])), (x(following), y(base[i]))]
        path = " ".join(f"{a:.1f},{b:.1f}" for a, b in up + down[::-1])
        out.append(f'<polygon points="{path}" fill="{colour}"/>')
        middle = (base[-1] + tops[-1]) / 2
        out.append(f'<text x="{left + inner + 8}" y="{y(middle) + 4:.0f}">{layer}: {points[-1]["widths"][layer]} filters</text>')
        base = tops
    cost = []
    for i, point in enumerate(points[:-1]):
        for step in (point["step"], points[i + 1]["step"]):
            cost.append(f"{x(step):.1f},{top + below * (1 - point['multiplyAddsFraction']):.1f}")
    out.append(f'<polyline points="{" ".join(cost)}" fill="none" stroke="#c0392b" stroke-width="2"/>')
    final = points[-1]["multiplyAddsFraction"]
    out.append(
        f'<text x="{left + inner + 8}" y="{top + below * (1 - final) + 4:.0f}" fill="#c0392b">'
        f"multiply-adds: {100 * final:.1f} % of dense</text>"
        f'<text x="{left + inner + 8}" y="{top + below * (1 - final) + 22:.0f}" fill="#c0392b">(dashed: the budget, 50 %)</text>'
    )
    half = top + below / 2
    out.append(f'<line x1="{left}" y1="{half}" x2="{left + inner}" y2="{half}" stroke="#c0392b" stroke-dasharray="4 4"/>')
    for units in (0, 40, 80, 120, 160):
        out.append(f'<text x="{left - 8}" y="{y(units) + 4:.0f}" text-anchor="end">{units}</text>')
    for step in range(0, last + 1, 420):
        out.append(f'<text x="{x(step):.0f}" y="{top + below + 20}" text-anchor="middle">{step}</text>')
    out.append(f'<text x="{left + inner / 2}" y="{top + below + 42}" text-anchor="middle">training step</text>')
    out.append(f'<path d="M{left} {top}V{top + below}H{left + inner}" fill="none" stroke="black"/>')
    out.append("</svg>\n")
    return "\n".join(out)


def replace(text, name, content):
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    head, rest = text.split(begin, 1)
    tail = rest.split(end, 1)[1]
    return f"{head}{begin}\n{content}\n{end}{tail}"


def main():
    runs = pathlib.Path(sys.argv[1])
    results = {f"{kind}-{seed}": run(runs / f"{kind}-{seed}") for kind in KINDS for seed in SEEDS}
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "quickstart.json").write_text(json.dumps(results, indent=1) + "\n")
    readme = ROOT / "README.md"
    readme.write_text(replace(readme.read_text(), "quick start results", table(results)))
    (ROOT / "docs" / "images").mkdir(exist_ok=True)
    (ROOT / "docs" / "images" / "growth.svg").write_text(picture(runs / "grown-1"))
    print(table(results))


main()
