# mypy: ignore-errors
# fmt: off
# Restored from the second seed, "Dummy event loop implementation using yield from". See README.md.

def main():
  tasks = [ outer_async(1), another_outer_async(2) ]
  # run the 2 tasks asynchronously and return once all done
  dummy_event_loop(tasks)

def dummy_event_loop(tasks):
  futures = [ next(t) for t in tasks ]
  actives = [ True for t in tasks ]
  indexes = range( len(tasks) )

  # the event loop iterates until all tasks have raised a StopIteration
  while any(actives):
    print("----- event loop iteration ------")

    for active,task,future,index in zip(actives,tasks,futures,indexes):
      if not active: continue
      # to make things simple, futures return immediately
      res = future.wait()
      try: futures[index] = task.send(res)
      except StopIteration: actives[index] = False

def outer_async(wid):
  print("start outer_async", wid)
  res = yield from inner_async(wid)
  print("end outer_async %r : %s" % (wid,res))

def another_outer_async(wid):
  print("start another outer_async", wid)
  res = yield from inner_async(wid)
  print("middle another outer_async %r : %r" % (wid,res))
  res += yield from inner_async(wid)
  print("end another outer_async %r : %r" % (wid,res))

def inner_async(wid):
  print("start inner", wid)
  res1 = yield DummyIOFuture()
  print("middle inner %r: %s" % (wid,res1))
  res2 = yield DummyIOFuture()
  print("end inner %r: %s" % (wid,res2))
  return [res1, res2]

class DummyIOFuture:
  _count = 0
  def wait(self):
    DummyIOFuture._count += 1
    return "some io %d" % DummyIOFuture._count

if __name__ == "__main__":
  main()
