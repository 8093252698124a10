using Awaitbench;

return args switch
{
    ["socket", .. var chains] => await PingContract.ServeAsync((job, recording) => new PingSocket(job, recording), chains),
    ["httpclient", .. var chains] => await PingContract.ServeAsync((job, recording) => new PingHttpClient(job, recording), chains),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: dotnet ping.dll socket|httpclient [SITE,SITE… …]");
    return 2;
}
