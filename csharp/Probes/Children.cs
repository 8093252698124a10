namespace Awaitbench.Probes;

/// <summary>What a probe runs in a process of its own.</summary>
internal static class Children
{
    public static int Run(string name) => name.Length;
}
