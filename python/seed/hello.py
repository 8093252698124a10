# mypy: ignore-errors
# fmt: off
# Restored from the first seed, "Implementation of await in Python", Example. See README.md.
import asyncio

async def do_work():
    print("Working...")
    await asyncio.sleep(2)  # Non-blocking delay
    print("Done!")

async def main():
    print("Start")
    await do_work()
    print("End")

if __name__ == "__main__":
    asyncio.run(main())
