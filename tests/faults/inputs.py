"""Scenarios that are hostile by what stands in them."""

import json
import os
import re

from harness import BAD_INPUT, FAILED, INCONCLUSIVE, OK, demand, fault

FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
HOSTILE = "<script>alert(1)</script> ]]> \x1b]0;title\x07 \x1b[2J \x9b31m \u202e line\n::error::forged\r%0A"


def refused(stage, text, *says, name="scenario.yaml", command="check", **bounds):
    stage.write(name, text)
    answer = stage.run(command, name, expect=BAD_INPUT, says=[f"{name}:", "error:", *says], **bounds)
    demand(len(answer.err) < 100_000, f"{len(answer.err)} bytes of complaints")


@fault("billion laughs")
def _(stage):
    names = "abcdefghijklmnopqrstuvwxyz"
    lines = ["actorsim: 1", "a: &a [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"{name}: &{name} [{', '.join(['*' + last] * 10)}]" for last, name in zip(names, names[1:])]
    refused(stage, "\n".join(lines) + "\nchains: *z\n", "anchors (&name) are not part of the format", megabytes=200)


@fault("an alias of itself")
def _(stage):
    refused(stage, "actorsim: 1\nchains: &a [*a]\n", "aliases (*name) are not part of the format", megabytes=200)


@fault("a merge key of itself")
def _(stage):
    refused(stage, "actorsim: 1\n<<: &a {<<: *a}\n", "merge keys (<<) are not part of the format", megabytes=200)


@fault("100,000 lists in each other")
def _(stage):
    refused(stage, "actorsim: 1\nchains: " + "[" * 100_000 + "]" * 100_000, "nested more than 100 deep", megabytes=200)


@fault("100,000 JSON objects in each other")
def _(stage):
    refused(stage, '{"actorsim": 1, "chains": ' + '{"a":' * 100_000 + "1" + "}" * 100_000 + "}",
            "nested more than 100 deep", name="scenario.json", megabytes=200)


@fault("3,000 indented keys in each other")
def _(stage):
    refused(stage, "actorsim: 1\nchains:\n" + "".join(" " * depth + "a:\n" for depth in range(1, 3000)),
            "nested more than 100 deep", megabytes=200)


@fault("100,000 dashes on a line")
def _(stage):
    refused(stage, "actorsim: 1\nchains:\n  " + "- " * 100_000 + "x\n", "nested more than 100 deep", megabytes=200)


@fault("100,000 brackets that nobody closes")
def _(stage):
    refused(stage, "actorsim: 1\nchains: " + "[" * 100_000, "nested more than 100 deep", megabytes=200)


@fault("100,000 groups of a chain in each other")
def _(stage):
    refused(stage, 'actorsim: 1\nchains: ["A -> ' + "(" * 100_000 + "B" + ")" * 100_000 + '"]\n',
            "a group cannot stand inside a group", megabytes=200)


@fault("100,000 parentheses of an expression in each other")
def _(stage):
    refused(stage, 'actorsim: 1\nchains: [A -> B]\nactors: {A: {m: [{repeat: "' + "(" * 100_000 + "1" + ")" * 100_000 +
            '", steps: [{sleep: 1s}]}]}}\n', megabytes=200)


@fault("a chain of 100,000 hops")
def _(stage):
    stage.write("scenario.yaml", 'actorsim: 1\nchains: ["' + " -> ".join(f"A/{hop}" for hop in range(100_000)) + '"]\n')
    answer = stage.run("run", "scenario.yaml", expect=OK, megabytes=500)
    demand("100,000 calls" in answer.out, answer)


@fault("the graph of chains whose actors may all be the same")
def _(stage):
    for hops in (60, 500, 5_000):  # more ways than can be looked at, one by one
        stage.write("scenario.yaml", 'actorsim: 1\nchains: ["' + " -> ".join(f"A/{hop}" for hop in range(hops)) + '"]\n')
        stage.run("graph", "scenario.yaml", expect=OK, seconds=60, megabytes=500)


@fault("a method that calls itself for ever")
def _(stage):
    refused(stage, "actorsim: 1\nconfig: {reentrancy: {enabled: true, maxStackDepth: 1000000000}}\n"
            "actors: {A: {m: [{call: A/1.m}]}}\nstart: [{call: A/1.m}]\n", "never ends", command="run", megabytes=500)


@fault("a method that sends to itself twice, for ever")
def _(stage):
    refused(stage, "actorsim: 1\nactors: {A: {m: [{send: A/1.m}, {send: A/1.m}]}}\nstart: [{call: A/1.m}]\n",
            "never ends", command="run")


@fault("the same, all orders looked at")
def _(stage):
    stage.write("scenario.yaml",
                "actorsim: 1\nactors: {A: {m: [{send: A/1.m}, {send: A/1.m}]}}\nstart: [{call: A/1.m}]\n")
    stage.run("explore", "scenario.yaml", "--time-limit", "1s", expect=(INCONCLUSIVE, BAD_INPUT))


@fault("all orders of a chain of 20,000 hops")
def _(stage):
    stage.write("scenario.yaml", "actorsim: 1\nchains: [" + " -> ".join(f"A/{i}" for i in range(20_000)) + "]\n")
    stage.run("explore", "scenario.yaml", "--time-limit", "1s", expect=INCONCLUSIVE, seconds=60, megabytes=500)


@fault("10^8 repeats of 10^8 repeats")
def _(stage):
    stage.write("scenario.yaml", "actorsim: 1\nactors:\n  A: {m: [{repeat: 100000000, steps: [{repeat: 100000000, "
                "steps: [{call: B/1.k}]}]}]}\n  B: {k: []}\nstart: [{call: A/1.m}]\n")
    answer = stage.run("run", "scenario.yaml", expect=BAD_INPUT, megabytes=500)
    demand("error:" in answer.err, answer)


@fault("10^8 calls from a clock")
def _(stage):
    stage.write("scenario.yaml", "actorsim: 1\nactors: {A: {m: []}}\nlimits: {calls: 100000}\n"
                "start: [{call: A/1.m, every: 1ns, count: 100000000}]\n")
    answer = stage.run("run", "scenario.yaml", expect=BAD_INPUT, megabytes=500)
    demand("error:" in answer.err, answer)


@fault("a chain 10^9 times nested in itself")
def _(stage):
    stage.write("scenario.yaml", "actorsim: 1\nchains: [A.m x1000000000]\n")
    answer = stage.run("run", "scenario.yaml", expect=BAD_INPUT, megabytes=500)
    demand("error:" in answer.err, answer)


@fault("a matrix of 10^8 cases")
def _(stage):
    names = "abcdefgh"
    values = list(range(10))
    refused(stage, "actorsim: 1\nvars: {" + ", ".join(f"{name}: 1" for name in names) + "}\nmatrix: {" +
            ", ".join(f"{name}: {values}" for name in names) + "}\nchains: [A/$a -> B/$b]\n",
            "the matrix has more than 100000 combinations", megabytes=200)


NUMBERS = ("1e400", "-1e400", "-1", "18446744073709551616", "9223372036854775808", ".inf", ".nan", "0x10000000000000000",
           "1" * 100_000, "0." + "0" * 100_000 + "1")


@fault("numbers beyond every type")
def _(stage):
    for number in NUMBERS:
        for text in (f"until: {number}h", f"limits: {{calls: {number}}}", f"limits: {{states: {number}}}",
                     f"limits: {{memory: {number}GiB}}", f"dapr: {number}"):
            stage.write("scenario.yaml", f"actorsim: 1\nchains: [A -> B]\n{text}\n")
            answer = stage.run("check", "scenario.yaml", expect=(OK, BAD_INPUT), megabytes=200)
            demand(number.startswith("0.") or answer.code == BAD_INPUT, f"{text[:60]} is taken: {answer}")


@fault("numbers beyond every type, in the configuration of Dapr")
def _(stage):
    for number in NUMBERS:  # some of which Dapr itself takes, and means something by
        for text in (f"reentrancy: {{enabled: true, maxStackDepth: {number}}}", f"actorIdleTimeout: {number}s"):
            stage.write("scenario.yaml", f"actorsim: 1\nchains: [A -> A]\nconfig: {{{text}}}\n")
            stage.run("run", "scenario.yaml", expect=(OK, FAILED, BAD_INPUT), megabytes=200)


@fault("numbers beyond every type, as options")
def _(stage):
    stage.write("scenario.yaml")
    for option in ("--jobs", "--max-states", "--max-memory", "--time-limit", "--seed", "--max-failures", "--threads"):
        for number in ("1e400", "-1", "18446744073709551616", "nan", "inf", "", "1" * 10_000):
            answer = stage.run("run", "scenario.yaml", f"{option}={number}", expect=BAD_INPUT, megabytes=200)
            demand("error:" in answer.err, answer)


@fault("negative durations")
def _(stage):
    for text in ("start: [{call: A/1.m, at: -5s}]", "start: [{call: A/1.m, every: -1ns, count: 3}]",
                 "start: [{call: A/1.m, timeout: -1h}]", "until: -1s\nstart: [{call: A/1.m}]"):
        refused(stage, f"actorsim: 1\nactors: {{A: {{m: [{{sleep: 1s}}]}}}}\n{text}\n", "is negative")


@fault("a minus zero")
def _(stage):
    stage.write("scenario.yaml", "actorsim: 1\nactors: {A: {m: [{sleep: -0s}]}}\nstart: [{call: A/1.m, at: -0s}]\n")
    answer = stage.run("run", "scenario.yaml", "--report", "json", expect=(OK, BAD_INPUT))
    demand("-0" not in answer.out, answer)


@fault("500,000 unknown keys")
def _(stage):
    refused(stage, "actorsim: 1\nchains: [A -> B]\n" + "".join(f"k{key}: 1\n" for key in range(500_000)),
            "unknown key 'k0'")


@fault("a line of 4 MB")
def _(stage):
    refused(stage, "actorsim: 1\nchains: [A -> B]\nnam: " + "x" * (4 << 20) + "\n", "unknown key 'nam'", megabytes=500)


@fault("a file of zeros")
def _(stage):
    stage.write("scenario.yaml", "actorsim: 1\n")
    os.truncate(stage.folder / "scenario.yaml", 16 << 20)
    answer = stage.run("run", "scenario.yaml", expect=BAD_INPUT, megabytes=500,
                       says="the control character \\x00 cannot stand in a scenario")
    demand(len(answer.err) < 100_000, answer)


@fault("a sparse file of 1 GB")
def _(stage):
    stage.write("scenario.yaml", "actorsim: 1\n")
    os.truncate(stage.folder / "scenario.yaml", 1 << 30)
    stage.run("run", "scenario.yaml", expect=BAD_INPUT, says="scenario.yaml: error: larger than 64 MiB", megabytes=300)


@fault("random bytes")
def _(stage):
    for length in (1, 2, 3, 100, 10_000):
        stage.write("scenario.yaml", b"actorsim: 1\n" + os.urandom(length))
        stage.run("run", "scenario.yaml", expect=(BAD_INPUT,), megabytes=200)


@fault("text that is not UTF-8")
def _(stage):
    for text in (b"actorsim: 1\nname: \xff\xfe\nchains: [A -> B]\n", PASSES_UTF16, b"actorsim: 1\nname: \xed\xa0\x80\n"):
        stage.write("scenario.yaml", text)
        answer = stage.run("run", "scenario.yaml", expect=BAD_INPUT)
        demand("error:" in answer.err, answer)


PASSES_UTF16 = "actorsim: 1\nchains: [A -> B]\n".encode("utf-16")


def quoted(text):
    return json.dumps(text)


@fault("names that mean something to a terminal or to a site")
def _(stage):
    stage.write("bad \x1b[31m<b>\u202e\n::error::.yaml", f"actorsim: 1\nname: {quoted(HOSTILE)}\nchains: [A -> A]\n"
                f"{quoted(HOSTILE)}: 1\n")
    stage.write("fails \x1b[31m<b>\u202e\n::error::.yaml", f"actorsim: 1\nname: {quoted(HOSTILE)}\nchains: [A -> A]\n")
    for arguments in (["run", ".", "-vv"], ["run", ".", "--report", "github"], ["check", "."], ["list", "."],
                      ["explore", "."], ["compare", "."], ["run", ".", "--report", "html"]):
        answer = stage.run(*arguments, "--color", "never", expect=(OK, FAILED, BAD_INPUT),
                           environment={"GITHUB_ACTIONS": "true"})
        printed = answer.out + answer.err
        demand(not FORBIDDEN.search(printed), f"{arguments}: {FORBIDDEN.search(printed)}")
        demand("\n::error::" not in printed, f"{arguments} forges an annotation")
        demand("html" not in arguments or "<script>alert" not in answer.out, f"{arguments} lets a script in")
