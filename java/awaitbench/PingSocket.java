package awaitbench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** HTTP HEAD pings over blocking sockets, a virtual thread for each chain. */
final class PingSocket implements Pings {
    private static final int HEAD_LIMIT = 16 * 1024;

    private final PingJob job;
    private final int pings;
    private final PingRecording recording;
    private final List<List<Target>> chains;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    PingSocket(PingJob job, PingRecording recording) {
        this.job = job;
        this.recording = recording;
        pings = job.pings();
        chains = job.chains().stream().map(this::targets).toList();
    }

    private List<Target> targets(List<Site> sites) {
        byte[] answer = new byte[HEAD_LIMIT]; // one for a chain, whose pings come one after another
        return PingJob.targets(sites, site -> new Target(site, answer));
    }

    /** A site as its chain sees it: what is sent there, and the connection that is kept. */
    private final class Target {
        private final Site site;
        private final byte[] request;
        private final byte[] answer;
        private Socket socket;

        Target(Site site, byte[] answer) {
            this.site = site;
            this.answer = answer;
            request = "HEAD %s HTTP/1.1\r\nHost: %s\r\nConnection: %s\r\n\r\n"
                    .formatted(job.path(), site.name(), job.connection())
                    .getBytes(StandardCharsets.US_ASCII);
        }

        /** Sends one HEAD request and reads the head of its answer. */
        void ping(int slot) {
            long startNs = System.nanoTime();
            long connectNs = PingRecording.NOT_SEEN;
            boolean connected = socket != null;
            long deadlineNs = startNs + job.timeout().toNanos();
            try {
                if (socket == null) {
                    socket = newSocket();
                    socket.connect(site.lookUp(), leftMs(deadlineNs));
                    connectNs = System.nanoTime();
                    connected = true;
                }
                socket.getOutputStream().write(request);
                int status = readStatus(deadlineNs);
                long endNs = System.nanoTime();
                recording.record(slot, startNs, connectNs, endNs, endNs, status);
                if (!job.keepAlive()) {
                    close();
                }
            } catch (IOException error) {
                long endNs = System.nanoTime();
                int failure = failureOf(error, connected);
                recording.record(slot, startNs, connectNs, PingRecording.NOT_SEEN, endNs, failure);
                close();
            }
        }

        /** Reads an answer's head to its blank line, and returns its status. */
        private int readStatus(long deadlineNs) throws IOException {
            InputStream input = socket.getInputStream();
            int length = 0;
            do {
                if (length == HEAD_LIMIT) {
                    throw new ProtocolException("A head longer than any.");
                }
                socket.setSoTimeout(leftMs(deadlineNs));
                int came = input.read(answer, length, HEAD_LIMIT - length);
                if (came < 0) {
                    throw new EOFException();
                }
                length += came;
            } while (!hasBlankLine(answer, length));
            return statusOf(answer, length);
        }

        /** Closes the connection, if there is one. */
        void close() {
            try {
                if (socket != null) {
                    socket.close();
                }
            } catch (IOException error) {
                throw new UncheckedIOException(error);
            }
            socket = null;
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
        chains.forEach(targets -> targets.forEach(Target::close));
    }

    /** Makes a socket; that this fails is no fault of a site, and ends the program. */
    private static Socket newSocket() {
        try {
            var socket = new Socket();
            socket.setTcpNoDelay(true);
            return socket;
        } catch (SocketException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** How long a call may take, in whole ms: 0 would be for ever. */
    private static int leftMs(long deadlineNs) throws SocketTimeoutException {
        long leftNs = deadlineNs - System.nanoTime();
        if (leftNs <= 0) {
            throw new SocketTimeoutException();
        }
        return Math.toIntExact((leftNs + 999_999) / 1_000_000);
    }

    /** Names what went wrong in the contract's words; throws what is a mistake of this program. */
    private static int failureOf(IOException error, boolean connected) {
        return switch (error) {
            case SocketTimeoutException late -> Failure.TIMEOUT;
            case EOFException ended -> Failure.RESET;
            case ProtocolException odd -> Failure.PROTOCOL;
            case UnknownHostException unknown -> Failure.REFUSED;
            case BindException port -> throw new UncheckedIOException(port); // none is free
            case SocketException network -> connected ? Failure.RESET : Failure.REFUSED;
            default -> throw new UncheckedIOException(error);
        };
    }

    private static boolean hasBlankLine(byte[] head, int length) {
        for (int i = 3; i < length; i++) {
            if (head[i] == '\n' && head[i - 1] == '\r' && head[i - 2] == '\n' && head[i - 3] == '\r') {
                return true;
            }
        }
        return false;
    }

    /** HTTP/1.0 or HTTP/1.1, a blank, three digits, and a blank or the line's end. */
    private static int statusOf(byte[] head, int length) throws ProtocolException {
        String line = new String(head, 0, Math.min(length, 13), StandardCharsets.ISO_8859_1);
        boolean isHttp = line.length() == 13
                && (line.startsWith("HTTP/1.1 ") || line.startsWith("HTTP/1.0 "))
                && (line.charAt(12) == ' ' || line.charAt(12) == '\r');
        int status = 0;
        for (int i = 9; i < 12 && isHttp; i++) {
            isHttp = line.charAt(i) >= '0' && line.charAt(i) <= '9';
            status = 10 * status + line.charAt(i) - '0';
        }
        return Failure.validStatus(isHttp ? status : 0);
    }
}
