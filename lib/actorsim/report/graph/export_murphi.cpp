// The lock as two procedures, the chains as one rule for each operation.
#include "actorsim/report/graph/export_murphi.h"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "actorsim/report/graph/lock_model.h"

namespace actorsim {
namespace {

class Murphi {
 public:
  Murphi(std::ostream& out, const LockProgram& program)
      : out_(out), program_(program), sizes_(sizes_of(program)), counts_(counts_chains(program)) {}

  void write(const std::string& title) {
    write_comment(title);
    write_types();
    write_variables();
    write_arrive();
    write_return();
    out_ << "startstate\n"
            "begin\n"
            "  clear done; clear waits; clear inside; clear depth; clear waiting; clear queue;\n";
    if (counts_) line("  clear started; clear ended;");
    line("end;\n");
    for (const LockModelRule& rule : rules_of(program_)) write_rule(rule);
    write_end();
  }

 private:
  void line(const std::string& text) { out_ << text << '\n'; }

  void write_comment(const std::string& title) {
    line("-- " + plain_text(title));
    line("-- as a Murphi model. With rumur (Debian: rumur), where this file is model.m:");
    line("--");
    line("--   rumur --threads 1 --deadlock-detection stuck --output model.c model.m");
    line("--   cc -std=c11 -O2 -o model model.c && ./model");
    line("--");
    line("-- A deadlock ends the search, with a shortest way there, unless rumur is told to go on: --max-errors 1000.");
    line("-- A rule is a step: a call arrives, or a handler returns. Times play no part.");
    line("--");
    for (Index actor = 0; actor < program_.actors.size(); ++actor)
      line(fmt::format("-- actor {}: {}", actor, plain_text(program_.actors[actor])));
    line("");
  }

  void write_types() {
    Index most = 1;
    for (const LockStart& start : program_.starts) most = std::max(most, start.chain_count);
    line("type");
    line(fmt::format("  chain: 0 .. {};", sizes_.chains - 1));
    line(fmt::format("  actor: 0 .. {};", sizes_.actors - 1));
    line(fmt::format("  key: 0 .. {};    -- what the lock knows a call by; 0: none", sizes_.keys));
    line(fmt::format("  place: 0 .. {};  -- in a queue", sizes_.places - 1));
    line(fmt::format("  length: 0 .. {};", sizes_.places));
    if (counts_) {
      line(fmt::format("  start: 0 .. {};", program_.starts.size() - 1));
      line(fmt::format("  count: 0 .. {};", most));
    }
    line("");
  }

  void write_variables() {
    line("var");
    line(fmt::format("  done: array [chain] of 0 .. {};  -- steps of the chain", sizes_.operations));
    line("  waits: array [chain] of boolean;  -- its call has arrived and is not inside");
    line("  inside: array [actor] of key;");
    line(fmt::format("  depth: array [actor] of 0 .. {};  -- calls inside", sizes_.depth));
    line("  waiting: array [actor] of length;");
    line("  queue: array [actor] of array [place] of record c: chain; k: key; end;");
    if (counts_) {
      line("  started: array [start] of count;  -- chains");
      line("  ended: array [start] of count;");
    }
    line("");
  }

  void write_arrive() {
    out_ << "procedure arrive(c: chain; a: actor; k: key);\n";
    if (program_.shares_keys) out_ << "var at: length;\n";
    out_ << "begin\n"
            "  done[c] := done[c] + 1;\n"
            "  if inside[a] = 0 | inside[a] = k then\n"
            "    inside[a] := k;\n"
            "    depth[a] := depth[a] + 1;\n"
            "  else\n"
            "    waits[c] := true;\n";
    if (program_.shares_keys) {
      out_ << "    -- behind those of the same key, who get in together\n"
              "    at := waiting[a];\n"
              "    for p: place do\n"
              "      if p < waiting[a] & queue[a][p].k = k then at := p + 1; end;\n"
              "    end;\n";
      if (sizes_.places > 1) {
        line(fmt::format("    for p := {} to 1 by -1 do", sizes_.places - 1));
        out_ << "      if p > at & p <= waiting[a] then queue[a][p] := queue[a][p - 1]; end;\n"
                "    end;\n";
      }
      out_ << "    queue[a][at].c := c;\n"
              "    queue[a][at].k := k;\n";
    } else {
      out_ << "    queue[a][waiting[a]].c := c;\n"
              "    queue[a][waiting[a]].k := k;\n";
    }
    out_ << "    waiting[a] := waiting[a] + 1;\n"
            "  end;\n"
            "end;\n\n";
  }

  void write_return() {
    const bool share = program_.shares_keys;
    out_ << "procedure leave(c: chain; a: actor);\n"
            "begin\n"
            "  done[c] := done[c] + 1;\n"
            "  depth[a] := depth[a] - 1;\n"
            "  if depth[a] = 0 then\n"
            "    inside[a] := 0;\n";
    line(share ? "    while waiting[a] > 0 & (inside[a] = 0 | inside[a] = queue[a][0].k) do"
               : "    if waiting[a] > 0 then");
    out_ << "      inside[a] := queue[a][0].k;\n"
            "      depth[a] := depth[a] + 1;\n"
            "      waits[queue[a][0].c] := false;\n";
    if (sizes_.places > 1) {
      line(fmt::format("      for p := 1 to {} do queue[a][p - 1] := queue[a][p]; end;", sizes_.places - 1));
    }
    line(fmt::format("      clear queue[a][{}];", sizes_.places - 1));
    out_ << "      waiting[a] := waiting[a] - 1;\n"
            "    end;\n"
            "  end;\n"
            "end;\n\n";
  }

  void write_rule(const LockModelRule& rule) {
    const LockOperation& operation = *rule.operation;
    line(fmt::format("rule \"{}\"", rule.name));
    out_ << fmt::format("  done[{0}] = {1}", rule.chain, rule.position);
    if (rule.position > 0) out_ << fmt::format(" & !waits[{}]", rule.chain);
    if (rule.after != kNone)
      out_ << fmt::format(" & ended[{}] = {}", rule.after, program_.starts[rule.after].chain_count);
    if (rule.clients > 0) {
      out_ << fmt::format(" & started[{0}] = {1} & {1} < ended[{0}] + {2}", rule.start, rule.number, rule.clients);
    }
    out_ << " ==>\nbegin\n";
    if (operation.kind == LockOperation::Kind::acquire) {
      line(fmt::format("  arrive({}, {}, {});", rule.chain, operation.actor, operation.key));
    } else {
      line(fmt::format("  leave({}, {});", rule.chain, operation.actor));
    }
    if (counts_ && rule.is_first) line(fmt::format("  started[{0}] := started[{0}] + 1;", rule.start));
    if (counts_ && rule.is_last) line(fmt::format("  ended[{0}] := ended[{0}] + 1;", rule.start));
    line("end;\n");
  }

  // Who stands still at the end is not stuck.
  void write_end() {
    line("rule \"all chains have ended\"");
    for (Index chain = 0; chain < sizes_.chains; ++chain) {
      const std::size_t end = program_.chains[chain].operations.size();
      out_ << fmt::format("{}done[{}] = {}", chain == 0 ? "  " : chain % 8 == 0 ? " &\n  " : " & ", chain, end);
    }
    line(" ==>\nbegin\nend;");
  }

  std::ostream& out_;
  const LockProgram& program_;
  const LockModelSizes sizes_;
  const bool counts_;
};

}  // namespace

void write_murphi(std::ostream& out, const LockProgram& program, const std::string& title) {
  Murphi(out, program).write(title);
}

}  // namespace actorsim
