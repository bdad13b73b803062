import type { Requirement } from './requirement.ts'

export const liveFeeds: Requirement[] = [
  {
    id: 'LIVE-FEEDS-01',
    source: 'docs/design/live.md#feeds',
    behaviour: 'A feed file is read as a stream, gzipped or not; gzip is told by its bytes, not by its name.',
  },
  {
    id: 'LIVE-FEEDS-02',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'NFL play-by-play as nflverse or nflscrapR CSV, old and newer columns, one or many games a file, becomes plays with the score before and after each, players and result.',
  },
  {
    id: 'LIVE-FEEDS-03',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'NFL game-centre JSON becomes the same plays: the running score is rebuilt from the scoring summary or the statistics and checked against the final score, possession on kickoffs and timeouts are set right.',
  },
  {
    id: 'LIVE-FEEDS-04',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'NBA CDN play-by-play becomes actions with wall time, side, points, players, possession and place in feet.',
  },
  {
    id: 'LIVE-FEEDS-05',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'NBA stats CSV becomes the same actions as the CDN feed, with possession derived by the rules of play.',
  },
  {
    id: 'LIVE-FEEDS-06',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'A broken row, record or byte stops no feed: it is rejected with where and why, and the valid ones around it are read.',
  },
  {
    id: 'LIVE-CLOCKS-01',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'Scoreboard clocks are read as minutes and seconds or ISO 8601 durations; anything else is no clock.',
  },
  {
    id: 'LIVE-FEEDS-09',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'live check says of a feed file its format, events by kind, time span, and the first rows that cannot be read with the reason.',
  },
  {
    id: 'LIVE-CLOCKS-02',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'SMPTE ST 12 timecode is read and written at 24 to 60 frames a second, with drop-frame counting at 29.97 and 59.94.',
  },
  {
    id: 'LIVE-FEEDS-07',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'A mapping file turns any CSV or JSONL feed into feed events: columns and JSON pointers, constants, values, units, clocks.',
  },
  {
    id: 'LIVE-FEEDS-08',
    source: 'docs/design/live.md#feeds',
    behaviour: 'A wrong mapping file is refused with the name of the field and what was expected.',
  },
  {
    id: 'LIVE-CLOCKS-03',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'Without a wall clock the event time is derived from start and playing time, says so, and rises within a match.',
  },
  {
    id: 'LIVE-TRACKING-01',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'NFL player tracking (NGS highlights) becomes frames in time order, players put together by time and not by frame number; a wrong row is rejected by its number and the play goes on.',
  },
  {
    id: 'LIVE-TRACKING-02',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'Tracking in the Big Data Bowl layouts is read by the same format, where positions or possession are missing, too.',
  },
  {
    id: 'LIVE-FEEDS-20',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'iRacing telemetry (.ibt, versions 1 and 2) is read with all channels as typed columns, and as telemetry events at a chosen rate; fuel is passed only when asked for.',
  },
  {
    id: 'LIVE-FEEDS-21',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'An .ibt file that is cut off, or holds broken records, gives every whole record and a reject with record number for the rest; no bytes make the reader fail otherwise.',
  },
  {
    id: 'LIVE-FEEDS-22',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'NASCAR live feed, flags, pit stops, lap times and lap notes are recognised and read, whole or one document a line; a flag code that is unknown is read as none and counted.',
  },
  {
    id: 'LIVE-FEEDS-23',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'Whatever JSON stands in a NASCAR feed, each row is an event or a reject with its place; only a feed without a document fails.',
  },
  {
    id: 'LIVE-FEEDS-24',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'An event with a text, number or time that no table would take is rejected with what to do; none is accepted and lost.',
  },
  {
    id: 'LIVE-RACE-01',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'A race of 40 cars is simulated from a seed, the same each time and in order of time: telemetry, snapshots, laps, pit stops, cautions that bunch the field, retirements and the end, on an oval and a road course.',
  },
  {
    id: 'LIVE-RACE-02',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'The true fuel of every simulated car adds up, is not in the feed beyond what teams share, and cars that dare too much run dry.',
  },
  {
    id: 'LIVE-SIM-01',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'A simulated game is the same to the byte for the same seed; what happens does not hang on whether tracking is made.',
  },
  {
    id: 'LIVE-SIM-02',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'Simulated events come in event-time order, clocks run down, and a score is the sum of what was scored.',
  },
  {
    id: 'LIVE-SIM-03',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'Simulated games have the statistics of their sport: points, plays, shares of calls, completions, sacks, turnovers.',
  },
  {
    id: 'LIVE-SIM-04',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'Simulated players move with bounded speed and acceleration, the ball is held or flies, and tracking and play-by-play agree.',
  },
  {
    id: 'LIVE-SIM-05',
    source: 'docs/design/live.md#feeds; docs/design/live.md#evals',
    behaviour:
      'A simulated NFL game knows who rushes, the coverage and the pressure of each play, by the definitions of the evals.',
  },
  {
    id: 'LIVE-SIM-06',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'A simulation can be recorded as JSONL and read back event for event; a broken line is rejected by its number and reason.',
  },
  {
    id: 'LIVE-SIM-07',
    source: 'docs/design/live.md#benches',
    behaviour:
      'Many simulated matches can be read as one feed in event-time order, each complete and the same for the same seed.',
  },
  {
    id: 'LIVE-FEEDS-30',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'NFL game-detail JSON (data.viewer.gameDetail) is recognised by itself and becomes the same plays as the other forms, dated by the season and week in its name.',
  },
  {
    id: 'LIVE-FEEDS-25',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'A clock cannot be poisoned: an event too far ahead of the server or of its match is refused with the bound, and the events behind it count.',
  },
  {
    id: 'LIVE-FEEDS-26',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'A feed comes gzipped or plain; what follows a JSON document is left out with a note; race events without a match make one, other sports’ are dead letters that say so.',
  },
  {
    id: 'LIVE-FEEDS-27',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'A replay that loses its connection tries again and goes on; what had arrived counts once, and a server that was never there is said at once.',
  },
  {
    id: 'LIVE-MAPPING-01',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'A mapping reads CSV, TSV, JSONL and JSON: columns and nested paths, JSON in cells, arrays in documents with what stands around them, constants, rules over several columns, tables given or learnt from rows, sides by the teams of the match.',
  },
  {
    id: 'LIVE-MAPPING-02',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'A mapping carries blanks forward within a match, waits with rows until both teams are known, and reads every form of clock: down, up, of the whole game, epoch, ISO 8601 with a zone or in a named one, a base date.',
  },
  {
    id: 'LIVE-MAPPING-03',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'Rows of one car and lap become the standing of a race, in order of time whatever the order of a file; laps of practice make no race.',
  },
  {
    id: 'LIVE-MAPPING-04',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'Formats that are mappings of the project (NBA V3, OpenF1, nflverse) are recognised by themselves and give the events that their feeds state.',
  },
  {
    id: 'LIVE-MAPPING-05',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'A mapping is data that is checked: nothing in it runs, what is wrong is named by its field, a row that does not fit by row, column, value and what was expected.',
  },
  {
    id: 'LIVE-MAPPING-06',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'A live feed is pushed by a stored mapping over HTTP and WebSocket in parts; after a lost connection or a killed server, what was not acknowledged is sent again and nothing is lost, doubled or told otherwise; what cannot be read is counted on the page of feed health.',
  },
  {
    id: 'LIVE-MAPPING-07',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'From the first rows of a feed a mapping is proposed by names and values of its columns, and tried: rows beside the events that they become, with what does not fit in its place.',
  },
  {
    id: 'LIVE-MAPPING-08',
    source: 'docs/design/live.md#feeds',
    behaviour: 'live replay and live check read a feed by a mapping file, gzipped or not.',
  },
]
