using Awaitbench;

return args switch
{
    ["socket", .. var chains] => await PingContract.ServeAsync(job => new PingSocket(job), chains),
    ["httpclient", .. var chains] => await PingContract.ServeAsync(job => new PingHttpClient(job), chains),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: dotnet ping.dll socket|httpclient [SITE,SITE… …]");
    return 2;
}
