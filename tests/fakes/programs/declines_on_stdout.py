"""Says on standard output that it cannot do a job."""

from honest import Honest


class DeclinesOnStdout(Honest):
    """Honest but for one thing."""

    def refuse(self, problem: str) -> int:
        self.say({"error": problem})
        return super().refuse(problem)


if __name__ == "__main__":
    DeclinesOnStdout.main()
