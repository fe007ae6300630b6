-- One report a request, each of another post, by five thousand accounts of the operator's app.
local key, n = os.getenv("KEY"), 0
math.randomseed(os.time())
local run = math.random(1, 1e9)

function request()
  n = n + 1
  local body = '{"subject":{"kind":"content","ref":"post-' .. run .. '-' .. n ..
    '","snapshot":"你就是个废物，活着浪费粮食。","account":"author-' .. (n % 1000) ..
    '"},"category":"abuse","statement":"他在评论里这样骂我，请处理。","reporter_account":"user-' ..
    (n % 5000) .. '"}'
  return wrk.format("POST", nil, {
    ["Authorization"] = "Bearer " .. key, ["Content-Type"] = "application/json",
  }, body)
end
