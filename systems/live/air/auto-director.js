/** @typedef {{ id: string, region: string, holdMs: number }} Place */
/** @typedef {{ type: 'take' | 'clear', id: string }} Cue */

/** A graphic stands at least this long before another of its region takes its place, unless that one matters more. */
const leastMs = 3_000

/**
 * Decides which graphics stand when nobody but the insights does: an important insight takes its graphic on, which goes
 * when its time is up. Of one region only one stands; a newcomer replaces it when it matters more, or as much and the
 * other has been seen. Pure: time comes in.
 * @param {Place[]} places @param {{ minImportance: number }} options
 */
export function createAutoDirector(places, { minImportance }) {
  const placeOf = new Map(places.map((place) => [place.id, place]))
  /** By region. */
  const standing =
    /** @type {Map<string, { id: string, importance: number, sinceMs: number, untilMs: number }>} */ (
      new Map()
    )
  return {
    /**
     * An insight for a graphic came. @param {string} id @param {number} importance 0..1 @param {number} nowMs
     * @returns {Cue[]}
     */
    hear(id, importance, nowMs) {
      const place = placeOf.get(id)
      if (place === undefined || importance < minImportance) return []
      const current = standing.get(place.region)
      const untilMs = nowMs + place.holdMs
      if (current?.id === id) {
        Object.assign(current, { importance: Math.max(importance, current.importance), untilMs })
        return []
      }
      if (current !== undefined) {
        const isSeen = nowMs - current.sinceMs >= leastMs
        if (importance < current.importance || (importance === current.importance && !isSeen)) return []
      }
      standing.set(place.region, { id, importance, sinceMs: nowMs, untilMs })
      return [...(current === undefined ? [] : [cue('clear', current.id)]), cue('take', id)]
    },
    /** Time went on. @param {number} nowMs @returns {Cue[]} */
    tick(nowMs) {
      const over = [...standing].filter(([, { untilMs }]) => untilMs <= nowMs)
      for (const [region] of over) standing.delete(region)
      return over.map(([, { id }]) => cue('clear', id))
    },
    /** What a graphic shows has come to an end. @param {string} id @returns {Cue[]} */
    drop(id) {
      const region = [...standing].find(([, current]) => current.id === id)?.[0]
      if (region === undefined) return []
      standing.delete(region)
      return [cue('clear', id)]
    },
    /** Takes everything off. @returns {Cue[]} */
    clear() {
      const cues = [...standing.values()].map(({ id }) => cue('clear', id))
      standing.clear()
      return cues
    },
  }
}

/** @param {Cue['type']} type @param {string} id @returns {Cue} */
function cue(type, id) {
  return { type, id }
}
