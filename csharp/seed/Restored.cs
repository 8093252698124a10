namespace Awaitbench.Seed;

/// <summary>What the restored programs are given in place of what was lost, or must not be waited for.</summary>
internal static class Restored
{
    /// <summary>The time that they wait by and measure.</summary>
    public static TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>The four sites of the ping program: two chains of two.</summary>
    public static string[] Hosts { get; set; } = ["127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4"];
}
