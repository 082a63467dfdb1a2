"""What a run survives: kills and full disks. `make robustness` tries both and prints a table.

`study` makes the small real study that is run; `kills` and `full_disk` are one room a kind.
"""
