import { createHash } from 'node:crypto'

/** Which driver, with which parameters. JSON, since it goes to workers and into reports. */
export interface DriverSpec {
  /** A name of `createDriver`; `scenario` leaves the vehicle under test to its scenario file. */
  kind: string
  parameters: Record<string, number | string | boolean>
}

/** A version that can be run, cleared and compared. */
export interface DriverVersion {
  name: string
  summary: string
  spec: DriverSpec
}

/** Runs that a driver of this kind is asked for at once: many where it is a program of its own, by its parameter `inFlight`. */
export function inFlightOf({ kind, parameters }: DriverSpec): number {
  const { inFlight = 64 } = parameters
  return kind === 'external' && typeof inFlight === 'number' ? Math.max(1, Math.floor(inFlight)) : 1
}

/** Twelve hex digits of what a version is made of; the folder that its program is found from is not part of that. */
export function versionHash({ spec }: DriverVersion): string {
  const sorted = Object.entries(spec.parameters)
    .filter(([name]) => name !== 'directory')
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([spec.kind, sorted]))
    .digest('hex')
    .slice(0, 12)
}
