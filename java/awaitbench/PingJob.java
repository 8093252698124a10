package awaitbench;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What to do: {@code iterations} times, ping all chains at once and the sites of a chain in turn.
 *
 * @param connection what the header says: {@code close} or {@code keep-alive}
 */
record PingJob(int iterations, List<List<Site>> chains, String path, String connection, Duration timeout) {
    private static final long A_DAY_NS = Duration.ofDays(1).toNanos();

    boolean keepAlive() {
        return connection.equals("keep-alive");
    }

    /** How many pings an iteration has. */
    int pings() {
        return chains.stream().mapToInt(List::size).sum();
    }

    /** A chain as a program sees it: it makes a target of each site, one where a site comes again. */
    static <T> List<T> targets(List<Site> sites, Function<Site, T> make) {
        var made = new HashMap<Site, T>();
        return sites.stream().map(site -> made.computeIfAbsent(site, make)).toList();
    }

    /** Reads a job of the harness, strictly: every member due, each of its type, and no other. */
    static PingJob parse(RawJob raw) {
        Map<String, Object> params = raw.params();
        if (raw.family().equals("ping")
                && params.size() == 4
                && params.get("chains") instanceof List<?> chains
                && params.get("path") instanceof String path
                && path.startsWith("/")
                && params.get("connection") instanceof String connection
                && (connection.equals("close") || connection.equals("keep-alive"))
                && params.get("timeout_ns") instanceof Long timeoutNs
                && timeoutNs > 0
                && timeoutNs <= A_DAY_NS) {
            return new PingJob(raw.iterations(), parseChains(chains), path, connection, Duration.ofNanos(timeoutNs));
        }
        throw new BadJob("This program does jobs of the family ping with iterations and, in params, chains, path,"
                + " connection and timeout_ns; this one differs.");
    }

    /** The job that a person gives: a chain an argument, its sites behind commas. */
    static PingJob ofPerson(String[] chains) {
        List<List<String>> names = List.of(chains).stream().map(chain -> List.of(chain.split(","))).toList();
        return new PingJob(1, parseChains(names), "/", "close", Duration.ofSeconds(5));
    }

    /** Reads chains of site names, at least one site in each. */
    private static List<List<Site>> parseChains(List<?> chains) {
        if (chains.isEmpty() || !chains.stream().allMatch(sites -> sites instanceof List<?> list && !list.isEmpty())) {
            throw new BadJob("Chains must be lists of sites, none of them empty.");
        }
        return chains.stream().map(sites -> ((List<?>) sites).stream().map(Site::parse).toList()).toList();
    }
}
