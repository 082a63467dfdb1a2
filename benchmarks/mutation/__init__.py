"""Mutation testing: change the code a little, and see whether the tests notice.

python -m benchmarks.mutation cutting 250        a random sample of mutants of the page cutter
python -m benchmarks.mutation trends 250         of the trend engine
python -m benchmarks.mutation cutting --report   what came of those tried so far

`mutants` finds every change that the operators of `operators` can make in a room (`rooms`), `reach` finds
which tests pass through which line, and `trials` tries one mutant in a process of its own. Constants,
patterns and tables at the top of a module are mutated like all else: much of what the page cutter knows
stands there, and the tools that replace function by function leave them alone.
"""
