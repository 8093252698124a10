// As printed, but for what README.md lists.
using System.Runtime.CompilerServices;

namespace Awaitbench.Seed;

struct DoWorkAsyncStateMachine : IAsyncStateMachine
{
    public int state;
    public AsyncTaskMethodBuilder builder;
    public TaskAwaiter awaiter;
    public Func<Task> delay;

    public void MoveNext()
    {
        try
        {
            if (state == 0)
            {
                Console.WriteLine("Working...");
                awaiter = delay().GetAwaiter();

                if (!awaiter.IsCompleted)
                {
                    state = 1;
                    builder.AwaitUnsafeOnCompleted(ref awaiter, ref this);
                    return;
                }
            }

            if (state == 1)
            {
                awaiter.GetResult();  // Resume execution
                Console.WriteLine("Done!");
            }
        }
        catch (Exception ex)
        {
            builder.SetException(ex);
            return;
        }

        builder.SetResult();  // Task completed
    }

    public void SetStateMachine(IAsyncStateMachine stateMachine) { }
}
