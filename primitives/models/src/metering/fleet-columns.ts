/** What is said of each replica of the fleet, in this order, as whole numbers; -1 where nothing is known. */
export const fleetColumns = [
  /** Place in `fleetStates`. */
  'state',
  'inFlight',
  /** By the engine's own metrics. */
  'engineWaiting',
  'kvPercent',
  /** Median of lately. */
  'ttftMs',
  'failedPercent',
  'tokensPerSecond',
] as const
export type FleetColumn = (typeof fleetColumns)[number]

export const fleetStates = ['healthy', 'probing', 'open', 'ejected', 'unhealthy', 'draining'] as const
export type FleetState = (typeof fleetStates)[number]
