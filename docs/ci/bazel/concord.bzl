"""Concord as an aspect of Bazel: looks at each source of C and C++ targets.

Copy this folder into your workspace as tools/concord, the configuration
.clang-tidy to its top, and ask for the findings:

    bazel build --aspects=//tools/concord:concord.bzl%concord \\
        --output_groups=concord //...

A finding that WarningsAsErrors names fails the build, and so does a plugin that is
not at work. For reports:

    concord-sarif $(find -L bazel-bin -name '*.concord.yaml')
"""

load("@bazel_tools//tools/build_defs/cc:action_names.bzl", "ACTION_NAMES")
load("@bazel_tools//tools/cpp:toolchain_utils.bzl", "find_cpp_toolchain")

_C = ["c"]
_CPP = ["cc", "cpp", "cxx", "c++", "C"]

# What only gcc understands.
_DROPPED = ["-fno-canonical-system-headers"]

def _flags(ctx, context, is_c):
    """The flags that the toolchain and the rule give to the compiler."""
    toolchain = find_cpp_toolchain(ctx)
    features = cc_common.configure_features(
        ctx = ctx,
        cc_toolchain = toolchain,
        requested_features = ctx.features,
        unsupported_features = ctx.disabled_features,
    )
    cpp = ctx.fragments.cpp
    variables = cc_common.create_compile_variables(
        feature_configuration = features,
        cc_toolchain = toolchain,
        user_compile_flags = (cpp.copts + cpp.conlyopts if is_c else cpp.copts + cpp.cxxopts) +
                             getattr(ctx.rule.attr, "copts", []),
        include_directories = context.includes,
        quote_include_directories = context.quote_includes,
        system_include_directories = context.system_includes,
        preprocessor_defines = depset(transitive = [context.defines, context.local_defines]),
    )
    flags = cc_common.get_memory_inefficient_command_line(
        feature_configuration = features,
        action_name = ACTION_NAMES.c_compile if is_c else ACTION_NAMES.cpp_compile,
        variables = variables,
    )
    flags = [flag for flag in flags if flag not in _DROPPED] + ["-Wno-unknown-warning-option"]
    return flags, toolchain.all_files

def _concord_impl(target, ctx):
    if CcInfo not in target or not hasattr(ctx.rule.attr, "srcs"):
        return [OutputGroupInfo(concord = depset())]
    context = target[CcInfo].compilation_context
    outputs = []
    for source in [file for src in ctx.rule.attr.srcs for file in src.files.to_list()]:
        if source.extension not in _C + _CPP:
            continue
        flags, tools = _flags(ctx, context, source.extension in _C)
        fixes = ctx.actions.declare_file("_concord/%s/%s.concord.yaml" % (ctx.label.name, source.short_path))
        ctx.actions.run(
            executable = ctx.executable._tidy,
            arguments = [ctx.file._config.path, fixes.path, source.path, "--"] + flags,
            inputs = depset([source, ctx.file._config], transitive = [context.headers, tools]),
            outputs = [fixes],
            mnemonic = "Concord",
            progress_message = "Looking for concurrency mistakes in " + source.short_path,
            use_default_shell_env = True,
        )
        outputs.append(fixes)
    return [OutputGroupInfo(concord = depset(outputs))]

concord = aspect(
    implementation = _concord_impl,
    attr_aspects = ["deps"],
    attrs = {
        "_cc_toolchain": attr.label(default = "@bazel_tools//tools/cpp:current_cc_toolchain"),
        "_config": attr.label(default = "//:.clang-tidy", allow_single_file = True),
        "_tidy": attr.label(default = "//tools/concord:tidy", executable = True, cfg = "exec"),
    },
    fragments = ["cpp"],
    toolchains = ["@bazel_tools//tools/cpp:toolchain_type"],
)
