import type { Requirement } from './requirement.ts'

export const liveHost: Requirement[] = [
  {
    id: 'LIVE-PIPELINE-01',
    source: 'live.md, Streams',
    behaviour:
      'An insight is named by match, kind, subject and occasion: a further word on the same is a revision, whatever snapshots lie between.',
  },
  {
    id: 'LIVE-PIPELINE-02',
    source: 'ARCHITECTURE, The ledger',
    behaviour:
      'A scored insight meets its outcome once; whether it came true is judged by what was said then.',
  },
  {
    id: 'LIVE-FEED-01',
    source: 'live.md, On the screen',
    behaviour:
      'A client of the feed of insights that comes back with its cursor misses nothing, however slow or long away it was.',
  },
]
