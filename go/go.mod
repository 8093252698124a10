module awaitbench

go 1.19
