package awaitbench;

import java.net.ProtocolException;

/** Why a ping has no status, as the contract calls it; recorded in place of the status. */
final class Failure {
    static final int REFUSED = -1;
    static final int RESET = -2;
    static final int TIMEOUT = -3;
    static final int PROTOCOL = -4;

    private static final String[] WORDS = {"refused", "reset", "timeout", "protocol"};

    private Failure() {}

    static String word(int failure) {
        return WORDS[-1 - failure];
    }

    /** Checks that an answer's status is one. */
    static int validStatus(int status) throws ProtocolException {
        if (status < 100 || status > 599) {
            throw new ProtocolException("What came is not an HTTP answer.");
        }
        return status;
    }
}
