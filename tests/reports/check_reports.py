#!/usr/bin/env python3
"""Every report format, written of hostile scenarios and read back as others read it.

    check_reports.py PROGRAM REPOSITORY

Takes the Debian packages python3-jsonschema and python3-yaml. README.md says what is checked and why.
"""

import html
import html.parser
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from urllib.parse import unquote

try:
    import yaml
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match
except ImportError as error:
    # Debian's packages are there for Debian's interpreter only; another may come first in PATH.
    if os.path.realpath(sys.executable) != os.path.realpath("/usr/bin/python3") and os.path.exists("/usr/bin/python3"):
        os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])
    sys.exit(f"{error}: install what Debian calls python3-jsonschema (4.10 or newer) and python3-yaml")

complaints = []
FOLDER = Path(__file__).resolve().parent


class Wrong(Exception):
    """What a reader of a format has to complain about."""


def demand(holds, what):
    if not holds:
        raise Wrong(what)


# ---- what is reported -----------------------------------------------------------------------------------------------

# Whatever means something to some syntax, terminal or site. The last word is ordinary, so that it can be looked for.
HOSTILE = ("<script>alert(1)</script> ]]> \"quoted\" ' & %0A ::error::x \x1b[31m \x07 \x9b \u202e\u2066 \ufffe #1 @octocat "
           "[x](1) `code` ``` | \\N \\\" line\n::warning::y\n# SKIP\n...\n--- ; end %% --> {{x}} \U0001f600 ordinary")
# The same without what an actor's id cannot have.
HOSTILE_ID = re.sub(r"[\s/.]", "_", HOSTILE)
HOSTILE_FILE = b"<b>&\"'`|]]>\x1b[31m\n\xff\xe2\x80\xae\xc2\x9b#@octocat::x,y%0A.yaml"

FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
                       "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]")


def quoted(text):
    """As a scalar of YAML in double quotes."""
    def of(character):
        number = ord(character)
        if character in '"\\':
            return "\\" + character
        return f"\\u{number:04x}" if number < 0x20 or FORBIDDEN.match(character) else character
    return '"' + "".join(map(of, text)) + '"'


def shown(text):
    """As people are shown it: nothing that hides or moves, and one line."""
    def of(character):
        number = ord(character)
        if character == "\n":
            return "\\n"
        if not FORBIDDEN.match(character):
            return character
        return f"\\x{number:02x}" if number < 0x80 else f"\\u{number:04x}"
    return "".join(map(of, text))


FAILING = f"""actorsim: 1
name: {quoted(HOSTILE)}
description: {quoted(HOSTILE)}
vars: {{id: {quoted(HOSTILE_ID)}}}
matrix: {{id: [{quoted(HOSTILE_ID)}, plain]}}
config: {{reentrancy: {{enabled: true}}}}
actors:
  A: {{m: [{{call: B/$id.k, as: {quoted("l " + HOSTILE)}, on-error: continue}}, {{send: A/$id.k}}, {{fail: {quoted(HOSTILE)}}}], k: []}}
  B: {{k: [{{call: A/$id.m, header: drop}}]}}
start:
  - {{call: A/$id.m, header: {quoted(HOSTILE)}, as: {quoted("label " + HOSTILE)}}}
expect:
  verdict: ok
  calls: {{{quoted("l " + HOSTILE)}: {{outcome: blocked}}}}
  never: [deadlock]
  possible: [overlap]
"""

UNDECIDED = f"""actorsim: 1
name: {quoted("undecided " + HOSTILE)}
chains: [A -> B, A -> C, B -> C]
expect: {{never: [deadlock], verdict: ok}}
"""

PASSING = f"actorsim: 1\nname: {quoted('good ' + HOSTILE)}\nchains: [A -> B]\n"
BROKEN = f"actorsim: 1\nname: {quoted('broken ' + HOSTILE)}\nchains: [A]\n{quoted(HOSTILE)}: 1\n"


def write_scenarios(folder):
    scenarios = os.path.join(os.fsencode(folder), b"in")
    os.mkdir(scenarios)
    for name, text in ((HOSTILE_FILE, FAILING), (b"undecided-" + HOSTILE_FILE, UNDECIDED),
                       (b"passing-" + HOSTILE_FILE, PASSING), (b"broken-" + HOSTILE_FILE, BROKEN)):
        with open(os.path.join(scenarios, name), "wb") as file:
            file.write(text.encode("utf-8"))


