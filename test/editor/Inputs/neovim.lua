-- Part of Concord, under the Apache License v2.0 with LLVM Exceptions.
-- SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
--
-- The session of a user, in Neovim with its own client: types a function, reads
-- the findings, takes the quick fix, saves. $SERVER, $SOURCE: what to run and
-- edit. Runs with Neovim 0.7 and later.

local typed = [[
  std::thread worker([&times] {
    std::printf("hello, %d\n", times);
  });
  worker.detach();]]

local function fail(...)
  io.stderr:write("error: ", table.concat(vim.tbl_map(vim.inspect, { ... }), " "), "\n")
  vim.cmd("cquit 1")
end

local function expect(condition, ...)
  if not condition then
    fail(...)
  end
end

local function codes()
  local found = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    local code = diagnostic.user_data.lsp.code
    if type(code) == "string" and vim.startswith(code, "concord-") then
      table.insert(found, code)
    end
  end
  table.sort(found)
  return found
end

local function wait_for(expected)
  local there = vim.wait(60000, function()
    return vim.deep_equal(codes(), expected)
  end, 20)
  expect(there, "expected", expected, "found", vim.diagnostic.get(0))
end

local function session()
  vim.opt.autoindent = false
  vim.opt.swapfile = false
  vim.cmd("edit " .. vim.fn.fnameescape(vim.env.SOURCE))
  local client = vim.lsp.start_client({
    name = "concord",
    cmd = { vim.env.SERVER },
    root_dir = vim.fn.fnamemodify(vim.env.SOURCE, ":h"),
  })
  expect(client and vim.lsp.buf_attach_client(0, client), "no client")

  -- A character at a time, at the end of the line before the last.
  vim.api.nvim_win_set_cursor(0, { vim.api.nvim_buf_line_count(0) - 1, 0 })
  vim.cmd("normal! o")
  for character in typed:gmatch(".") do
    vim.cmd(character == "\n" and "normal! o" or "normal! A" .. character)
    vim.wait(10)
  end
  wait_for({ "concord-detached-thread", "concord-escaping-capture" })
  vim.cmd("write")

  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    local lsp = diagnostic.user_data.lsp
    local name = lsp.code:gsub("^concord%-", "")
    local description = lsp.codeDescription
    if description then -- Neovim keeps it since 0.8.
      local page = vim.uri_to_fname(description.href)
      expect(vim.fn.filereadable(page) == 1 and page:find("/checks/" .. name, 1, true), page)
    end
    expect(not diagnostic.message:find("[", 1, true), diagnostic.message)
  end

  -- The user's menu.
  local capture = vim.tbl_filter(function(diagnostic)
    return diagnostic.user_data.lsp.code == "concord-escaping-capture"
  end, vim.diagnostic.get(0))[1]
  vim.api.nvim_win_set_cursor(0, { capture.lnum + 1, capture.col })
  vim.ui.select = function(items, options, choose)
    for _, item in ipairs(items) do
      local label = options.format_item(item)
      if label:find("remove '&'", 1, true) then
        return choose(item)
      end
    end
    fail("no quick fix", items)
  end
  vim.lsp.buf.code_action()
  expect(vim.wait(60000, function()
    return vim.fn.search("\\[times\\]", "nw") ~= 0
  end, 20), "not fixed", vim.api.nvim_buf_get_lines(0, 0, -1, false))
  wait_for({})
  vim.cmd("write")

  vim.lsp.stop_client(client)
  expect(vim.wait(30000, function()
    return vim.lsp.get_client_by_id(client) == nil
  end, 20), "the server does not stop")
end

local fine, message = xpcall(session, debug.traceback)
if not fine then
  fail(message)
end
vim.cmd("quit")
