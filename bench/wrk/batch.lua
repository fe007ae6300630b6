-- Five hundred reports a request, a line each.
local key, n = os.getenv("KEY"), 0
math.randomseed(os.time())
local run = math.random(1, 1e9)

function request()
  local lines = {}
  for i = 1, 500 do
    n = n + 1
    lines[i] = '{"subject":{"kind":"content","ref":"post-' .. run .. '-' .. n ..
      '","snapshot":"你就是个废物，活着浪费粮食。","account":"author-' .. (n % 1000) ..
      '"},"category":"abuse","statement":"他在评论里这样骂我，请处理。","reporter_account":"user-' ..
      (n % 5000) .. '"}'
  end
  return wrk.format("POST", nil, {
    ["Authorization"] = "Bearer " .. key, ["Content-Type"] = "application/x-ndjson",
  }, table.concat(lines, "\n"))
end
