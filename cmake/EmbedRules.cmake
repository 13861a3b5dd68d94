# Writes Checks.def and the pages of the checks into one C++ source, so that
# concord-sarif is a single file. Run as a script:
# cmake -DCHECKS=Checks.def -DPAGES=docs/checks -DOUTPUT=x.cpp -P this
set(content "// Generated from checks/Checks.def and docs/checks/*.md.\n
#include \"Rules.h\"\n
namespace concord {\n
static constexpr Rule Rules[] = {\n")
file(STRINGS ${CHECKS} entries REGEX "^CONCORD_CHECK\\(")
set(tier_gate Gate)
set(tier_review Review)
set(tier_advice Advice)
foreach(entry IN LISTS entries)
  string(REGEX MATCH "^CONCORD_CHECK\\([A-Za-z0-9]+, \"([a-z-]+)\", ([a-z]+), ([a-z]+), \"([a-z-]+)\"" matched "${entry}")
  set(name ${CMAKE_MATCH_1})
  set(fields "\"concord-${name}\", \"${CMAKE_MATCH_2}\", Tier::${tier_${CMAKE_MATCH_3}}, \"${CMAKE_MATCH_4}\"")
  file(READ ${PAGES}/${name}.md page)
  if(page MATCHES "\\)page\"")
    message(FATAL_ERROR "${name}.md contains )page\", which ends a raw string")
  endif()
  string(APPEND content "{${fields}, R\"page(${page})page\"},\n")
endforeach()
string(APPEND content "};\n
llvm::ArrayRef<Rule> allRules() { return Rules; }\n
} // namespace concord\n")
file(WRITE ${OUTPUT} "${content}")
