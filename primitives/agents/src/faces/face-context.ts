import type { CoreServices } from '@heavylift/core'
import type { StoreServices } from '@heavylift/store'
import type { Agents } from '../publish/agents.ts'
import type { Runs } from '../run/runs.ts'

/** What the protocols need of the system. */
export interface FaceContext extends Pick<CoreServices, 'clock' | 'log'>, StoreServices {
  agents: Agents
  runs: Runs
  /** Who waits for a run is answered after this at the latest. */
  callWaitMs: number
  /** Whether an administrator allows that we send to an address (IP) although it is not public. */
  isAllowedAddress: (ip: string) => boolean
}
