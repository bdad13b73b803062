import type { Requirement } from './requirement.ts'

export const liveFeeds: Requirement[] = [
  {
    id: 'LIVE-FEEDS-01',
    source: 'live, feeds',
    behaviour: 'A feed file is read as a stream, gzipped or not; gzip is told by its bytes, not by its name.',
  },
]
