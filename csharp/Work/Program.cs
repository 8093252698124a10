using Awaitbench.Work;

// The families without a network: `work WAY` does them in one way.
return await Job.ServeAsync(args is [var way] ? way : "");
