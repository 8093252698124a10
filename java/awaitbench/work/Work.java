package awaitbench.work;

import awaitbench.BadJob;
import awaitbench.Contract;
import awaitbench.RawJob;
import awaitbench.Recording;

/** The families without a network: {@code Work WAY} does them in one way. */
public final class Work {
    private Work() {}

    public static void main(String[] arguments) throws Exception {
        String way = arguments.length == 0 ? "" : arguments[0];
        Contract.serveHarness(raw -> perform(way, raw));
    }

    /** Does all iterations of a job in the way of that name. */
    private static Recording perform(String name, RawJob raw) throws Exception {
        Family family = Family.find(raw.family());
        if (family == null || !family.ways().containsKey(name)) {
            throw new BadJob("There is no family '%s' here in the way '%s'.".formatted(raw.family(), name));
        }
        Family.Way way = family.ways().get(name);
        Job job = Job.parse(raw, family.own());
        var recording = new WorkRecording(raw.iterations(), family.field());
        recording.iterate(i -> recording.record(i, way.perform(job, i), job.noted()));
        return recording;
    }
}
