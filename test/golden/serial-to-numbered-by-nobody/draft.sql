-- serial-to-numbered-by-nobody

