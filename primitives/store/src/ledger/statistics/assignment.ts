import { createHash } from 'node:crypto'
import { sum } from '@heavylift/core/math'

/**
 * The arm of a unit: a hash of experiment and unit, mapped onto the arms by weight. The same unit always gets the same
 * arm, on every process, with no write first; two experiments assign independently.
 *
 * @throws RangeError when there is no arm or a weight is not positive
 */
export function assignArm(experiment: string, unitId: string, arms: Record<string, number>): string {
  const entries = Object.entries(arms)
  const total = sum(entries, ([, weight]) => weight)
  const last = entries.at(-1)
  if (last === undefined || entries.some(([, weight]) => !(weight > 0))) {
    throw new RangeError('An experiment needs at least one arm, each with a weight above 0.')
  }
  const digest = createHash('sha256').update(`${experiment}\u0000${unitId}`).digest()
  // 48 bits are exact in a double and fine enough for any weight.
  let point = (digest.readUIntBE(0, 6) / 2 ** 48) * total
  for (const [arm, weight] of entries) {
    if (point < weight) return arm
    point -= weight
  }
  return last[0]
}
