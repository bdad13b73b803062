/**
 * One step of the way to a field: a name in an object, the element of a list that has this `id`, or the element of a list of texts
 * that is this text. Positions in lists would name something else after the next edit; these do not.
 */
export type Segment = string | { id: string } | { value: string }

/** The way from the definition to a field: `['steps', { id: 'charge' }, 'with', 'amount']`. */
export type Place = readonly Segment[]

/** A place as people read it: `steps.charge.with.amount`. */
export function placeText(place: Place): string {
  return place.map(segmentText).join('.')
}

function segmentText(segment: Segment): string {
  if (typeof segment === 'string') return segment
  return 'id' in segment ? segment.id : segment.value
}

/** True when one is the other, or lies inside it: changing both at once cannot mean two separate things. */
export function overlaps(a: Place, b: Place): boolean {
  const shorter = Math.min(a.length, b.length)
  for (let i = 0; i < shorter; i++) if (!isSameSegment(a[i]!, b[i]!)) return false
  return true
}

export function isSamePlace(a: Place, b: Place): boolean {
  return a.length === b.length && overlaps(a, b)
}

function isSameSegment(a: Segment, b: Segment): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b
  if ('id' in a) return 'id' in b && a.id === b.id
  return 'value' in b && a.value === b.value
}

/** The id of the step that a place lies in, the innermost one inside maps; null outside of steps. */
export function stepOf(place: Place): string | null {
  let step: string | null = null
  for (let i = 0; i + 1 < place.length && place[i] === 'steps'; i += 2) {
    const segment = place[i + 1]
    if (typeof segment !== 'object' || !('id' in segment)) break
    step = segment.id
  }
  return step
}

/** True for a field of the definition or of a step itself, not of data that they carry (`with`, schemas). */
export function isStructural(place: Place): boolean {
  let i = 0
  while (place[i] === 'steps' && typeof place[i + 1] === 'object') i += 2
  return i === place.length - 1
}
