import type { Requirement } from './requirement.ts'

export const liveFeeds: Requirement[] = [
  {
    id: 'LIVE-FEEDS-01',
    source: 'live, feeds',
    behaviour: 'A feed file is read as a stream, gzipped or not; gzip is told by its bytes, not by its name.',
  },
  {
    id: 'LIVE-TRACKING-01',
    source: 'live.md feeds',
    behaviour:
      'NFL player tracking (NGS highlights) becomes frames in time order, players put together by time and not by frame number; a wrong row is rejected by its number and the play goes on.',
  },
  {
    id: 'LIVE-TRACKING-02',
    source: 'live.md feeds',
    behaviour:
      'Tracking in the Big Data Bowl layouts is read by the same format, where positions or possession are missing, too.',
  },
  {
    id: 'LIVE-FEEDS-20',
    source: 'live, feeds',
    behaviour:
      'iRacing telemetry (.ibt, versions 1 and 2) is read with all channels as typed columns, and as telemetry events at a chosen rate; fuel is passed only when asked for.',
  },
  {
    id: 'LIVE-FEEDS-21',
    source: 'live, feeds',
    behaviour:
      'An .ibt file that is cut off, or holds broken records, gives every whole record and a reject with record number for the rest; no bytes make the reader fail otherwise.',
  },
  {
    id: 'LIVE-FEEDS-22',
    source: 'live, feeds',
    behaviour:
      'NASCAR live feed, flags, pit stops, lap times and lap notes are recognised and read, whole or one document a line; a flag code that is unknown is read as none and counted.',
  },
  {
    id: 'LIVE-FEEDS-23',
    source: 'live, feeds',
    behaviour:
      'Whatever JSON stands in a NASCAR feed, each row is an event or a reject with its place; only a feed without a document fails.',
  },
  {
    id: 'LIVE-RACE-01',
    source: 'live, feeds',
    behaviour:
      'A race of 40 cars is simulated from a seed, the same each time and in order of time: telemetry, snapshots, laps, pit stops, cautions that bunch the field, retirements and the end, on an oval and a road course.',
  },
  {
    id: 'LIVE-RACE-02',
    source: 'live, feeds',
    behaviour:
      'The true fuel of every simulated car adds up, is not in the feed beyond what teams share, and cars that dare too much run dry.',
  },
]
