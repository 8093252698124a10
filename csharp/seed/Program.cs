// As printed, but for what README.md lists.
namespace Awaitbench.Seed;

class Program
{
    internal static async Task Main()
    {
        Console.WriteLine("Start");
        await DoWorkAsync();
        Console.WriteLine("End");
    }

    static async Task DoWorkAsync()
    {
        Console.WriteLine("Working...");
        await Task.Delay(TimeSpan.FromSeconds(2), Restored.Clock);  // Non-blocking delay
        Console.WriteLine("Done!");
    }
}
