import type { AgentTable } from '../../world/scene/agent-table.ts'
import { agentKinds } from '../../world/scene/agent-table.ts'
import type { Environment } from '../../world/scene/environment.ts'

/** Bands of the operational domain, from easy to hard; figures of `Environment`. */
export const lightBands = ['day', 'dusk', 'lit night', 'dark'] as const
export const weatherBands = ['dry', 'rain', 'fog', 'snow'] as const
export const speedBands = ['to 30 km/h', 'to 50 km/h', 'to 80 km/h', 'above 80 km/h'] as const

/** Where in the operational domain a run was. JSON. */
export interface OperatingCell {
  light: (typeof lightBands)[number]
  weather: (typeof weatherBands)[number]
  /** By the highest speed of the vehicle under test. */
  speed: (typeof speedBands)[number]
  /** Kinds of road users that it met, in the order of `agentKinds`. */
  met: string[]
}

export function operatingCell(
  { illuminanceLux, visualRangeM, precipitation }: Environment,
  maxSpeedMps: number,
  agents: AgentTable,
  ego: number,
): OperatingCell {
  const kinds = new Set<number>()
  for (let row = 0; row < agents.count; row++) if (row !== ego) kinds.add(agents.kind[row] as number)
  const kmh = maxSpeedMps * 3.6
  return {
    light:
      illuminanceLux >= 1000
        ? 'day'
        : illuminanceLux >= 50
          ? 'dusk'
          : illuminanceLux >= 3
            ? 'lit night'
            : 'dark',
    weather: precipitation === 'none' ? (visualRangeM <= 1000 ? 'fog' : 'dry') : precipitation,
    speed: kmh <= 30 ? 'to 30 km/h' : kmh <= 50 ? 'to 50 km/h' : kmh <= 80 ? 'to 80 km/h' : 'above 80 km/h',
    met: agentKinds.filter((_, kind) => kinds.has(kind)),
  }
}