# ---- the readers ----------------------------------------------------------------------------------------------------
# Each takes the whole report and the names that must be in it, and raises Wrong.


def without_twins(pairs):
    demand(len(dict(pairs)) == len(pairs), f"a key stands twice: {[key for key, _ in pairs]}")
    return dict(pairs)


def json_of(text):
    return json.loads(text, object_pairs_hook=without_twins)


def read_pretty(text, names, case_count):
    for name in names:
        demand(shown(name)[:20] in text, f"does not name {name!r}")


def read_json(text, names, case_count):
    found = {entry["name"] for entry in json_of(text)["cases"]}
    for name in names:
        demand(name in found, f"{name!r} is not as it was written")


def read_jsonl(text, names, case_count):
    lines = [json_of(line) for line in text.splitlines()]
    demand(all(list(line)[:2] == ["schema", "type"] for line in lines), "a line does not say what it is")
    kinds = [line["type"] for line in lines]
    demand(kinds == ["case"] * kinds.count("case") + ["diagnostic"] * kinds.count("diagnostic") + ["summary"],
           f"lines come as {kinds}")
    demand(lines[-1]["summary"]["cases"] == kinds.count("case"), "the summary counts other cases")
    for name in names:
        demand(name in {line.get("name") for line in lines}, f"{name!r} is not as it was written")


# What the schemas of Jenkins (junit-4 to junit-10) and of Maven Surefire 3 have in common:
# element: (attributes that must be there, attributes that may, children in their order)
JUNIT = {
    "testsuites": ({"name", "tests", "failures", "errors", "time"}, set(), ["testsuite"]),
    "testsuite": ({"name", "tests", "failures", "errors", "skipped", "time"}, set(), ["testcase"]),
    "testcase": ({"name", "classname", "time"}, set(), ["failure", "skipped", "error"]),
    "failure": ({"type"}, {"message"}, []),
    "error": ({"type"}, {"message"}, []),
    "skipped": (set(), set(), []),
}


def check_junit_element(element):
    demand(element.tag in JUNIT, f"there is no element {element.tag}")
    needed, allowed, children = JUNIT[element.tag]
    demand(needed <= set(element.keys()) <= needed | allowed, f"{element.tag} has {sorted(element.keys())}")
    for name in ("tests", "failures", "errors", "skipped"):
        demand(re.fullmatch(r"\d+", element.get(name, "0")), f"{name} is {element.get(name)}")
    demand(re.fullmatch(r"\d+(\.\d{0,3})?", element.get("time", "0")), f"time is {element.get('time')}")
    tags = [child.tag for child in element]
    demand(all(tag in children for tag in tags), f"{element.tag} holds {tags}")
    demand(tags == sorted(tags, key=children.index), f"{element.tag} holds {tags} in this order")
    if children:
        demand(not (element.text or "").strip(), f"{element.tag} has text")
    for child in element:
        check_junit_element(child)


def read_junit(text, names, case_count):
    root = ElementTree.fromstring(text)
    demand(root.tag == "testsuites", f"begins with {root.tag}")
    check_junit_element(root)
    for counted in [root, *root]:
        cases = list(counted.iter("testcase"))
        sums = {"tests": len(cases), "failures": sum(case.find("failure") is not None for case in cases),
                "errors": sum(case.find("error") is not None for case in cases),
                "skipped": sum(case.find("skipped") is not None for case in cases)}
        for key, number in sums.items():
            demand(counted.get(key, str(number)) == str(number), f"{counted.tag}: {key} is {counted.get(key)}")
    cases = list(root.iter("testcase"))
    demand(len(cases) == case_count, f"{len(cases)} cases")
    for name in names:
        demand(any(case.get("name").startswith(shown(name)) for case in cases), f"does not name {name!r}")
    for failure in root.iter("failure"):
        placed = re.search(r":\d+:\d+: error: ", failure.text)  # what explore finds has no place
        demand(not placed or re.search(r"^ +\d+ \| .*\n +\| +\^", failure.text, re.MULTILINE), "has no line with carets")


TAP_POINT = re.compile(r"(not )?ok (\d+) - ((?:[^#\\]|\\\\|\\#)*?)(?: # (SKIP)\b.*)?")


