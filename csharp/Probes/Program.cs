using Awaitbench.Probes;

return args switch
{
    [] => await ProbeJob.ServeAsync(),
    ["child", var name] => Children.Run(name),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: probes, with a job on standard input");
    return 2;
}
