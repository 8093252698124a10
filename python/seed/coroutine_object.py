# mypy: ignore-errors
# fmt: off
# Restored from the first seed, "How Python Executes await (Coroutine-based)". See README.md.
import asyncio

async def async_function():
    print("Step 1")
    await asyncio.sleep(1)  # Suspends execution
    print("Step 2")

def main():
    coro = async_function()
    print(coro)  # <coroutine object async_function at 0x...>

    # Manually drive coroutine execution
    loop = asyncio.get_event_loop()
    loop.run_until_complete(coro)  # Runs coroutine to completion

if __name__ == "__main__":
    main()
