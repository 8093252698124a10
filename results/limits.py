"""How large what is read may be: far above what any run writes, far below what would hurt."""

MIB = 2**20

LARGEST_RUN_FILE = 64 * MIB
# A line of schema 1 was 30 MB where the program filled the 16 MiB that the contract allows.
LARGEST_LINE = 256 * MIB
LARGEST_SOURCE = 4 * MIB
LARGEST_SEMANTICS = 16 * MIB
MOST_CONTENDERS = 100  # and workloads

# Of one invocation's packet: its bytes, packed and not, and the numbers in one of its columns.
LARGEST_PACKET = 64 * MIB
MOST_UNPACKED = 256 * MIB
MOST_NUMBERS = 4 * MIB
MOST_PINGS = 512 * MIB  # of a whole run
