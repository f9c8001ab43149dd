// Which actor types a scenario has, and which methods. Internal to scenario/.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "actorsim/scenario/scenario.h"

namespace actorsim {

class NameTable {
 public:
  struct Type {
    const ActorType* actor = nullptr;  ///< null: it stands in chains only
    std::vector<std::string> methods;  ///< of `actor`; a hop's method belongs to its hop and cannot be called
  };

  explicit NameTable(const Scenario& scenario);

  /// Null: there is no such type.
  const Type* find(std::string_view type) const;

  std::vector<std::string> type_names() const;
  std::vector<std::string> all_methods() const;
  bool has_open_type() const { return has_open_type_; }  ///< one whose methods nobody knows, such as `External: {}`

  /// The method that a target means if it leaves it out.
  std::optional<std::string> only_method(std::string_view type) const;

 private:
  std::map<std::string, Type, std::less<>> types_;
  bool has_open_type_ = false;
};

/// The label of calls of `target` where it has no `as`: `Type/id.method`, as reports write it. Nothing where it is
/// known only while the scenario runs, or leads nowhere.
std::optional<std::string> label_of(const Target& target, const NameTable& names);

/// Rewrites labels in `expect` and `after` that are targets as their full names: `Order.place` as `Order/1.place`.
void normalise_labels(Scenario& scenario);

}  // namespace actorsim