def read_tap(text, names, case_count):
    lines = text.split("\n")
    demand(lines.pop() == "", "the last line does not end")
    demand(lines[0] == "TAP version 14", f"begins with {lines[0]!r}")
    demand(lines[1] == f"1..{case_count}", f"the plan is {lines[1]!r}")
    described = []
    at = 2
    while at < len(lines):
        point = TAP_POINT.fullmatch(lines[at])
        demand(point, f"is no test point: {lines[at]!r}")
        demand(int(point[2]) == len(described) + 1, f"comes out of turn: {lines[at]!r}")
        described.append(re.sub(r"\\([\\#])", r"\1", point[3]))
        demand(not point[4] or "not run" in lines[at], f"a name was taken for a directive: {lines[at]!r}")
        at += 1
        if at < len(lines) and lines[at] == "  ---":
            end = lines.index("  ...", at)
            block = yaml.safe_load("\n".join(line[2:] for line in lines[at + 1:end]))
            demand({"status", "file", "details"} <= set(block), f"the block has {sorted(block)}")
            at = end + 1
        else:
            demand(not point[1], f"has no block: {lines[at - 1]!r}")
    demand(len(described) == case_count, f"{len(described)} points")
    for name in names:
        demand(any(shown(name) in text for text in described), f"does not name {name!r}")


GITHUB = re.compile(r"::(error|warning) ((?:[a-z]+=[^,:]*)(?:,[a-z]+=[^,:]*)*)::(.*)")


def read_github(text, names, case_count):
    titles = []
    for line in text.splitlines():
        command = GITHUB.fullmatch(line)
        demand(command, f"is no command: {line!r}")
        properties = dict(pair.split("=", 1) for pair in command[2].split(","))
        demand(set(properties) <= {"file", "line", "col", "title"}, f"has {sorted(properties)}")
        demand(list(properties)[-1] == "title", "has no title")
        titles.append(unquote(properties["title"]))
        for value in (*properties.values(), command[3]):
            demand(re.fullmatch(r"(?:[^%]|%25|%0A|%3A|%2C)*", value), f"has a stray %: {value!r}")
    for name in names:
        if name.startswith(("good", "broken")):
            continue
        demand(any(shown(name) in title for title in titles), f"does not name {name!r}")


