#!/usr/bin/env python3
"""watpl beside its peers, on the same files, in turns: CPU seconds, wall seconds, and ratios pair by pair.

    benches/peers.py [--files 10000] [--rounds 5] [--slow-rounds 1] [--profile release]

Installs what it compares with from PyPI and npm into target/peers. Each peer runs right after a run of watpl, so that
what else the machine does weighs on both; the ratio is the median of those pairs. Everybody gets YAML that it finds
nothing wrong with: what is measured is looking, not printing.
"""

import argparse
import datetime
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve() / "peers"
PYTHON = ["ryl", "yamllint", "check-jsonschema"]
NODE = ["ajv-cli", "oxfmt", "prettier"]

# What both YAML linters would say about a style that is ours.
YAML_LINT = """extends: default
rules:
  braces: disable
  brackets: disable
  document-start: disable
  line-length: disable
"""


def install():
    if not (TOOLS / "py" / "bin" / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", TOOLS / "py"], check=True)
    subprocess.run([TOOLS / "py" / "bin" / "pip", "install", "--quiet", *PYTHON], check=True)
    subprocess.run(["npm", "install", "--silent", "--prefix", TOOLS / "js", *NODE], check=True)


def versions():
    shown = subprocess.run([TOOLS / "py" / "bin" / "pip", "list", "--format", "json"], capture_output=True, check=True)
    found = {package["name"]: package["version"] for package in json.loads(shown.stdout) if package["name"] in PYTHON}
    for name in NODE:
        package = TOOLS / "js" / "node_modules" / name / "package.json"
        found[name] = json.loads(package.read_text())["version"]
    return found


def built(profile):
    """The program, and the bench that writes projects and runs the floors."""
    flags = [] if profile == "dev" else ["--profile", profile]
    wanted = ["cargo", "build", "--locked", "--message-format=json", *flags, "--bin", "watpl", "--bench", "lint"]
    lines = subprocess.run(wanted, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True).stdout.splitlines()
    programs = {}
    for message in map(json.loads, lines):
        if message.get("executable"):
            programs[message["target"]["name"]] = message["executable"]
    return programs["watpl"], programs["lint"]


def run(command, folder):
    """CPU and wall seconds, the exit code and what was said of one run."""
    with open(os.devnull, "wb") as nothing:
        began = time.monotonic()
        process = subprocess.Popen(command, cwd=folder, stdout=nothing, stderr=subprocess.PIPE)
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
    process.returncode = code = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, wall, code, said


def peers(watpl, bench, folder, files):
    """Each with the run of watpl that it is held against. `slow` ones run fewer times."""
    lint = [watpl, "lint"]
    fmt = [watpl, "fmt", "--check"]
    py = TOOLS / "py" / "bin"
    js = TOOLS / "js" / "node_modules" / ".bin"
    schema = ROOT / "docs" / "schema" / "template.schema.json"
    every = "templates/**/*.yaml"
    return [
        ("reading the bytes", lint, [bench, "read", folder], False),
        ("saphyr-parser, events alone", lint, [bench, "floor", folder], False),
        ("ryl --no-cache", lint, [py / "ryl", "--no-cache", "templates"], False),
        ("yamllint", lint, [py / "yamllint", "templates"], True),
        ("check-jsonschema, our schema", lint, [py / "check-jsonschema", "--schemafile", schema, *files], True),
        ("ajv, our schema", lint, [js / "ajv", "validate", "--spec=draft2020", "--strict=false", "-s", schema, "-d", every], True),
        ("oxfmt --check", fmt, [js / "oxfmt", "--check", "templates"], False),
        ("prettier --check", fmt, [js / "prettier", "--check", "templates"], True),
    ]


def compare(name, own, other, rounds, folder):
    pairs = [(run(own, folder), run(other, folder)) for _ in range(rounds)]
    for ours, theirs in pairs:
        if ours[2] != 0:
            sys.exit(f"{own}: exit code {ours[2]}: {ours[3].decode()[-400:]}")
        if theirs[2] != 0:
            last = theirs[3].decode().strip().splitlines()[-1:]
            print(f"note: {name} ended with {theirs[2]}: {' '.join(last)}", file=sys.stderr)
    ratio = statistics.median(theirs[0] / ours[0] for ours, theirs in pairs)
    middle = lambda side, what: statistics.median(pair[side][what] for pair in pairs)
    return [name, middle(1, 0), middle(0, 0), ratio, middle(1, 1), middle(0, 1)]


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    today = datetime.date.today().isoformat()
    return f"{today}, {os.cpu_count()} cores, {model}, {platform.system()} {platform.release()}, load {load}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--slow-rounds", type=int, default=1)
    parser.add_argument("--profile", default="release")
    parser.add_argument("--only", default="", help="a part of the names of the peers that run")
    parser.add_argument("--binary", nargs=2, metavar=("WATPL", "BENCH"), help="programs that are built already")
    options = parser.parse_args()
    install()
    watpl, bench = options.binary or built(options.profile)
    watpl, bench = Path(watpl).resolve(), Path(bench).resolve()
    folder = Path(tempfile.mkdtemp(prefix="watpl-peers-"))
    try:
        subprocess.run([bench, "write", folder, str(options.files)], check=True)
        (folder / ".yamllint").write_text(YAML_LINT)
        # What everybody is asked about is in canonical form, so that no formatter has anything to say but oxfmt and
        # prettier about a style that is not theirs.
        subprocess.run([watpl, "fmt"], cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        files = sorted(str(path.relative_to(folder)) for path in folder.glob("templates/**/*.yaml"))
        size = sum((folder / path).stat().st_size for path in files)
        print(f"{machine()}\n{len(files)} files, {size / len(files):.0f} bytes each; {versions()}\n")
        print("| beside | its CPU s | watpl's CPU s | ratio | its wall s | watpl's wall s |")
        print("|---|---:|---:|---:|---:|---:|", flush=True)
        for name, own, other, slow in peers(watpl, bench, folder, files):
            if options.only in name:
                row = compare(name, own, other, options.slow_rounds if slow else options.rounds, folder)
                name, *figures = row
                shown = " | ".join(f"{figure:.2f}" for figure in figures)
                print(f"| {name} | {shown} |", flush=True)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
