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
]
