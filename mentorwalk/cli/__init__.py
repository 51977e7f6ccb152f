"""The commands: parse, call, print, exit.

A module of commands does without `from __future__ import annotations`. Typer reads the annotations
of all commands at every start, and would have to compile them one by one: 9 ms of 170.
"""
