"""What the benchmark of reads stands on."""
