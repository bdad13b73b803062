import type { Criterion, Observation } from './criterion.ts'

/** A criterion at work: it is shown every step and answers, in one sentence with figures, once it is broken. */
export interface Check {
  readonly kind: Criterion['kind']
  observe?(seen: Observation): string | null
  /** After the last step. */
  finish?(seen: Observation): string | null
}

/** Comes to no more than this where something "stands". */
export const standsMps = 0.3

/** Where the front of the vehicle under test is on its route. */
export function frontOnRoute({ scene, progressM }: Observation): number {
  return progressM + (scene.agents.lengthM[scene.ego] as number) / 2
}

/** Row of the agent of a name; −1 without. */
export function rowNamed({ scene }: Observation, name: string): number {
  return scene.agents.names.indexOf(name)
}
