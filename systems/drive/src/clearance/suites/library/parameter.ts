import type { ScenarioParameter } from './built-in-scenario.ts'

/** [least, usual, most] of a parameter. */
type Range = readonly [min: number, usual: number, max: number]

function parameter(name: string, unit: string, summary: string, [min, usual, max]: Range): ScenarioParameter {
  return { name, unit, summary, default: usual, min, max }
}

export const mps = (name: string, summary: string, range: Range) => parameter(name, 'm/s', summary, range)
export const metres = (name: string, summary: string, range: Range) => parameter(name, 'm', summary, range)
export const seconds = (name: string, summary: string, range: Range) => parameter(name, 's', summary, range)
export const mps2 = (name: string, summary: string, range: Range) => parameter(name, 'm/s²', summary, range)
export const share = (name: string, summary: string, range: Range) => parameter(name, '', summary, range)
export const lux = (name: string, summary: string, range: Range) => parameter(name, 'lx', summary, range)
export const count = (name: string, summary: string, range: Range): ScenarioParameter => ({
  ...parameter(name, '', summary, range),
  step: 1,
})

export const egoSpeed = (range: Range) => mps('egoSpeedMps', 'Speed of the vehicle under test.', range)
export const grip = (range: Range = [0.5, 0.95, 1]) =>
  share('friction', 'Coefficient of friction of the road.', range)
export const light = (range: Range = [5, 30_000, 80_000]) =>
  lux('illuminanceLux', 'Light on the ground.', range)
