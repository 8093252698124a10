// As printed, but for what README.md lists.
namespace Awaitbench.Seed;

  public class HttpPingTest {
      public static HttpClient s_client = new HttpClient();

      public static void Main() {
          Stopwatch chrono = Stopwatch.StartNew();
          // No need for boiler plate, just block this thread after it has scheduled all the child tasks
          var times = parallel_http_ping_sites().Result;
          Console.WriteLine("Real time : {0}\nTime per site : {1}\nTotal time : {2}",
              chrono.Elapsed,
              String.Join(", ", times.Select(kv => kv.Key + ":" + kv.Value.ToString())),
              times.Aggregate(new TimeSpan(), (acc, kv) => acc + kv.Value) );
      }

      public static async Task<IDictionary<String, TimeSpan>> parallel_http_ping_sites () {
          var t1 = sequentially_http_ping_sites(Restored.Hosts[0], Restored.Hosts[1]);
          var t2 = sequentially_http_ping_sites(Restored.Hosts[2], Restored.Hosts[3]);
          // here the main thread will wait for all pings to finish
          var all = await Task.WhenAll(t1, t2);
          return all.SelectMany(times => times).ToDictionary(kv=>kv.Key, kv=>kv.Value);
      }

      public static async Task<IDictionary<String, TimeSpan>> sequentially_http_ping_sites (params string[] hosts) {
          var times = new Dictionary<String, TimeSpan>();
          Stopwatch chrono = Stopwatch.StartNew();
          foreach(var host in hosts) {
              await single_site_http_ping(host);
              times[host] = chrono.Elapsed;
          }
          return times;
      }

      public static async Task single_site_http_ping (string host) {
          var request = new HttpRequestMessage(HttpMethod.Head, $"http://{host}");
          var response = await s_client.SendAsync(request);
          var str = await response.Content.ReadAsStringAsync();
      }
  } // HttpPingTest
