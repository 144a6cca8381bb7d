"""Lighthouse's figures of each kind of page, as a table. `make lighthouse`, or with ARGS="--only paper home --desktop"."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from conftest import QUIET, Host, chromium
from kinds import KINDS
from own import own_content

from sitegen.build import Options, build

ROOT = Path(__file__).resolve().parents[2]
LIGHTHOUSE = Path(sys.prefix) / "lighthouse" / "node_modules" / ".bin" / "lighthouse"
JUDGED = ("performance", "accessibility", "best-practices", "seo")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", default=list(KINDS), metavar="KIND", choices=list(KINDS))
    parser.add_argument("--desktop", action="store_true", help="a fast line and a wide screen")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        own_content(ROOT, project := Path(folder) / "own")
        report = build(project, Options(output="site"))
        assert report.published, [each.message for each in report.diagnostics if each.severity == "error"]
        host = Host(project / "site", "/")
        print(f"{'':30}{''.join(f'{name:>16}' for name in JUDGED)}")
        for kind in options.only:
            if kind == "not found":
                continue  # is no page to judge
            scores, short = _judged(host.url + KINDS[kind], desktop=options.desktop)
            print(f"{kind:30}{''.join(f'{scores[name]:16.0f}' for name in JUDGED)}  {', '.join(short)}")
        host.close()


def _judged(url: str, *, desktop: bool) -> tuple[dict[str, float], list[str]]:
    """The scores of 100, and which audits that count found something."""
    flags = ["--headless=new", *QUIET]
    command = [LIGHTHOUSE, url, "--quiet", "--output=json", f"--chrome-flags={' '.join(flags)}"]
    command += [f"--only-categories={','.join(JUDGED)}", *(["--preset=desktop"] if desktop else [])]
    done = subprocess.run(
        command, capture_output=True, check=False, text=True, env={**os.environ, "CHROME_PATH": chromium()}
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    found = json.loads(done.stdout)
    counted = {
        audit["id"] for each in found["categories"].values() for audit in each["auditRefs"] if audit["weight"]
    }
    short = [
        name
        for name in sorted(counted)
        if (score := found["audits"][name]["score"]) is not None and score < 0.9
    ]
    return {name: 100 * (found["categories"][name]["score"] or 0) for name in JUDGED}, short


if __name__ == "__main__":
    main()
