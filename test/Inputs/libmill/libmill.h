// Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the tests need of libmill: names and signatures as documented.
#ifndef TEST_INPUTS_LIBMILL_LIBMILL
#define TEST_INPUTS_LIBMILL_LIBMILL
#include <stddef.h>

struct mill_chan_;
typedef struct mill_chan_ *chan;
chan mill_chmake_(size_t sz, size_t bufsz, const char *created);
void *mill_chs_(chan ch, size_t sz, const char *current);
void *mill_chr_(chan ch, size_t sz, const char *current);
void mill_chclose_(chan ch, const char *current);

#define mill_string_(x) #x
#define chmake(type, bufsz) mill_chmake_(sizeof(type), bufsz, __FILE__)
#define chclose(ch) mill_chclose_(ch, __FILE__)

#endif
