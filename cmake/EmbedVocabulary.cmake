# Writes the vocabulary files into one C++ source, so that the plugin is a single
# file. Run as a script: cmake -DFILES=a.yaml;b.yaml -DOUTPUT=x.cpp -P this
set(content "// Generated from checks/vocabulary/libraries/*.yaml.\n
#include \"vocabulary/Library.h\"\n
namespace clang::tidy::concord {\n
static constexpr EmbeddedLibrary Embedded[] = {\n")
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME)
  file(READ ${file} text)
  if(text MATCHES "\\)yaml\"")
    message(FATAL_ERROR "${file} contains )yaml\", which ends a raw string")
  endif()
  string(APPEND content "{\"${name}\", R\"yaml(${text})yaml\"},\n")
endforeach()
string(APPEND content "};\n
llvm::ArrayRef<EmbeddedLibrary> embeddedLibraries() { return Embedded; }\n
} // namespace clang::tidy::concord\n")
file(WRITE ${OUTPUT} "${content}")
