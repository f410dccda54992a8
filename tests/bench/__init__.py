"""What askpcc costs in time and memory, each figure beside what it is compared with."""
