// Stands where a library of mathematics would be loaded from the network: no page of ours has formulas for it.
