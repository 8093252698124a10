using System.Security.Cryptography;
using System.Text;

namespace Awaitbench.Probes;

// probe: dummy-loop-transcript
/// <summary>The survey's event loop of generators, in async methods over a custom awaiter.</summary>
internal static class DummyLoop
{
    public static void DummyLoopTranscript(Observations seen)
    {
        string[] lines = Capture.Printed(() => Loop([() => OuterAsync(1), () => AnotherOuterAsync(2)]));
        seen.Fact("lines", lines);
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
        seen.Fact("sha256", Convert.ToHexStringLower(SHA256.HashData(text)));
    }

    private static void Loop(Func<Task>[] starts)
    {
        var tasks = new Task[starts.Length];
        var futures = new DummyIOFuture[starts.Length];
        for (int i = 0; i < starts.Length; i++)
        {
            tasks[i] = starts[i]();
            futures[i] = DummyIOFuture.Newest!;
        }
        while (tasks.Any(task => !task.IsCompleted))
        {
            Console.WriteLine("----- event loop iteration ------");
            for (int i = 0; i < tasks.Length; i++)
            {
                if (!tasks[i].IsCompleted)
                {
                    futures[i].Send(DummyIOFuture.Wait());
                    futures[i] = DummyIOFuture.Newest!;
                }
            }
        }
    }

    private static async Task OuterAsync(int wid)
    {
        Console.WriteLine($"start outer_async {wid}");
        List<string> res = await InnerAsync(wid);
        Console.WriteLine($"end outer_async {wid} : {Repr(res)}");
    }

    private static async Task AnotherOuterAsync(int wid)
    {
        Console.WriteLine($"start another outer_async {wid}");
        List<string> res = await InnerAsync(wid);
        Console.WriteLine($"middle another outer_async {wid} : {Repr(res)}");
        res.AddRange(await InnerAsync(wid));
        Console.WriteLine($"end another outer_async {wid} : {Repr(res)}");
    }

    private static async Task<List<string>> InnerAsync(int wid)
    {
        Console.WriteLine($"start inner {wid}");
        string res1 = await new DummyIOFuture();
        Console.WriteLine($"middle inner {wid}: {res1}");
        string res2 = await new DummyIOFuture();
        Console.WriteLine($"end inner {wid}: {res2}");
        return [res1, res2];
    }

    /// <summary>A list as Python prints it, so that all languages give the same transcript.</summary>
    private static string Repr(List<string> values) => $"[{string.Join(", ", values.Select(value => $"'{value}'"))}]";
}
