import { InvalidInputError } from '@heavylift/core'
import type { DriverVersion } from './version.ts'

/** Versions that are always there. */
export const builtInVersions: readonly DriverVersion[] = [
  {
    name: 'scenario',
    summary: 'The vehicle under test does what its scenario file says.',
    spec: { kind: 'scenario', parameters: {} },
  },
  {
    name: 'idm',
    summary: 'Follows its route with the intelligent driver model: the baseline.',
    spec: { kind: 'idm', parameters: {} },
  },
  {
    name: 'pdm',
    summary: 'The project’s own stack with perfect perception: predictive driver model.',
    spec: {
      kind: 'stack',
      parameters: {
        perception: 'truth',
        predictor: 'constant-turn',
        planner: 'pdm',
        vehicle: 'four-wheel',
      },
    },
  },
]

/** Throws `version-unknown`. */
export function versionNamed(
  name: string,
  versions: readonly DriverVersion[] = builtInVersions,
): DriverVersion {
  const version = versions.find((one) => one.name === name)
  if (!version)
    throw new InvalidInputError({
      code: 'version-unknown',
      message: `There is no version "${name}". There are: ${versions.map((one) => one.name).join(', ')}.`,
    })
  return version
}
