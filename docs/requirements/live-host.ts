import type { Requirement } from './requirement.ts'

export const liveHost: Requirement[] = [
  {
    id: 'LIVE-PIPELINE-01',
    source: 'docs/design/streams.md#processing',
    behaviour:
      'An insight is named by match, kind, subject and occasion: a further word on the same is a revision, whatever snapshots lie between.',
  },
  {
    id: 'LIVE-PIPELINE-02',
    source: 'ARCHITECTURE.md#the-ledger',
    behaviour:
      'A scored insight meets its outcome once; whether it came true is judged by what was said then.',
  },
  {
    id: 'LIVE-FEED-01',
    source: 'docs/design/live.md#on-the-screen',
    behaviour:
      'A client of the feed of insights that comes back with its cursor misses nothing, however slow or long away it was.',
  },
  {
    id: 'LIVE-HOST-01',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'A feed pushed by HTTP becomes insights, tags and outcomes in the ledger; pushed again, nothing counts twice.',
  },
  {
    id: 'LIVE-HOST-02',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'A part of a feed that cannot be read is named with its row and kept; the parts around it count.',
  },
  {
    id: 'LIVE-HOST-03',
    source: 'docs/design/streams.md#processing',
    behaviour: 'After a restart nothing is said anew, and a client goes on where it was.',
  },
  {
    id: 'LIVE-HOST-04',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'A feed over WebSocket is acknowledged when it is safe; insights come over WebSocket from a cursor.',
  },
  {
    id: 'LIVE-HOST-05',
    source: 'docs/design/streams.md#processing',
    behaviour: 'The same events in parts of any size, at any pace, give the same insights.',
  },
  {
    id: 'LIVE-HOST-07',
    source: 'README.md#one-machine-then-many',
    behaviour:
      'Servers on one database, without NATS, show one another’s matches: a client goes on at any of them from its cursor, and an event counts once by whichever door.',
  },
  {
    id: 'LIVE-HOST-08',
    source: 'README.md#one-machine-then-many',
    behaviour:
      'One of the servers on a database plays the simulated matches; another goes on when it dies, and any of them turns them off.',
  },
  {
    id: 'LIVE-HOST-06',
    source: 'systems/live/README.md#your-own-data',
    behaviour:
      'A WebSocket is pinged and ended when it answers none; one that sends a feed and falls silent for long is asked to come again.',
  },
  {
    id: 'LIVE-LATE-01',
    source: 'docs/design/streams.md#processing',
    behaviour:
      'A late event revises what was said of its own occasion; one later than allowed is kept as a dead letter with the reason, and counted.',
  },
  {
    id: 'LIVE-HOST-09',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'Feed health tells of each feed the last event, the skew of its clock, what was refused, late or dead, and raises an alarm that says what is wrong.',
  },
  {
    id: 'LIVE-HOST-10',
    source: 'docs/design/live.md#insights',
    behaviour:
      'Insights on a recording count for calibration by when they were said; the API and the pages agree on what was right.',
  },
]
