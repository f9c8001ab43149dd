// actorsim as a library: everything public, in one header. lib/README.md has a worked example.
//
// The way through it: load_scenario_file() makes typed scenarios of a text, compile() a program of a scenario,
// run_plainly() a run of a program, explore() looks at all orders of its steps, replay() at one of them,
// check_expectations() and check_all_orders() hold the outcome against what the scenario expects, diagnose() says why,
// and write_report() writes it down. BlockingLock is one actor's lock for your own threads, ActorLock the same as a
// value.
//
// WHAT IS STABLE. The header to include is this one; which others it is made of may change. A version x.y.z follows
// Semantic Versioning: what compiles with 1.y.z compiles with every later 1.*. Until 1.0 a new *minor* version may
// change the names here, and find_package(actorsim 0.1) accepts 0.1.z only. Within that: functions stay; structs and
// enums may grow, so name the members that you set, and expect words that you do not know. Excepted are the insides of
// Scenario, Program and LockTable: what a scenario and a program are made of changes with the format and with Dapr's
// releases. Hand them on, do not take them apart. Headers that are not installed promise nothing.
// There is no inline namespace and no promise for binaries: compile anew with every version. A shared library has a
// name of its own for each minor version, and version() tells at run time what ACTORSIM_VERSION tells the compiler.
//
// WHAT IS TOLD HOW. Bad input is a value: tl::expected with Diagnostics, each with a code, a place and a hint, which
// render() puts into words. What can happen to a call or to a scenario is an enum. A bound that was reached stands in
// the result (Exploration::end). Two exceptions can come out: InternalError, a bug in actorsim, and std::bad_alloc.
//
// THREADS. No global state that changes. Functions may be called from any number of threads with arguments of their
// own. A value that does not change may be read by all: a Program, a ScenarioFile, a Run, an Exploration. explore()
// may start ExploreOptions::threads - 1 threads, which the system must be able to give and which have ended when it
// returns; on_progress is called by the thread that explores, clock by any of them at any time. BlockingLock and
// FreshIds are thread-safe, all else is not.
//
// THE WORLD. The library opens no file, prints nothing, and reads no clock, environment or random device. Files that
// a scenario names come through LoadOptions::read_file, time limits need ExploreOptions::clock. The same input gives
// the same bytes on every machine. Input may be hostile: it is bounded, and shown with everything escaped that could
// control a terminal.
#pragma once

#include "actorsim/base/check.h"
#include "actorsim/base/diagnostic.h"
#include "actorsim/base/outcome.h"
#include "actorsim/base/release.h"
#include "actorsim/base/version.h"
#include "actorsim/base/virtual_time.h"
#include "actorsim/explore/expectations.h"
#include "actorsim/explore/exploration.h"
#include "actorsim/explore/quantified.h"
#include "actorsim/explore/run.h"
#include "actorsim/explore/sample.h"
#include "actorsim/explore/schedule.h"
#include "actorsim/lock/actor_lock.h"
#include "actorsim/lock/blocking_lock.h"
#include "actorsim/lock/lock_rules.h"
#include "actorsim/model/compile.h"
#include "actorsim/report/diagnosis/diagnosis.h"
#include "actorsim/report/format.h"
#include "actorsim/report/json/json.h"
#include "actorsim/report/report.h"
#include "actorsim/scenario/file_reader.h"
#include "actorsim/scenario/loader.h"
#include "actorsim/scenario/schema.h"
