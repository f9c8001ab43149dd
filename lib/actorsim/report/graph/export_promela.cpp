// The lock as two inlines over global arrays, the chains as one option for each operation.
#include "actorsim/report/graph/export_promela.h"

#include <algorithm>
#include <ostream>
#include <string_view>

#include <fmt/format.h>

#include "actorsim/report/graph/lock_model.h"

namespace actorsim {
namespace {

// What SPIN shows on the way into a deadlock.
constexpr std::string_view kTell = "printf";

// The smallest type that holds the number.
std::string_view type_for(std::size_t number) { return number < 256 ? "byte" : number < 32'768 ? "short" : "int"; }

class Promela {
 public:
  Promela(std::ostream& out, const LockProgram& program)
      : out_(out), program_(program), sizes_(sizes_of(program)), counts_(counts_chains(program)) {}

  void write(const std::string& title) {
    write_comment(title);
    write_variables();
    write_arrive();
    write_leave();
    line("active proctype chains() {");
    line("  do");
    for (const LockModelRule& rule : rules_of(program_)) write_rule(rule);
    write_end();
    line("  od");
    line("}");
  }

 private:
  void line(const std::string& text) { out_ << text << '\n'; }

  void write_comment(const std::string& title) {
    line("/* " + plain_text(title));
    line(" * as a Promela model. With SPIN (Debian: spin), where this file is model.pml:");
    line(" *");
    line(" *   spin -a model.pml && cc -O2 -DSAFETY -DNOREDUCE -o pan pan.c && ./pan -m1000000");
    line(" *");
    line(" * A deadlock is an invalid end state; spin -t model.pml tells the way there. It ends the search unless");
    line(" * pan is told to go on: -c0. A large model takes -DVECTORSZ=65536 as well.");
    line(" * A step: a call arrives, or a handler returns. Times play no part.");
    line(" *");
    for (Index actor = 0; actor < program_.actors.size(); ++actor)
      line(fmt::format(" * actor {}: {}", actor, plain_text(program_.actors[actor])));
    line(" */");
  }

  void write_variables() {
    const std::size_t queues = std::size_t{sizes_.actors} * sizes_.places;
    Index most = 1;
    for (const LockStart& start : program_.starts) most = std::max(most, start.chain_count);
    line(fmt::format("#define PLACES {}  /* of each actor's queue */\n", sizes_.places));
    line(fmt::format("{} done[{}];   /* steps of the chain */", type_for(sizes_.operations), sizes_.chains));
    line(fmt::format("bool waits[{}];  /* its call has arrived and is not inside */", sizes_.chains));
    line(fmt::format("{} inside[{}]; /* the key of the calls inside the actor; 0: none */", type_for(sizes_.keys),
                     sizes_.actors));
    line(fmt::format("{} depth[{}];  /* calls inside */", type_for(sizes_.depth), sizes_.actors));
    line(fmt::format("{} waiting[{}];", type_for(sizes_.places), sizes_.actors));
    line(fmt::format("{} who[{}];    /* by actor and place: the chain */", type_for(sizes_.chains), queues));
    line(fmt::format("{} keys[{}];   /* and its key */", type_for(sizes_.keys), queues));
    if (counts_) {
      line(fmt::format("{} started[{}]; /* chains */", type_for(most), program_.starts.size()));
      line(fmt::format("{} ended[{}];", type_for(most), program_.starts.size()));
    }
    line("hidden int p;");
    if (program_.shares_keys) line("hidden int at;");
    line("");
  }

  void write_arrive() {
    out_ << "inline arrive(c, a, k) {\n"
            "  done[c]++;\n"
            "  if\n"
            "  :: inside[a] == 0 || inside[a] == k -> inside[a] = k; depth[a]++\n"
            "  :: else ->\n"
            "    waits[c] = true;\n";
    if (program_.shares_keys) {
      out_ << "    at = waiting[a];\n"
              "    /* behind those of the same key, who get in together */\n"
              "    p = 0;\n"
              "    do\n"
              "    :: p == waiting[a] -> break\n"
              "    :: p < waiting[a] && keys[a * PLACES + p] == k -> p++; at = p\n"
              "    :: else -> p++\n"
              "    od;\n"
              "    do\n"
              "    :: p == at -> break\n"
              "    :: else ->\n"
              "      who[a * PLACES + p] = who[a * PLACES + p - 1];\n"
              "      keys[a * PLACES + p] = keys[a * PLACES + p - 1];\n"
              "      p--\n"
              "    od;\n"
              "    who[a * PLACES + at] = c;\n"
              "    keys[a * PLACES + at] = k;\n";
    } else {
      out_ << "    who[a * PLACES + waiting[a]] = c;\n"
              "    keys[a * PLACES + waiting[a]] = k;\n";
    }
    out_ << "    waiting[a]++\n"
            "  fi\n"
            "}\n\n";
  }

  void write_leave() {
    out_ << "inline let_in(a) {\n"
            "  inside[a] = keys[a * PLACES];\n"
            "  depth[a]++;\n"
            "  waits[who[a * PLACES]] = false;\n"
            "  waiting[a]--;\n"
            "  p = 0;\n"
            "  do\n"
            "  :: p == waiting[a] -> break\n"
            "  :: else ->\n"
            "    who[a * PLACES + p] = who[a * PLACES + p + 1];\n"
            "    keys[a * PLACES + p] = keys[a * PLACES + p + 1];\n"
            "    p++\n"
            "  od;\n"
            "  who[a * PLACES + p] = 0;\n"
            "  keys[a * PLACES + p] = 0\n"
            "}\n\n"
            "inline leave(c, a) {\n"
            "  done[c]++;\n"
            "  depth[a]--;\n"
            "  if\n"
            "  :: depth[a] == 0 ->\n"
            "    inside[a] = 0;\n";
    if (program_.shares_keys) {
      out_ << "    do\n"
              "    :: waiting[a] > 0 && (inside[a] == 0 || inside[a] == keys[a * PLACES]) -> let_in(a)\n"
              "    :: else -> break\n"
              "    od\n";
    } else {
      out_ << "    if\n"
              "    :: waiting[a] > 0 -> let_in(a)\n"
              "    :: else -> skip\n"
              "    fi\n";
    }
    out_ << "  :: else -> skip\n"
            "  fi\n"
            "}\n\n";
  }

  void write_rule(const LockModelRule& rule) {
    const LockOperation& operation = *rule.operation;
    out_ << fmt::format("  :: d_step {{ done[{}] == {}", rule.chain, rule.position);
    if (rule.position > 0) out_ << fmt::format(" && !waits[{}]", rule.chain);
    if (rule.after != kNone)
      out_ << fmt::format(" && ended[{}] == {}", rule.after, program_.starts[rule.after].chain_count);
    if (rule.clients > 0) {
      out_ << fmt::format(" && started[{0}] == {1} && {1} < ended[{0}] + {2}", rule.start, rule.number, rule.clients);
    }
    if (operation.kind == LockOperation::Kind::acquire) {
      out_ << fmt::format(" -> arrive({}, {}, {})", rule.chain, operation.actor, operation.key);
    } else {
      out_ << fmt::format(" -> leave({}, {})", rule.chain, operation.actor);
    }
    if (counts_ && rule.is_first) out_ << fmt::format("; started[{}]++", rule.start);
    if (counts_ && rule.is_last) out_ << fmt::format("; ended[{}]++", rule.start);
    line(fmt::format("; {}(\"{}\\n\") }}", kTell, rule.name));
  }

  // Who stands still at the end is not stuck.
  void write_end() {
    out_ << "  :: d_step { ";
    for (Index chain = 0; chain < sizes_.chains; ++chain) {
      const std::size_t end = program_.chains[chain].operations.size();
      out_ << fmt::format("{}done[{}] == {}", chain == 0 ? "" : chain % 8 == 0 ? " &&\n    " : " && ", chain, end);
    }
    line(" -> skip }  /* all chains have ended */");
  }

  std::ostream& out_;
  const LockProgram& program_;
  const LockModelSizes sizes_;
  const bool counts_;
};

}  // namespace

void write_promela(std::ostream& out, const LockProgram& program, const std::string& title) {
  Promela(out, program).write(title);
}

}  // namespace actorsim
