"""Reads the stream at an address with httpx-sse, and writes each event as a line of JSON."""

import json
import sys

import httpx
from httpx_sse import connect_sse

with httpx.Client(trust_env=False, timeout=60) as client:
    with connect_sse(client, "GET", sys.argv[1]) as source:
        for event in source.iter_sse():
            line = {"id": event.id, "event": event.event, "data": event.data, "retry": event.retry}
            print(json.dumps(line))
