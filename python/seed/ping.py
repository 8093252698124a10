# mypy: ignore-errors
# fmt: off
# Restored from the second seed, "Python (asyncio streams)". See README.md.
# As printed it runs on no supported Python; ping_today.py is the same with what that takes.
import asyncio
import time
from contextlib import contextmanager

def main():
  with stopwatch() as elapsed:
    loop = asyncio.get_event_loop()
    times = loop.run_until_complete(parallel_http_ping_sites())
  print("Real time: %f\nTime per site: %r\nTotal time: %f" 
        % (elapsed[0], times, sum(v for v in times.values())) )

async def parallel_http_ping_sites():
  f1 = sequentially_http_ping_sites('127.0.0.1', '127.0.0.2')
  f2 = sequentially_http_ping_sites('127.0.0.3', '127.0.0.4')
  done,pending = await asyncio.wait([f1, f2])

  times = {}
  for fut in done:
    times.update( fut.result() )
  return times

async def sequentially_http_ping_sites(*args):
  times = {}
  for arg in args:
    with stopwatch() as elapsed:
      await single_site_http_ping(arg)
    times[arg] = elapsed[0]
  return times

async def single_site_http_ping(host):
  reader,writer = await asyncio.open_connection(host, 80)
  http_head = 'HEAD / HTTP/1.0\r\nHost: %s\r\n\r\n' % host
  writer.write(http_head.encode())
  response = await reader.read()

@contextmanager
def stopwatch():
  result = [time.perf_counter()]
  yield result
  result[0] = time.perf_counter() - result[0] 

if __name__ == "__main__":
  main()
