/** What one rate gave. */
export interface Probed {
  ratePerSecond: number
  isInside: boolean
  /** False where the generator could not keep its plan: then it says nothing of the target. */
  isValid: boolean
}

export interface FoundLimit<P extends Probed> {
  /** The highest rate that was seen inside; 0 where none was. */
  ratePerSecond: number
  /** The lowest rate above it that was seen outside; null where none was. */
  outsidePerSecond: number | null
  /** False where a rate could not be tried: what was found is then no limit of the target's. */
  isReliable: boolean
  probes: P[]
}

export interface SearchOptions {
  fromPerSecond: number
  toPerSecond: number
  /** The search ends when the lowest rate outside is within this share of the highest inside. */
  closeness?: number
}

const mostProbes = 24
const mostTries = 4

/**
 * The highest rate inside the objective: doubled until one is outside, then halved in between. A rate that was inside is believed; one that was outside
 * is tried once more, since a machine that others use fails by chance. Where the generator cannot keep its plan the search ends.
 */
export async function findLimit<P extends Probed>(
  probe: (ratePerSecond: number) => Promise<P>,
  { fromPerSecond, toPerSecond, closeness = 0.05 }: SearchOptions,
): Promise<FoundLimit<P>> {
  const probes: P[] = []
  let inside = 0
  let outside: number | null = null
  let isReliable = true
  const tryOne = async (rate: number) => {
    let failures = 0
    for (let tries = 0; tries < mostTries && failures < 2; tries++) {
      const found = await probe(rate)
      probes.push(found)
      if (!found.isValid) continue
      if (found.isInside) {
        inside = Math.max(inside, rate)
        return
      }
      failures++
    }
    if (failures === 0) isReliable = false
    else outside = outside === null ? rate : Math.min(outside, rate)
  }
  for (let rate = fromPerSecond; outside === null && inside < toPerSecond && isReliable; rate *= 2)
    await tryOne(Math.min(rate, toPerSecond))
  // Where the first rate is too much already, the limit lies below it.
  while (
    isReliable &&
    outside !== null &&
    probes.length < mostProbes &&
    outside - inside > closeness * outside
  ) {
    if (inside === 0 && outside < fromPerSecond / 64) break
    await tryOne(inside === 0 ? outside / 4 : (inside + outside) / 2)
  }
  return { ratePerSecond: inside, outsidePerSecond: outside, isReliable, probes }
}
