package awaitbench;

import java.util.Map;

/** A job as it came; what its params must hold is its family's to say. */
public record RawJob(String family, int iterations, Map<String, Object> params) {

    /** Reads one line of the harness, strictly: every member due, each of its type, and no other. */
    static RawJob parse(String line) {
        if (Json.parse(line) instanceof Map<?, ?> job
                && job.size() == 3
                && job.get("family") instanceof String family
                && job.get("iterations") instanceof Long iterations
                && iterations > 0
                && iterations <= Integer.MAX_VALUE
                && job.get("params") instanceof Map<?, ?> params) {
            @SuppressWarnings("unchecked") // the names of members are strings
            var named = (Map<String, Object>) params;
            return new RawJob(family, iterations.intValue(), named);
        }
        throw new BadJob("A job has a family, a number of iterations and params; this one differs.");
    }
}
