// Every code that a diagnostic can have. Codes are part of the JSON report and of `explain`: they are added, not
// changed.
#include "actorsim/base/diagnostic.h"

namespace actorsim {

const std::vector<DiagnosticCode>& diagnostic_codes() {
  static const std::vector<DiagnosticCode> codes{
      // the text
      {"not-utf8",
       "The file holds bytes that are not UTF-8. Scenarios are UTF-8 texts, with or without a byte order mark."},
      {"control-character",
       "A control character other than tab and line end stands in the file. Write it as an escape sequence inside "
       "double quotes."},
      {"too-large", "A file, a number or a nesting is beyond a stated bound."},
      {"too-deep", "Lists and mappings are nested more than 100 deep."},
      {"empty-file", "The file holds nothing but comments and blanks."},
      {"yaml-syntax",
       "The text is not YAML. Most often an indentation is off, a bracket or a quote is not closed, or a text with ': "
       "' in it is not quoted."},
      {"yaml-feature",
       "Tags, anchors, aliases, merge keys, directives and keys that are no texts are YAML, but not part of the "
       "format: a scenario reads the same everywhere."},
      {"second-document",
       "Something follows the end of the document. A file holds one document; several scenarios of a file are listed "
       "under 'scenarios:'."},
      {"duplicate-key",
       "A mapping says the same key twice. One of them would have to be ignored, and nothing is ignored silently."},
      // shapes and words
      {"not-a-scenario",
       "The key 'actorsim' is missing at the top of the file: it says which version of the format the file is written "
       "in."},
      {"unknown-version", "The file is written in a version of the format that this program does not know."},
      {"unknown-key", "A key means nothing where it stands."},
      {"missing-key", "A key that is needed is missing."},
      {"wrong-shape", "A list, a mapping or a single value stands where one of the others is needed."},
      {"wrong-type",
       "A value has the wrong type: only true and false are booleans, only decimal integers are numbers, and what is "
       "quoted is a text."},
      {"unknown-word", "A word is none of those that are known in this place."},
      {"bad-number", "A number is not written as a decimal integer (12, 1_000, 1e6), or is out of its bounds."},
      {"bad-duration", "A duration is not written as in Go (250ms, 1.5s, 1h30m), or is out of its bounds."},
      {"bad-name", "A type, a method or a variable has a name that it cannot have."},
      {"unknown-release", "There is no such Dapr release, or it is not known to this program."},
      {"bad-override", "An override names nothing that can be set, or gives it a value that it cannot have."},
      // small languages
      {"chain-syntax", "A chain is not written as 'A -> B.m ~> (C & D)'."},
      {"target-syntax", "A target is not written as 'Type/id.method'."},
      {"expression-syntax", "An integer expression or a variable in a text is not written as '$name' or '$(i % 100)'."},
      {"unknown-variable", "No variable of this name is known here."},
      // the whole
      {"nothing-starts", "A scenario has neither 'start' nor 'chains', or they are empty: nothing would happen."},
      {"unknown-type",
       "A call names an actor type that stands neither in 'actors' nor in 'chains'. Somebody else's type is written "
       "'Name: {}'."},
      {"unknown-method", "A call names a method that its type does not have."},
      {"missing-method", "A call leaves its method out, and its type has several or none."},
      {"unknown-label", "A label in 'after' or in 'expect' is that of no call."},
      {"ambiguous-label",
       "A label in 'after' is that of several triggers, or 'never', 'possible' or 'always' names a call by its arrival "
       "(label#3), which differs between the orders that they speak of."},
      {"after-cycle", "Triggers wait for each other with 'after': none of them can ever start."},
      {"duplicate-name", "A name is given twice where it must be unique."},
      {"too-many-steps", "By its own text a program takes more steps than can be run (1,000,000,000)."},
      {"unused-method", "No step and no trigger of the file calls a method that 'actors' describes."},
      {"unreachable-method", "A method is called, but only by methods that are never called themselves."},
      {"unknown-axis", "'matrix', 'exclude' or 'when' names an axis that is none, or that the matrix does not have."},
      {"empty-matrix",
       "A matrix has no axis, an axis has no value, or every combination is excluded: no case is left."},
      {"never-matches",
       "A 'when' or an 'exclude' is like no case of the matrix, or comes too late: it can never count."},
      {"nothing-expected", "Nothing is checked in a case, although the file has an 'expect'."},
      {"unknown-entity",
       "The settings speak of an actor type that the scenario does not have; probably it is misspelt."},
      // what is probably not meant (warnings)
      // what a release makes of its settings (warnings)
      {"gate-closed",
       "Up to Dapr 1.6 reentrancy needs the feature Actor.Reentrancy as well as 'reentrancy: {enabled: true}', and the "
       "feature is not on."},
      {"gate-without-effect", "Since Dapr 1.7 the feature Actor.Reentrancy is accepted and ignored."},
      {"reentrancy-lost",
       "An entry of 'entitiesConfig' replaces the settings at the top and inherits nothing from them: a type that is "
       "named there without 'reentrancy' has it off, although it is on at the top."},
      {"setting-ignored", "This release does not know the setting, and ignores it."},
      {"entity-not-hosted",
       "'entitiesConfig' names a type that 'entities' does not list. Dapr drops such an entry; it does not make the "
       "type hosted."},
      {"bad-duration-ignored", "The release takes its default where a duration of its settings cannot be read."},
      {"registration-fails",
       "From Dapr 1.15 on a duration at the top of the settings that cannot be read makes the registration of the "
       "sidecar's types fail: it hosts none, and says so only in its log."},
      // while it runs
      {"too-many-calls", "The scenario makes more calls than 'limits.calls' allows (100,000,000 if it says nothing)."},
      {"endless-calls", "Calls are nested or sent out of each other more than 100,000 deep: they would never end."},
      {"endless-events",
       "More than 1,000,000 events were caused for each call from outside without time moving, or deactivations cause "
       "each other without end."},
      {"endless-time", "Virtual time would go beyond what 64 bits of nanoseconds can say: about 292 years."},
      {"endless-timer", "A timer or a reminder fires without end, and nothing says when to stop looking."},
      {"endless-loop", "A handler goes round and round without anything happening."},
      {"no-caller", "'caller' names the actor that made the running call, but a client made it."},
      {"unbounded",
       "Not all orders can be explored: something happens without end, or there are far too many calls. Say how often "
       "a "
       "timer or a reminder fires (count), or make loads smaller."},
      {"bad-expression", "An expression divides by zero, or its value is beyond 64 bits."},
      // what else is made of it
      {"not-exportable",
       "A model checker is given calls that wait for their answers, one after another. This scenario does more than "
       "that, or its lock does."},
      // files and the command line
      {"usage", "The command line says something that actorsim does not understand."},
      {"toml-syntax", "The file of options, actorsim.toml, is not TOML."},
      {"bad-schedule",
       "A schedule (--schedule) cannot be read. Its steps are separated by dots, as in t1.t2.t1/2.t3#5.d: t1 is a step "
       "of what the first entry of 'chains' and 'start' began (the chains come first), t1/2 the second of the steps "
       "that it could take, t3#5 a step of the fifth call of a load, and d a deadline."},
      {"schedule-does-not-fit",
       "A step of a schedule cannot be done where the schedule has it. A schedule belongs to one scenario, one release "
       "and one configuration; where one of them has changed, the scenario must be explored again."},
      {"no-such-file", "A path or a pattern on the command line leads to no file."},
      {"path-outside",
       "A scenario names a file outside the folder that it may read: the folder that was given on the command line, or "
       "else the scenario's own. Links are followed before that is judged."},
      {"cannot-read", "A file cannot be read, or is something that scenarios are not read from: a pipe, a device."},
      {"cannot-write", "A report or a model cannot be written to the file that was named."},
      {"nothing-selected", "A folder holds no scenario: no YAML or JSON file with 'actorsim:' at its top."},
  };
  return codes;
}

}  // namespace actorsim
