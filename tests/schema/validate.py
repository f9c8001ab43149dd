#!/usr/bin/env python3
"""The JSON Schemas that `actorsim schema` prints, against a real validator and against the program itself.

    validate.py PROGRAM REPOSITORY

Takes the Debian packages python3-jsonschema and python3-yaml. README.md says what is checked and why.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    import yaml
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match
    from jsonschema.validators import extend
except ImportError as error:
    # Debian's packages are there for Debian's interpreter only; another may come first in PATH.
    if os.path.realpath(sys.executable) != os.path.realpath("/usr/bin/python3") and os.path.exists("/usr/bin/python3"):
        os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])
    sys.exit(f"{error}: install what Debian calls python3-jsonschema (4.10 or newer) and python3-yaml")

SCENARIO_SCHEMA = "lib/actorsim/scenario/actorsim.schema.json"
REPORT_SCHEMA = "lib/actorsim/report/json/report.schema.json"

# What the program says of a file that only it can know: names that refer to each other, values behind variables, what
# the parts say together.
BEYOND_A_SCHEMA = {
    "unknown-variable", "unknown-type", "unknown-method", "missing-method", "unknown-label", "ambiguous-label",
    "after-cycle", "duplicate-name", "too-many-steps", "too-large", "nothing-starts", "bad-override",
    "no-such-file", "cannot-read", "path-outside", "unknown-axis", "never-matches", "empty-matrix",
}

# What it says while a scenario runs: the file itself was good.
WHILE_IT_RUNS = {
    "too-many-calls", "endless-calls", "endless-events", "endless-time", "endless-timer", "endless-loop", "no-caller",
    "bad-expression",
}

complaints = []


def complain(where, what):
    complaints.append(f"{where}: {what}")


# ---- YAML as editors read it ----------------------------------------------------------------------------------------


class CoreLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML 1.2's core schema: no yes and on, no sexagesimals, no dates, `1e6` is a number."""

    yaml_implicit_resolvers = {}


def add_resolver(tag, pattern, first):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), first)


add_resolver("bool", "true|True|TRUE|false|False|FALSE", list("tTfF"))
add_resolver("int", "[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789"))
add_resolver("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
             list("-+.0123456789"))
add_resolver("null", "~|null|Null|NULL|", ["~", "n", "N", ""])


