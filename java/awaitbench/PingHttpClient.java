package awaitbench;

import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** HTTP HEAD pings with java.net.http, a virtual thread for each chain. */
final class PingHttpClient implements Pings {
    // What the system and the JDK say of a connection that ended; these errors differ by their words only.
    private static final Pattern END = Pattern.compile("Connection reset.*|Broken pipe|connection closed locally"
            + "|HTTP/1\\.1 header parser received no bytes");

    private final PingJob job;
    private final int pings;
    private final PingRecording recording;
    private final List<List<Target>> chains;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    PingHttpClient(PingJob job, PingRecording recording) {
        this.job = job;
        this.recording = recording;
        pings = job.pings();
        chains = job.chains().stream().map(sites -> PingJob.targets(sites, Target::new)).toList();
    }

    /** A site as its chain sees it: what is asked for there. The client keeps the connection. */
    private final class Target {
        private final HttpRequest request;

        Target(Site site) {
            request = requestOf("http://" + site.name() + job.path())
                    .HEAD()
                    .header("Connection", job.connection())
                    .header("User-Agent", "java") // it sends one in any case
                    .timeout(job.timeout())
                    .build();
        }

        /** Sends one HEAD request and reads the head of its answer. */
        void ping(int slot) {
            long startNs = System.nanoTime();
            try {
                HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
                int status = Failure.validStatus(response.statusCode());
                long endNs = System.nanoTime();
                recording.record(slot, startNs, PingRecording.NOT_SEEN, endNs, endNs, status);
            } catch (IOException | IllegalArgumentException error) {
                long endNs = System.nanoTime();
                int failure = failureOf(error);
                recording.record(slot, startNs, PingRecording.NOT_SEEN, PingRecording.NOT_SEEN, endNs, failure);
            } catch (InterruptedException error) {
                throw new IllegalStateException(error); // nobody interrupts
            }
        }
    }

    /** Begins a request; a URI asks more of a host's name than a socket does. */
    private static HttpRequest.Builder requestOf(String uri) {
        try {
            return HttpRequest.newBuilder(URI.create(uri));
        } catch (IllegalArgumentException error) {
            throw new BadJob("HttpClient pings what a URI can name, not '" + uri + "'.");
        }
    }

    /** Pings the targets of a chain one after another. */
    private static void chain(List<Target> targets, int slot) {
        for (Target target : targets) {
            target.ping(slot++);
        }
    }

    /** Starts all chains, and joins them. */
    @Override
    public void parallel(int iteration) throws InterruptedException, ExecutionException {
        int slot = iteration * pings;
        var started = new ArrayList<Future<?>>(chains.size());
        for (List<Target> targets : chains) {
            int first = slot;
            started.add(threads.submit(() -> chain(targets, first)));
            slot += targets.size();
        }
        for (Future<?> chain : started) {
            chain.get();
        }
    }

    /** Closes the connections that were kept alive. */
    @Override
    public void close() {
        threads.close();
        client.close();
    }

    /** Names what went wrong in the contract's words; throws what is a mistake of this program. */
    private static int failureOf(Exception error) {
        List<Throwable> causes = Stream.<Throwable>iterate(error, Objects::nonNull, Throwable::getCause)
                .toList();
        boolean hasPort = !(causes.getLast() instanceof BindException); // that says that none is free
        return switch (error) {
            case HttpTimeoutException late -> Failure.TIMEOUT;
            case ConnectException network when hasPort -> Failure.REFUSED;
            case Exception odd when causes.stream().anyMatch(PingHttpClient::isOddAnswer) -> Failure.PROTOCOL;
            case Exception ended when causes.stream().anyMatch(PingHttpClient::isEnd) -> Failure.RESET;
            default -> throw new IllegalStateException(error);
        };
    }

    private static boolean isOddAnswer(Throwable cause) {
        return cause instanceof ProtocolException
                || cause instanceof NumberFormatException // its Content-Length
                || "unexpected content length header with 204 response".equals(cause.getMessage());
    }

    private static boolean isEnd(Throwable cause) {
        return cause instanceof EOFException
                || cause instanceof ClosedChannelException
                || END.matcher(String.valueOf(cause.getMessage())).matches();
    }
}
