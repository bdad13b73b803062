import type { ConsolePage } from '@heavylift/core'

/** Pages of the console's rail. */
export const livePages: ConsolePage[] = [
  { path: '/', title: 'Director' },
  { path: '/insights', title: 'Insights' },
  { path: '/calibration', title: 'Calibration' },
  { path: '/moments', title: 'Moments' },
  { path: '/control', title: 'Graphics control' },
  { path: '/recap', title: 'Recap' },
]
