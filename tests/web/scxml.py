"""Runs an SCXML document with python-statemachine.

Takes the document's path, and on standard input walks as JSON: lists of events, each walk from the start. Writes, as
JSON, for each walk the state at its start and after each event: the active states, and those just entered.
"""

import json
import sys

from statemachine.io import load


class Entries:
    def __init__(self):
        self.ids = []

    def on_enter_state(self, target):
        self.ids.append(target.id)


def snapshot(machine, entries):
    active = [state.id for state in machine.configuration]
    entered, entries.ids = entries.ids, []
    return {"active": active, "entered": entered}


def walked(chart, events):
    entries = Entries()
    machine = chart(listeners=[entries])
    yield snapshot(machine, entries)
    for event in events:
        machine.send(event)
        yield snapshot(machine, entries)


chart = load(sys.argv[1])
walks = json.load(sys.stdin)
json.dump([list(walked(chart, events)) for events in walks], sys.stdout)
