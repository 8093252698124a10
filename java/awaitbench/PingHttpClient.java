package awaitbench;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** HTTP HEAD pings with java.net.http, a virtual thread for each chain. */
final class PingHttpClient implements Pings {
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
            request = HttpRequest.newBuilder(URI.create("http://" + site.name() + job.path()))
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
            } catch (IOException error) {
                long endNs = System.nanoTime();
                int failure = failureOf(error);
                recording.record(slot, startNs, PingRecording.NOT_SEEN, PingRecording.NOT_SEEN, endNs, failure);
            } catch (InterruptedException error) {
                throw new IllegalStateException(error); // nobody interrupts
            }
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
    private static int failureOf(IOException error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String said = Objects.requireNonNullElse(root.getMessage(), "");
        return switch (root) {
            case Throwable late when error instanceof HttpTimeoutException -> Failure.TIMEOUT;
            case ProtocolException odd -> Failure.PROTOCOL;
            case EOFException ended -> Failure.RESET;
            case BindException port -> throw new UncheckedIOException(error); // none is free
            case Throwable network when error instanceof ConnectException -> Failure.REFUSED;
            // Errors of the system are told apart by their words only.
            case IOException network when said.startsWith("Connection reset") || said.equals("Broken pipe") ->
                Failure.RESET;
            default -> throw new UncheckedIOException(error);
        };
    }
}
