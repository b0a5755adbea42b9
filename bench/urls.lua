-- For wrk: asks for the paths of a file (BENCH_URLS), one after the other, and says how many answers were no page.
local paths = {}
for line in io.lines(os.getenv("BENCH_URLS")) do
  table.insert(paths, line)
end

local at = 0

function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end

function done(summary, latency, _)
  local errors = summary.errors
  io.write(string.format(
    "RESULT\t%.0f\t%.2f\t%.2f\t%d\n",
    summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000,
    latency:percentile(99) / 1000,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout
  ))
end