def value_of(node):
    """The JSON value of a YAML node. Keys are texts, whatever they look like, as they are to every editor."""
    if isinstance(node, yaml.MappingNode):
        return {key.value if isinstance(key, yaml.ScalarNode) else str(key): value_of(value)
                for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [value_of(item) for item in node.value]
    kind, text = node.tag.rpartition(":")[2], node.value
    if kind == "bool":
        return text.lower() == "true"
    if kind == "null":
        return None
    if kind == "int":
        base = {"0o": 8, "0x": 16}.get(text[:2], 10)
        return int(text if base == 10 else text[2:], base)
    if kind == "float":
        return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    return text


def parse(text):
    return yaml.compose(text, Loader=CoreLoader)


# ---- the examples ---------------------------------------------------------------------------------------------------


def scenarios_of_document(path):
    """The `yaml` blocks of a Markdown document that are whole scenarios, as (name, text)."""
    text = path.read_text(encoding="utf-8")
    for block in re.finditer(r"^```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        body = block.group(1)
        if re.sub(r"\A(#.*\n)*", "", body).startswith("actorsim:"):
            yield f"{path}:{text.count(chr(10), 0, block.start()) + 2}", body


def good_examples(root):
    result = []
    for folder in ("scenarios", "tests/dapr-cases", "tests/schema"):
        for path in sorted((root / folder).rglob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            if re.search("^actorsim:", text, re.MULTILINE):
                result.append((str(path.relative_to(root)), text))
    documents = [path for folder in ("", "lib", "cli", "scenarios", "tests", "docs") for path in
                 ((root / folder).rglob("*.md") if folder else root.glob("*.md"))]
    for path in sorted(documents):
        result += [(name[len(str(root)) + 1:], text) for name, text in scenarios_of_document(path)]
    return result


def check_good_examples(examples, validator):
    for name, text in examples:
        error = best_match(validator.iter_errors(value_of(parse(text))))
        if error is not None:
            complain(name, f"the schema refuses a good scenario: {error.json_path}: {error.message[:300]}")


def check_bad_inputs(root, validator):
    """Every bad input is refused by the parser of YAML, by the schema, or stands in the list with a reason."""
    listed = {}
    for line in (root / "tests/schema/only-the-loader.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, reason = line.partition(": ")
            listed[name] = reason
            if not reason:
                complain("only-the-loader.txt", f"{name} has no reason")
    counts = {"yaml": 0, "schema": 0, "listed": 0}
    for path in sorted((root / "tests/golden/bad-input").glob("*.yaml")):
        try:
            refused = not validator.is_valid(value_of(parse(path.read_bytes())))
            how = "schema"
        except (yaml.YAMLError, RecursionError, UnicodeError, AttributeError):
            refused, how = True, "yaml"
        if refused and path.name in listed:
            complain(path.name, f"stands in only-the-loader.txt, but the {how} refuses it")
        if not refused and path.name not in listed:
            complain(path.name, "the schema accepts this bad input, and only-the-loader.txt gives no reason")
        counts[how if refused else "listed"] += 1
        listed.pop(path.name, None)
    for name in listed:
        complain("only-the-loader.txt", f"there is no {name}")
    return counts


# ---- the schema itself ----------------------------------------------------------------------------------------------


def schemas_in(schema, path="#"):
    """Every subschema that is a mapping, with where it stands."""
    yield path, schema
    for key in ("properties", "$defs", "patternProperties", "dependentSchemas"):
        for name, inner in schema.get(key, {}).items():
            if isinstance(inner, dict):
                yield from schemas_in(inner, f"{path}/{key}/{name}")
    for key in ("items", "additionalProperties", "propertyNames", "if", "then", "else", "not"):
        if isinstance(schema.get(key), dict):
            yield from schemas_in(schema[key], f"{path}/{key}")
    for key in ("anyOf", "oneOf", "allOf"):
        for index, inner in enumerate(schema.get(key, [])):
            yield from schemas_in(inner, f"{path}/{key}/{index}")


def find(root, reference):
    node = root
    for step in reference.split("/")[1:]:
        node = node[step]
    return node


def check_schema(name, schema):
    Draft202012Validator.check_schema(schema)
    for path, inner in schemas_in(schema):
        if "pattern" in inner:
            re.compile(inner["pattern"])
        if "$ref" in inner:
            find(schema, inner["$ref"])
        if "/dependentSchemas/" in path or "/anyOf/" in path:
            continue
        for key, value in inner.get("properties", {}).items():
            target = value
            while isinstance(target, dict) and "description" not in target and "$ref" in target:
                target = find(schema, target["$ref"])
            if isinstance(target, dict) and not target.get("description"):
                complain(name, f"{path}/properties/{key} has no description")


def check_printed(program, root):
    for words, path in (([], SCENARIO_SCHEMA), (["scenario"], SCENARIO_SCHEMA), (["report"], REPORT_SCHEMA)):
        printed = subprocess.run([program, "schema", *words], check=True, capture_output=True).stdout
        if printed != (root / path).read_bytes():
            complain(path, "is not what 'actorsim schema' prints")


# ---- every key is used ----------------------------------------------------------------------------------------------


def is_about_what_must_not_be_there(path):
    return "/dependentSchemas/" in path or path.endswith(("stepWithoutVerb", "triggerWithoutKind"))


def check_every_key_is_used(schema, examples):
    """Each key of the schema, wherever it may stand: some example has it there."""
    used = set()
    plain = Draft202012Validator.VALIDATORS["properties"]

    def recording(validator, properties, instance, whole):
        if isinstance(instance, dict):
            used.update((id(properties), key) for key in instance)
        yield from plain(validator, properties, instance, whole)

    recorder = extend(Draft202012Validator, {"properties": recording})(schema)
    for _, text in examples:
        for _ in recorder.iter_errors(value_of(parse(text))):
            pass
    for path, inner in schemas_in(schema):
        if is_about_what_must_not_be_there(path):
            continue
        for key in inner.get("properties", {}):
            if (id(inner["properties"]), key) not in used:
                complain(SCENARIO_SCHEMA, f"no example uses {path}/properties/{key}")


def check_every_key_is_described(schema, page):
    """The reference of the format mentions each key of the schema: `key`, or `key: value`."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    code = " ".join(re.findall(r"`([^`\n]+)`", text))
    for path, inner in schemas_in(schema):
        for key in [] if is_about_what_must_not_be_there(path) else inner.get("properties", {}):
            if not re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", code):
                complain(page, f"does not describe the key {key} of {path}")


# ---- mutations: the schema and the loader must agree ----------------------------------------------------------------

SCALARS = ["{zz: {zz: 1}}", "[zz]", "{}", "[]", "~", "zz", "7", "-1", "1.5", "true", "yes", '""', '"7"', "5ms", "$zz",
           "zz zz", "1_000", "A/1.m", "A/1", "A -> A"]
COLLECTIONS = ["zz", "~", "[]", "{}", "[zz]", "{zz: zz}", "[[]]", "[~]"]
KEY = "zz: {zz: 1}"
VALUE_OF_A_VARIABLE = r"\.vars\.|\.matrix\.(?!dapr|reentrancy|drain|reminders|actor)"
KINDS = ("call", "send", "parallel", "sleep", "fail", "repeat", "recurse", "reply", "reminder", "timer", "deactivate",
         "rebalance")


def kind_of(node):
    """Of a step or a trigger: each has keys of its own."""
    keys = [key.value for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
    return next((kind for kind in KINDS if kind in keys), "")


def mutations_of(text, root, words):
    """(what was done where, text): each kind of change once for each kind of place."""
    done = set()
    result = []

    def add(path, change, mutated):
        if (path, change) not in done:
            done.add((path, change))
            result.append((f"{path}: {change}", mutated))

    def replaced(node, by):
        begin, end = node.start_mark.index, node.end_mark.index
        old = text[begin:end]
        kept = len(old.rstrip()) if not isinstance(node, yaml.ScalarNode) or node.style not in ("|", ">") else len(old)
        tail = "\n" if old.endswith("\n") and kept == len(old) else ""
        return text[:begin] + by + tail + text[begin + kept:]

    def visit(node, path):
        if isinstance(node, yaml.ScalarNode):
            if node.start_mark.index == node.end_mark.index:
                return  # nothing is written there
            for by in SCALARS:
                add(path, by, replaced(node, by))
            return
        for by in COLLECTIONS if path else []:
            add(path, by, replaced(node, by))
        if isinstance(node, yaml.SequenceNode):
            for item in node.value:
                visit(item, path + f"[{kind_of(item)}]")
            return
        begin = node.start_mark.index
        if node.flow_style:
            comma = ", " if node.value else ""
            add(path, "another key", text[:begin + 1] + KEY + comma + text[begin + 1:])
        elif node.value:
            add(path, "another key", text[:begin] + KEY + "\n" + " " * node.start_mark.column + text[begin:])
        for index, (key, value) in enumerate(node.value):
            name = key.value if key.value in words else "*"
            visit(value, f"{path}.{name}")
            if len(node.value) > 1 and name != "actorsim":  # without it a file is no scenario
                is_last = index + 1 == len(node.value)
                begin = key.start_mark.index
                end = value.end_mark.index if is_last else node.value[index + 1][0].start_mark.index
                kept = len(text[begin:end].rstrip()) if is_last else end - begin
                add(path, f"without {name}", text[:begin] + text[begin + kept:])

    visit(root, "")
    return result


def differences(validator, examples, program, words):
    """Both are asked about each mutation of each example."""
    seen = set()
    cases = []
    for name, text in examples:
        cases.append((name, "as it is", text, value_of(parse(text))))
        for what, mutated in mutations_of(text, parse(text), words):
            # Steps within steps and scenarios of a list are like any other.
            what = re.sub(r"^\.scenarios\[\]", "", what)
            what = re.sub(r"(\[parallel\]\.parallel|\[repeat\]\.steps|\[\]\.steps)+(?=\[)", "", what)
            if what in seen:
                continue
            try:
                value = value_of(parse(mutated))
            except yaml.YAMLError:
                continue  # no YAML any more
            seen.add(what)
            cases.append((name, what, mutated, value))
    with tempfile.TemporaryDirectory() as folder:
        for index, (_, _, mutated, _) in enumerate(cases):
            Path(folder, f"{index:06}.yaml").write_text(mutated, encoding="utf-8")
        codes = loader_codes(program, folder)
    for index, (name, what, _, value) in enumerate(cases):
        yield name, what, validator.is_valid(value), codes.get(f"{index:06}.yaml", set())


def loader_codes(program, folder):
    """{file name: codes of its errors} of all files in a folder."""
    run = subprocess.run([program, "list", folder, "--json"], capture_output=True, check=False)
    report = json.loads(run.stdout)
    codes = {}
    for diagnostic in report["diagnostics"]:
        if diagnostic["severity"] == "error":
            codes.setdefault(Path(diagnostic["file"]).name, set()).add(diagnostic["code"])
    return codes


def check_mutations(root, validator, schema, examples, program):
    words = {key for _, inner in schemas_in(schema) for key in inner.get("properties", {})}
    exceptions = []
    for line in (root / "tests/schema/differences.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            side, _, rest = line.partition(" ")
            pattern, _, reason = rest.partition("  ")
            exceptions.append([side, re.compile(pattern), 0, line])
            if not reason.strip():
                complain("differences.txt", f"no reason: {line}")
    count = 0
    for name, what, accepted, said in differences(validator, examples, program, words):
        count += 1
        said = said - WHILE_IT_RUNS
        if said and (what.endswith(": $zz") or re.search(VALUE_OF_A_VARIABLE, what)):
            said = {"unknown-variable"}  # whatever is behind it
        if accepted and said - BEYOND_A_SCHEMA:
            side, text = "lax", f"the schema accepts it, the loader says {', '.join(sorted(said))}"
        elif not accepted and not said:
            side, text = "strict", "the schema refuses what the loader accepts"
        else:
            continue
        for exception in exceptions:
            if exception[0] == side and exception[1].fullmatch(what):
                exception[2] += 1
                break
        else:
            complain(f"{name}, changed at {what}", text)
    for side, _, times, line in exceptions:
        if times == 0:
            complain("differences.txt", f"does not happen: {line}")
    return count


# ---- the report -----------------------------------------------------------------------------------------------------


def closed(schema):
    """The schema with every key that it does not list refused: in the tests, what is written is what is described."""
    schema = json.loads(json.dumps(schema))
    for _, inner in schemas_in(schema):
        if "properties" in inner:
            inner.setdefault("additionalProperties", False)
    return schema


def check_reports(program, root, schema):
    validator = Draft202012Validator(closed(schema))
    used = set()

    def collect(value):
        if isinstance(value, dict):
            used.update(value)
            for inner in value.values():
                collect(inner)
        elif isinstance(value, list):
            for inner in value:
                collect(inner)

    commands = [["run", "scenarios", "tests/dapr-cases"], ["run", "tests/schema"], ["run", "tests/golden/bad-input"],
                ["run", "tests/golden/bad-input/start-after.yaml", "no-such-file.yaml"],
                ["ask", "A -> A"], ["ask", "A -> B -> A", "--dapr", "1.14,1.18"]]
    for command in commands:
        run = subprocess.run([program, *command, "--report", "json"], cwd=root, capture_output=True, check=False)
        try:
            report = json.loads(run.stdout)
        except ValueError as error:
            complain(" ".join(command), f"no JSON: {error}: {run.stderr[:200]!r}")
            continue
        collect(report)
        error = best_match(validator.iter_errors(report))
        if error is not None:
            complain("actorsim " + " ".join(command), f"the report is not as its schema says: {error.json_path}: "
                                                      f"{error.message[:300]}")
    document = (root / "lib/actorsim/report/json/README.md").read_text(encoding="utf-8")
    for path, inner in schemas_in(schema):
        for key in inner.get("properties", {}):
            if key not in used:
                complain(REPORT_SCHEMA, f"no report of the tests has {path}/properties/{key}")
            if f"`{key}`" not in document:
                complain("lib/actorsim/report/json/README.md", f"does not mention `{key}`")
    for key in re.findall(r"^\| `([^`]+)`", document, re.MULTILINE):
        if key not in used:
            complain("lib/actorsim/report/json/README.md", f"`{key}` is in no report")


def main():
    program, root = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2]).resolve()
    scenario_schema = json.loads((root / SCENARIO_SCHEMA).read_text(encoding="utf-8"))
    report_schema = json.loads((root / REPORT_SCHEMA).read_text(encoding="utf-8"))
    check_schema(SCENARIO_SCHEMA, scenario_schema)
    check_schema(REPORT_SCHEMA, report_schema)
    check_printed(program, root)
    validator = Draft202012Validator(scenario_schema)
    examples = good_examples(root)
    check_good_examples(examples, validator)
    check_every_key_is_used(scenario_schema, [example for example in examples if example[0].startswith("scenarios/")])
    check_every_key_is_described(scenario_schema, root / "scenarios/README.md")
    counts = check_bad_inputs(root, validator)
    mutations = check_mutations(root, validator, scenario_schema, examples, program)
    check_reports(program, root, report_schema)
    print(f"{len(examples)} good scenarios; bad inputs: {counts['yaml']} no YAML, "
          f"{counts['schema']} refused by the schema, {counts['listed']} for the loader alone; "
          f"{mutations} changed examples")
    for complaint in complaints[:300]:
        print(complaint)
    if len(complaints) > 300:
        print(f"… and {len(complaints) - 300} more")
    sys.exit(1 if complaints else 0)


if __name__ == "__main__":
    main()
