-- wrk … -s replay.lua URL -- FILE: sends each line of a file once; a line is a path, a token and a body, tab-separated.
local requests, place = {}, 0

function init(arguments)
  for line in io.lines(arguments[1]) do
    local path, token, body = line:match("^(.-)\t(.-)\t(.*)$")
    local headers = { ["authorization"] = "Bearer " .. token, ["content-type"] = "application/json" }
    requests[#requests + 1] = wrk.format("POST", path, headers, body)
  end
end

function request()
  place = place % #requests + 1
  return requests[place]
end

function done(summary)
  io.write(string.format("answers %d, status errors %d\n", summary.requests, summary.errors.status))
end