def read_sarif(text, names, case_count):
    log = json_of(text)
    schema = json.loads((FOLDER / "sarif.schema.json").read_text(encoding="utf-8"))
    error = best_match(Draft202012Validator(schema).iter_errors(log))
    demand(error is None, error and f"{error.json_path}: {error.message[:300]}")
    run = log["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    demand(len(set(rules)) == len(rules), "a rule stands twice")
    for result in run["results"]:
        demand(rules[result["ruleIndex"]] == result["ruleId"], "a result has the index of another rule")
        demand(not FORBIDDEN.search(result["message"]["text"].replace("\n", "")), "a message hides something")
        demand(not re.search(r"(?<!\\)\]\(", result["message"]["text"]), "a message has a link that is none")
    for name in names:
        if not name.startswith(("good", "broken")):
            text_of = "\n".join(result["message"]["text"] for result in run["results"]).replace("\\[", "[")
            demand(shown(name).replace("]", "\\]") in text_of, f"does not name {name!r}")


def without_code(text):
    """Markdown without its fenced blocks and code spans, which hold nothing but text."""
    kept = []
    fence = None
    for line in text.split("\n"):
        opening = re.match(r"(`{3,})(\w*)$", line)
        if fence is None and opening:
            fence = opening[1]
        elif fence is not None and line == fence:
            fence = None
        elif fence is None:
            kept.append(re.sub(r"(?<!`)(`+)(?!`)(?:.*?[^`])?\1(?!`)", "", line))
    demand(fence is None, "a block does not end")
    return "\n".join(kept)


class Tags(html.parser.HTMLParser):
    def __init__(self, allowed):
        super().__init__()
        self.allowed = allowed
        self.open = []
        self.plain = ""  # what stands outside of <code>

    def handle_starttag(self, tag, attributes):
        demand(tag in self.allowed and not attributes, f"has <{tag} {attributes}>")
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        demand(self.open and self.open.pop() == tag, f"</{tag}> closes nothing")

    def handle_data(self, data):
        if "code" not in self.open:
            self.plain += data


def read_markdown(text, names, case_count):
    demand(len(text.encode("utf-8")) <= 65536, "is more than GitHub takes in a comment")
    tags = Tags({"details", "summary", "code", "br"})
    tags.feed(without_code(text))
    tags.close()
    demand(not tags.open, f"leaves {tags.open} open")
    for sign in ("octocat", "alert", "SKIP", "ordinary", "http", "www."):
        demand(sign not in tags.plain, f"has foreign text outside of code: {sign}")
    columns = None
    for line in re.sub(r"\\\|", "", text).split("\n"):
        columns = (columns or line.count("|")) if line.startswith("| ") else None
        demand(columns is None or line.count("|") == columns, f"a row has other cells: {line!r}")
    for name in names:
        demand(shown(name)[-20:] in text, f"does not name {name!r}")


MERMAID_TEXT = r"(?:[^#;\x00-\x1f<>{}\[\]\"`%$|&*^~@\\]|#\d+;|<br/>)*"
MERMAID_LINE = re.compile(r"  (?:title " + MERMAID_TEXT + r"|(?:actor|participant) [ac]\d+ as " + MERMAID_TEXT +
                          r"|[ac]\d+(?:->>|-->>|-x|--x|-\))[ac]\d+: " + MERMAID_TEXT +
                          r"|Note over a\d+(?:,a\d+)?: " + MERMAID_TEXT + r"|(?:de)?activate a\d+" +
                          r"|rect rgba\(220, 40, 40, 0\.2\)|end)")


def check_sequence_diagram(lines):
    demand(lines[0] == "sequenceDiagram", f"begins with {lines[0]!r}")
    active = {}
    rectangles = 0
    known = set()
    for line in lines[1:]:
        demand(MERMAID_LINE.fullmatch(line), f"is no line of a diagram: {line!r}")
        words = line.split()
        if words[0] in ("actor", "participant"):
            known.add(words[1])
        elif words[0] in ("activate", "deactivate"):
            active[words[1]] = active.get(words[1], 0) + (1 if words[0] == "activate" else -1)
            demand(active[words[1]] >= 0, f"{words[1]} is not active")
        elif words[0] in ("rect", "end"):
            rectangles += 1 if words[0] == "rect" else -1
        elif words[0] != "title":
            demand(set(re.findall(r"\b[ac]\d+\b", line.split(":")[0])) <= known, f"names a stranger: {line!r}")
    demand(rectangles == 0 and not any(active.values()), "something does not end")


def read_mermaid(text, names, case_count):
    diagrams = re.findall(r"^```mermaid\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    for diagram in diagrams or [text]:
        check_sequence_diagram(diagram.rstrip("\n").split("\n"))
    if diagrams:
        tags = Tags(set())
        tags.feed(without_code(text))
        demand("octocat" not in tags.plain, "has foreign text outside of code")


class Page(html.parser.HTMLParser):
    def handle_starttag(self, tag, attributes):
        for key, value in attributes:
            demand(not key.startswith("on"), f"<{tag}> has {key}={value!r}")
            demand("octocat" not in key, f"an attribute is called {key!r}")
        demand("octocat" not in tag, f"a tag is called {tag!r}")


def read_html(text, names, case_count):
    demand(text.startswith("<!doctype html>") or text.startswith("<!DOCTYPE html>"), "does not begin as a page")
    demand("<script>alert" not in text and "</script> ]]>" not in text, "has a script of a scenario's name")
    page = Page()
    page.feed(text)
    page.close()


READERS = {"pretty": read_pretty, "json": read_json, "jsonl": read_jsonl, "junit": read_junit, "tap": read_tap,
           "github": read_github, "sarif": read_sarif, "markdown": read_markdown, "mermaid": read_mermaid,
           "html": read_html}


# ---- pictures of calls and waits -------------------------------------------------------------------------------------

SVG = "{http://www.w3.org/2000/svg}"
SVG_ELEMENTS = {"svg", "title", "desc", "style", "defs", "marker", "g", "path", "rect", "text"}


def read_svg_picture(text, name):
    root = ElementTree.fromstring(text)
    demand(root.tag == SVG + "svg" and root.get("role") == "img", f"begins with {root.tag}, as {root.get('role')}")
    demand([child.tag for child in root][:2] == [SVG + "title", SVG + "desc"], "has no title and no description")
    demand(root[0].text == shown(name), f"is called {root[0].text!r}")
    for element in root.iter():
        demand(element.tag.removeprefix(SVG) in SVG_ELEMENTS, f"has an element {element.tag}")
        for key, value in element.items():
            demand(not key.startswith("on") and not key.endswith("href"), f"{element.tag} has {key}={value!r}")
            demand("url(" not in value or value.startswith("url(#"), f"{element.tag} has {key}={value!r}")
    style = root.find(SVG + "style").text
    demand("url(" not in style and "@import" not in style, "asks for something from outside")


def read_dot_picture(text, name):
    if shutil.which("dot") is None:
        return
    run = subprocess.run(["dot", "-Tsvg"], input=text.encode("utf-8"), capture_output=True, check=False)
    demand(run.returncode == 0 and not run.stderr, f"dot says {run.stderr[:300]!r}")
    root = ElementTree.fromstring(run.stdout)
    texts = [element.text or "" for element in root.iter(SVG + "text")]
    demand(shown(name).split() == texts[0].split(), f"begins with {texts[0]!r}")  # blanks come out in other shapes
    plain = subprocess.run(["dot", "-Tplain"], input=text.encode("utf-8"), capture_output=True, check=True)
    kinds = [line.split(" ")[0] for line in plain.stdout.decode("utf-8").splitlines()]
    demand(kinds.count("node") == len(re.findall(r"^  n\d+ \[", text, re.MULTILINE)), f"has {kinds.count('node')} nodes")
    for label in re.findall(r"<b>(.*?)</b>", text):
        demand(html.unescape(label).replace("\\\\", "\\").split() in [words.split() for words in texts], f"lacks {label!r}")
    demand(kinds.count("edge") == len(re.findall(r"^  n\d+(?::r\d+)? -> ", text, re.MULTILINE)), "has other edges")


FLOW_TEXT = '"' + MERMAID_TEXT + '"'
FLOW_LINE = re.compile(r"  (?:accTitle: " + MERMAID_TEXT + r"|(?:n\d+|legend)(?:\[" + FLOW_TEXT + r"\]|\(\[" + FLOW_TEXT +
                       r"\]\)|\{\{" + FLOW_TEXT + r"\}\})|n\d+ (?:-->|==>|-\.->)(?:\|" + FLOW_TEXT + r"\|)? n\d+" +
                       r"|linkStyle \d+(?:,\d+)* [a-z0-9#:,-]+|style (?:n\d+|legend) [a-z0-9#:,-]+)")


def read_mermaid_picture(text, name):
    lines = text.rstrip("\n").split("\n")
    demand(lines[0] == "flowchart LR", f"begins with {lines[0]!r}")
    for line in lines[1:]:
        demand(FLOW_LINE.fullmatch(line), f"is no line of a flowchart: {line!r}")
    nodes = set(re.findall(r"^  (n\d+)[\[({]", text, re.MULTILINE))
    arrows = re.findall(r"^  (n\d+) (?:-->|==>|-\.->).* (n\d+)$", text, re.MULTILINE)
    demand({end for arrow in arrows for end in arrow} <= nodes, "an arrow has a stranger at its end")
    for number in re.findall(r"\d+", "".join(re.findall(r"^  linkStyle ([0-9,]+) ", text, re.MULTILINE))):
        demand(int(number) < len(arrows), f"there is no arrow {number}")


PICTURES = {"svg": read_svg_picture, "dot": read_dot_picture, "mermaid": read_mermaid_picture}


def picture_formats(program):
    """Those that can draw a wait-for graph; others are of models, which tests/export reads."""
    said = subprocess.run([program, "graph", "x", "--format", "?"], capture_output=True, text=True, check=False).stderr
    formats = re.search(r"known: (.*)", said)[1].split(", ")
    models = [name for name in formats if b"a format of models" in subprocess.run(
        [program, "graph", "x", "--wait-for", "--format", name], capture_output=True, check=False).stderr]
    return [name for name in formats if name not in models]


def check_picture(program, folder, name, words, title):
    run = subprocess.run([program, "graph", *words, "--format", name], cwd=folder, capture_output=True, check=False)
    demand(run.returncode == 0, f"ended with {run.returncode}: {run.stderr[-300:]!r}")
    check_bytes(run.stderr, "standard error")
    PICTURES[name](check_bytes(run.stdout, "the picture"), title)


def check_pictures(program, folder):
    """How many were checked."""
    checked = 0
    for name in picture_formats(program):
        if name not in PICTURES:
            complaints.append(f"{name}: nobody here reads this picture; add its reader")
            continue
        for prefix, title in ((b"", None), (b"undecided-", "undecided " + HOSTILE), (b"passing-", "good " + HOSTILE)):
            for more in ([], ["--wait-for"]):
                words = [b"in/" + prefix + HOSTILE_FILE, "--case", "1", *more]
                try:
                    check_picture(program, folder, name, words, title or f"{HOSTILE} (id={HOSTILE_ID})")
                except (Wrong, ValueError, ElementTree.ParseError, KeyError) as error:
                    complaints.append(f"actorsim graph {prefix} {more} --format {name}: {error}")
                checked += 1
    return checked


# ---- the table of formats -------------------------------------------------------------------------------------------


def known_formats(program):
    """What the program says that it knows, so that a new format is checked from its first day on."""
    said = subprocess.run([program, "run", "x", "--report", "?"], capture_output=True, text=True, check=False).stderr
    return re.search(r"known: (.*)", said)[1].split(", ")


def check_bytes(text, what):
    """Holds for whatever is printed, by any command, in any format."""
    try:
        decoded = text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Wrong(f"{what} is no UTF-8: {error}") from error
    for line in decoded.split("\n"):
        found = FORBIDDEN.search(line)
        demand(not found, f"{what} has {found and found[0]!r} in {line[:200]!r}")
    return decoded


FEW = ["--max-states", "4", "--reduction", "none"]
COMMANDS = [  # words, names that must be told, cases
    (["run", "in", *FEW], [HOSTILE, "undecided " + HOSTILE, "good " + HOSTILE], 5),
    (["run", "in", "-v"], [HOSTILE, "good " + HOSTILE], 5),
    (["explore", "in", *FEW], [HOSTILE, "undecided " + HOSTILE], 5),
    (["ask", f"A/{re.sub('[^a-z@<]', '', HOSTILE)} -> A/x"], [], 1),
]


def check_format(program, folder, name, words, names, case_count):
    run = subprocess.run([program, *words, "--report", name], cwd=folder, capture_output=True, check=False)
    demand(run.returncode in (0, 1, 2, 3), f"ended with {run.returncode}: {run.stderr[-300:]!r}")
    check_bytes(run.stderr, "standard error")
    text = check_bytes(run.stdout, "the report")
    READERS[name](text, names, case_count)
    again = subprocess.run([program, *words, "--report", f"{name}=again"], cwd=folder, capture_output=True, check=False)
    written = Path(folder, "again").read_bytes()
    demand(written == run.stdout, "is not the same in a file")
    demand(again.returncode == run.returncode, "ends otherwise where it goes into a file")


def main():
    program, root = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2]).resolve()
    os.environ.pop("GITHUB_ACTIONS", None)
    formats = known_formats(program)
    checked = 0
    with tempfile.TemporaryDirectory() as folder:
        write_scenarios(folder)
        for name in formats:
            if name not in READERS:
                complaints.append(f"{name}: nobody here reads this format; add its reader")
                continue
            for words, names, case_count in COMMANDS:
                try:
                    check_format(program, folder, name, words, names, case_count)
                except (Wrong, ValueError, ElementTree.ParseError, yaml.YAMLError, KeyError) as error:
                    complaints.append(f"actorsim {words[0]} --report {name}: {error}")
                checked += 1
        # And of everything that the repository has.
        for name in set(formats) & set(READERS):
            run = subprocess.run([program, "run", "scenarios", "--report", name], cwd=root, capture_output=True,
                                 check=False)
            try:
                text = check_bytes(run.stdout, "the report")
                READERS[name](text, [], json_of(subprocess.run([program, "run", "scenarios", "--report", "json"], cwd=root,
                                                               capture_output=True, check=True).stdout)["summary"]["cases"])
            except (Wrong, ValueError, ElementTree.ParseError, yaml.YAMLError, KeyError) as error:
                complaints.append(f"actorsim run scenarios --report {name}: {error}")
            checked += 1
        pictures = check_pictures(program, folder)
    print(f"{checked} reports in {len(formats)} formats, {pictures} pictures")
    if shutil.which("dot") is None:
        print("dot is not installed (Debian: graphviz): what is written for it was not read back")
    for complaint in complaints:
        print(complaint)
    sys.exit(1 if complaints or checked == 0 else 0)


if __name__ == "__main__":
    main()
