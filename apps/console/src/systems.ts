import { addressConsole } from '@heavylift/address/console'
import { agentsConsole } from '@heavylift/agents/console'
import { driveConsole } from '@heavylift/drive/console'
import { fleetConsole } from '@heavylift/fleet/console'
import { jobsConsole } from '@heavylift/jobs/console'
import { liveConsole } from '@heavylift/live/console'
import { modelsConsole } from '@heavylift/models/console'
import { readyConsole } from '@heavylift/ready/console'
import { robotsConsole } from '@heavylift/robots/console'
import { shopConsole } from '@heavylift/shop/console'
import { specConsole } from '@heavylift/spec/console'
import type { ConsoleSystem } from '@heavylift/ui'

/** Every system with pages of its own; the server says which of them run. One line a system. */
export const consoleSystems: ConsoleSystem[] = [
  shopConsole,
  liveConsole,
  addressConsole,
  specConsole,
  driveConsole,
  robotsConsole,
  readyConsole,
  modelsConsole,
  agentsConsole,
  jobsConsole,
  fleetConsole,
]
