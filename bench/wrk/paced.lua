-- So many reports a second, whatever the answers take. One in eight that is acknowledged is written
-- down with the moment at which it was, by the clock that Python calls monotonic.
local ffi = require("ffi")
ffi.cdef[[
  typedef struct { long seconds; long nanoseconds; } moment;
  int clock_gettime(int clock, moment *now);
]]
local WATCHED, ACCOUNTS, AUTHORS, NEWS, HOT = 8, 5000, 1000, 50, 5
local MONOTONIC = 1
local read = ffi.new("moment")
local key, rate = os.getenv("KEY"), tonumber(os.getenv("RATE"))
local run, number, slot, acknowledged = os.getenv("RUN"), 0, 0, 0
local begun, told

local function now()
  ffi.C.clock_gettime(MONOTONIC, read)
  return tonumber(read.seconds) + tonumber(read.nanoseconds) / 1e9
end

function init()
  begun = now() + 0.2
  told = io.open(os.getenv("TOLD"), "w")
  told:setvbuf("line")
end

function delay()
  slot = slot + 1
  return math.max(0, math.floor((begun + slot / rate - now()) * 1000))
end

function request()
  number = number + 1
  local ref = "post-" .. run .. "-" .. number
  if number % HOT == 0 then ref = "news-" .. (number % NEWS) end
  local body = '{"subject":{"kind":"content","ref":"' .. ref ..
    '","snapshot":"你就是个废物，活着浪费粮食。","account":"author-' .. (number % AUTHORS) ..
    '"},"category":"abuse","statement":"他在评论里这样骂我，这是第 ' .. (number % 97) ..
    ' 次，请处理。","reporter_account":"user-' .. (number % ACCOUNTS) .. '"}'
  return wrk.format("POST", nil, {
    ["Authorization"] = "Bearer " .. key, ["Content-Type"] = "application/json",
  }, body)
end

function response(status, _, body)
  if status ~= 201 then return end
  acknowledged = acknowledged + 1
  if acknowledged % WATCHED == 0 then
    local _, last = body:find('"report":"', 1, true)
    told:write(body:sub(last + 1, last + 36), " ", string.format("%.6f", now()), "\n")
  end
end
