import type { Requirement } from './requirement.ts'

export const liveEvents: Requirement[] = [
  {
    id: 'LIVE-EVENTS-01',
    source: 'docs/design/live.md#event-detection',
    behaviour:
      'One taxonomy of event types serves all sports; every type has a title, and a parent unless it is at the top.',
  },
  {
    id: 'LIVE-EVENTS-02',
    source: 'docs/design/live.md#event-detection',
    behaviour:
      'Every NFL play, NBA action, race flag, stop and note gets a tag of the type that the feed states, with players, score and clock.',
  },
  {
    id: 'LIVE-EVENTS-03',
    source: 'docs/design/live.md#event-detection',
    behaviour:
      'Lead changes, ties, scoring runs, drives, red zone, big plays, clutch shots and fastest laps are detected, the same in every replay and after a snapshot.',
  },
  {
    id: 'LIVE-EVENTS-04',
    source: 'docs/design/live.md#event-detection',
    behaviour:
      "eval live.events measures agreement with the feed's own event types, both with the type at hand and from the description alone.",
  },
  {
    id: 'LIVE-EVENTS-05',
    source: 'docs/design/live.md#event-detection',
    behaviour:
      'Tags are found by match, sport, type with its children, player, source, words and phrases, time, period, clock and importance, in any mix, within one tenant.',
  },
  {
    id: 'LIVE-EVENTS-06',
    source: 'docs/design/live.md#event-detection',
    behaviour: 'A tag that is saved again is one tag, with the last word on it.',
  },
  {
    id: 'LIVE-EVENTS-07',
    source: 'docs/design/live.md#event-detection',
    behaviour:
      'Pages by cursor give every match once and in order, by time either way or by importance, however frequent or rare it is.',
  },
  {
    id: 'LIVE-EVENTS-08',
    source: 'docs/design/live.md#event-detection',
    behaviour:
      'A summary of a match in words rests on tags alone: every sentence names the tags of its facts.',
  },
  {
    id: 'LIVE-EVENTS-09',
    source: 'docs/design/live.md#event-detection',
    behaviour:
      'A model that words a summary adds no number, name or result: a sentence that none of ours bears out is replaced.',
  },
  {
    id: 'LIVE-EVENTS-10',
    source: 'docs/design/live.md#event-detection',
    behaviour:
      'Whatever conditions are mixed, and however matches are spread over time, a search gives just what going through all tags would; servers that save the same tags at once leave one of each.',
  },
  {
    id: 'LIVE-EVENTS-20',
    source: 'docs/design/live.md#event-detection',
    behaviour:
      'A drive’s yards are told by the yard lines, so that penalties count as in the league’s own summary.',
  },
  {
    id: 'LIVE-EVENTS-21',
    source: 'docs/design/live.md#event-detection',
    behaviour:
      'A summary names the margin, the best scorers, and the score that put the winner ahead for good with who made it.',
  },
  {
    id: 'LIVE-EVENTS-22',
    source: 'docs/design/live.md#event-detection',
    behaviour:
      'Dunks, three-pointers and momentum changes are kinds of moments; words find a kind as its name does.',
  },
  {
    id: 'LIVE-EVENTS-23',
    source: 'docs/design/live.md#insights',
    behaviour:
      'When kinds of moments are called otherwise than before, those saved earlier are found by the new names once the server has gone over them.',
  },
  {
    id: 'LIVE-EVENTS-11',
    source: 'docs/design/live.md#event-detection',
    behaviour:
      'Of a snapshot of a field only the fastest lap of all holds the record, by the document’s own best; the first snapshot tells no record.',
  },
]
