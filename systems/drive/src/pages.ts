import type { ConsolePage } from '@heavylift/core'

/** Pages of the console's rail. */
export const drivePages: ConsolePage[] = [
  { path: '/', title: 'Clearance' },
  { path: '/scenarios', title: 'Scenarios' },
  { path: '/viewer', title: 'Viewer' },
  { path: '/stack', title: 'Stack' },
]
