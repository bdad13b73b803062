/** Beyond these, bounds are what schema libraries write for "any integer". */
const unbounded = 1e15

/** Bounds of a JSON Schema number, all optional. */
export interface NumberBounds {
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
}

/** GBNF for an integer within bounds, or null when there is none. */
export function integerGrammar(bounds: NumberBounds): string | null {
  const low = Math.max(
    Math.ceil(bounds.minimum ?? -Infinity),
    Math.floor(bounds.exclusiveMinimum ?? -Infinity) + 1,
  )
  const high = Math.min(
    Math.floor(bounds.maximum ?? Infinity),
    Math.ceil(bounds.exclusiveMaximum ?? Infinity) - 1,
  )
  return integers(low, high)
}

/**
 * GBNF for a number within bounds: whole numbers that lie inside, with a fraction where any fraction stays inside. Null
 * when no whole number lies inside, which is narrower than the bounds but never outside of them.
 */
export function numberGrammar(bounds: NumberBounds): string | null {
  const low = Math.max(
    Math.ceil(bounds.minimum ?? -Infinity),
    Math.floor(bounds.exclusiveMinimum ?? -Infinity) + 1,
  )
  const high = Math.min(
    Math.floor(bounds.maximum ?? Infinity),
    Math.ceil(bounds.exclusiveMaximum ?? Infinity) - 1,
  )
  const isOpenHigh = bounds.maximum === undefined && Number.isInteger(bounds.exclusiveMaximum ?? 0)
  const isOpenLow = bounds.minimum === undefined
  const fraction = '("." [0-9]{1,12})?'
  // A fraction moves away from zero: up for what is not negative, down for what is.
  const upTo = isOpenHigh ? high : high - 1
  const downTo = isOpenLow && bounds.exclusiveMinimum === undefined ? low : low + 1
  const parts = [
    join(integers(Math.max(low, 0), upTo), fraction),
    join(integers(downTo, Math.min(high, -1)), fraction),
    integers(low, high),
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : alternatives(parts)
}

function join(whole: string | null, fraction: string): string | null {
  return whole === null ? null : `(${whole}) ${fraction}`
}

function integers(low: number, high: number): string | null {
  if (low > high) return null
  const parts: string[] = []
  if (low < 0) {
    const magnitudes = naturals(Math.max(1, -Math.min(high, -1)), -low)
    if (magnitudes !== null) parts.push(`"-" (${magnitudes})`)
  }
  if (high >= 0) {
    const whole = naturals(Math.max(0, low), high)
    if (whole !== null) parts.push(whole)
  }
  return parts.length === 0 ? null : alternatives(parts)
}

/** Natural numbers from `low` to `high`, both included. */
function naturals(low: number, high: number): string | null {
  if (low > high) return null
  const isOpen = high >= unbounded
  const most = isOpen ? unbounded - 1 : high
  if (low > most) return null
  const parts: string[] = []
  const lowDigits = String(low).length
  const highDigits = String(most).length
  for (let digits = lowDigits; digits <= highDigits; digits++) {
    const from = digits === lowDigits ? String(low) : `1${'0'.repeat(digits - 1)}`
    const to = digits === highDigits ? String(most) : '9'.repeat(digits)
    if (digits > 1 && /^10*$/.test(from) && /^9+$/.test(to)) {
      // Runs of whole lengths are one rule: [1-9] [0-9]{m,n}.
      let last = digits
      while (last + 1 < highDigits || (last + 1 === highDigits && /^9+$/.test(String(most)))) last++
      parts.push(`[1-9] [0-9]{${digits - 1},${last - 1}}`)
      digits = last
    } else parts.push(sameLength(from, to))
  }
  return alternatives(parts)
}

/** Digit strings between two of the same length. */
function sameLength(from: string, to: string): string {
  if (from === '') return ''
  const [a = '0', b = '0'] = [from[0], to[0]]
  const rest = from.length - 1
  const any = rest === 0 ? '' : ` [0-9]{${rest}}`
  if (a === b) return rest === 0 ? `"${a}"` : `"${a}" (${sameLength(from.slice(1), to.slice(1))})`
  const parts: string[] = []
  let first = Number(a)
  let last = Number(b)
  if (rest > 0 && !/^0*$/.test(from.slice(1))) {
    parts.push(`"${a}" (${sameLength(from.slice(1), '9'.repeat(rest))})`)
    first++
  }
  let end: string | null = null
  if (rest > 0 && !/^9*$/.test(to.slice(1))) {
    end = `"${b}" (${sameLength('0'.repeat(rest), to.slice(1))})`
    last--
  }
  if (first <= last) parts.push(`${first === last ? `"${first}"` : `[${first}-${last}]`}${any}`)
  if (end !== null) parts.push(end)
  return alternatives(parts)
}

function alternatives(parts: readonly string[]): string {
  return parts.length === 1 ? (parts[0] ?? '') : parts.join(' | ')
}
