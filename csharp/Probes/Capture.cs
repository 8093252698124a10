namespace Awaitbench.Probes;

/// <summary>Turns what code prints or throws into values.</summary>
internal static class Capture
{
    /// <summary>The lines that an action prints.</summary>
    public static string[] Printed(Action action)
    {
        TextWriter before = Console.Out;
        using var printed = new StringWriter();
        Console.SetOut(printed);
        try
        {
            action();
        }
        finally
        {
            Console.SetOut(before);
        }
        return printed.ToString().Split('\n')[..^1];
    }

    /// <summary>The exception that an action throws; null if none.</summary>
    public static Exception? Thrown(Action action)
    {
#pragma warning disable CA1031 // whatever comes is the observation
        try
        {
            action();
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
#pragma warning restore CA1031
    }

    /// <summary>The name of the type of the exception that an action throws, or <c>none</c>.</summary>
    public static string ThrownName(Action action) => Thrown(action)?.GetType().Name ?? "none";

    /// <summary>Waits for a task as <c>await</c> would, without wrapping its exception.</summary>
    public static string ThrownName(Task task) => ThrownName(() => task.GetAwaiter().GetResult());
}
