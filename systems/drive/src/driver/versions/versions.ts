import { InvalidInputError } from '@heavylift/core'
import type { DriverVersion } from '../version.ts'

const pdm = {
  perception: 'truth',
  predictor: 'constant-turn',
  planner: 'pdm',
  safety: true,
  vehicle: 'four-wheel',
}

/** Versions that are always there. */
export const builtInVersions: readonly DriverVersion[] = [
  {
    name: 'scenario',
    summary: 'The vehicle under test does what its scenario file says.',
    spec: { kind: 'scenario', parameters: {} },
  },
  {
    name: 'idm',
    summary: 'Follows its route with the intelligent driver model and the rules of the road: the baseline.',
    spec: { kind: 'idm', parameters: {} },
  },
  {
    name: 'pdm',
    summary: 'The project’s own stack with perfect perception: predictive driver model under a safety layer.',
    spec: { kind: 'stack', parameters: pdm },
  },
  {
    name: 'pdm-no-safety',
    summary: 'The same without the safety layer.',
    spec: { kind: 'stack', parameters: { ...pdm, safety: false } },
  },
  {
    name: 'pdm-sensors',
    summary: 'The stack with what its sensors see and its tracker makes of it, instead of the truth.',
    spec: { kind: 'stack', parameters: { ...pdm, perception: 'sensors' } },
  },
  {
    name: 'frenet',
    summary: 'The stack with a second planner, which samples polynomials beside and along the route.',
    spec: { kind: 'stack', parameters: { ...pdm, planner: 'frenet' } },
  },
  {
    name: 'competent-human',
    summary:
      'The competent and careful human driver of UN R157, over driving by the rules of the road: the reference of clearance.',
    spec: { kind: 'competent', parameters: {} },
  },
  {
    name: 'fuzzy-safety',
    summary: 'The fuzzy safety model of UN R157, a second reference.',
    spec: { kind: 'fuzzy', parameters: {} },
  },
  {
    name: 'rss-reference',
    summary: 'Responsibility-Sensitive Safety as a driver, a third reference.',
    spec: { kind: 'rss', parameters: {} },
  },
  {
    name: 'pdm-learned',
    summary: 'The stack with sensors, and six ways for every track by the learned predictor.',
    spec: { kind: 'stack', parameters: { ...pdm, perception: 'sensors', predictor: 'learned' } },
  },
]

/** One of the built-in versions, or of those given (`readVersions`). Throws `version-unknown`. */
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
