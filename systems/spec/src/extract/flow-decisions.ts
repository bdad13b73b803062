import { digest, nil, word } from './flow-digest.ts'
import type { Steps } from './step-sequence.ts'

export const yes = word('true')
export const no = word('false')
/** What never comes: the value of what fails. */
export const never = word('never')

interface Decision {
  /** What is asked. */
  atom: number
  high: number
  low: number
  /** In how many ways it comes to a value. */
  ways: number
  /** Bits of the things of which something in it asks whether they are a literal: without a thing's bit nothing does. */
  subjects: number
}

/** How much of one decision is worked out before it is told as it is written. */
const mostSteps = 300
const mostKnown = 200_000
const mostHeld = 1_000_000
/** How much is worked out of all that one function decides before the rest is told as it is written. */
const mostWorked = 300_000
/** Of what depends on what is asked: over how many values it is told what is made of each. */
const mostLeaves = 8
/** What comes to its values in more ways is a value by itself. */
const mostWays = 64

const bitOf = (subject: number): number => 1 << (Math.abs(subject) % 31)

/**
 * Values that depend on what is asked, in one form however that is asked: what decides alike is the same number (binary decision diagrams, ordered by what is
 * asked). What is no decision is any other number.
 */
export class Decisions {
  readonly #all = new Map<number, Decision>()
  readonly #known = new Map<number, number>()
  /** Of what asks whether something is a literal: what of. At most one of these holds. */
  readonly #subjects = new Map<number, number>()
  readonly #steps = new Map<number, Steps>()
  #left = 0
  #unworked = mostWorked

  /** Lets so much be worked out for what `follow` finds as for any other function, and no more. */
  within<T>(follow: () => T): T {
    const before = this.#unworked
    this.#unworked = mostWorked
    const found = follow()
    this.#unworked = before
    return found
  }

  /** Whether no more is worked out of the function that is followed. */
  get isSpent(): boolean {
    return this.#unworked <= 0
  }

  #work(find: () => number): number {
    const most = Math.min(mostSteps, Math.max(0, this.#unworked))
    this.#left = most
    const found = find()
    this.#unworked -= most - this.#left
    return found
  }

  /** Notes of which steps a value is. */
  noteSteps(value: number, of: Steps): number {
    this.#steps.set(value, of)
    return value
  }

  stepsOf(value: number): Steps | undefined {
    return this.#steps.get(value)
  }

  isDecision(value: number): boolean {
    return this.#all.has(value)
  }

  /** Whether it holds so many that whoever asks should begin anew: more than some millions no map takes (V8 ends at 2^24). */
  get isFull(): boolean {
    return this.#all.size > mostHeld
  }

  /** A question that holds or does not. */
  atom(value: number): number {
    return this.#made(value, yes, no)
  }

  /** A question of which but one holds of all that are asked of the same thing. */
  literalOf(subject: number, value: number): number {
    this.#subjects.set(value, subject)
    return this.atom(value)
  }

  /** What a value says when it is asked whether it holds. */
  test(value: number): number {
    if (value === yes || value === no || value === never) return value
    if (value === nil) return no
    const found = this.#all.get(value)
    if (!found) return this.atom(value)
    return this.either(this.atom(found.atom), this.test(found.high), this.test(found.low))
  }

  not(test: number): number {
    return this.either(test, no, yes)
  }

  /** One where `test` holds and else the other. */
  either(test: number, high: number, low: number): number {
    return this.#work(() => this.#either(test, high, low))
  }

  #either(test: number, high: number, low: number): number {
    if (test === yes || high === low) return high
    if (test === no) return low
    if (high === yes && low === no) return test
    const asked = this.#all.get(test)
    if (!asked || --this.#left < 0) return digest('either', test, high, low)
    const key = digest('key', test, high, low)
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const [one, other] = [this.#all.get(high), this.#all.get(low)]
    let atom = asked.atom
    if (one && one.atom < atom) atom = one.atom
    if (other && other.atom < atom) atom = other.atom
    const [a, b, c] = [asked, one, other].map((of) => (of?.atom === atom ? of : null))
    const made = this.#made(
      atom,
      this.#either(a ? a.high : test, b ? b.high : high, c ? c.high : low),
      this.#either(a ? a.low : test, b ? b.low : high, c ? c.low : low),
    )
    if (this.#known.size > mostKnown) this.#known.clear()
    this.#known.set(key, made)
    return made
  }

  #made(atom: number, then: number, low: number): number {
    const subject = this.#subjects.get(atom)
    const high = subject === undefined ? then : this.#withoutOthers(then, subject)
    if (high === low || low === never) return high
    if (high === never) return low
    // That it is one thing need not be asked where the same comes of its being none of the others.
    if (subject !== undefined && this.#withoutOthers(low, subject) === high) return low
    const made = digest('asked', atom, high, low)
    const ways = (this.#all.get(high)?.ways ?? 1) + (this.#all.get(low)?.ways ?? 1)
    // What one operation alone makes past that is told as it is written.
    if (ways <= mostWays && this.#all.size < 4 * mostHeld) {
      const own = subject === undefined ? 0 : bitOf(subject)
      const subjects = own | (this.#all.get(high)?.subjects ?? 0) | (this.#all.get(low)?.subjects ?? 0)
      this.#all.set(made, { atom, high, low, ways, subjects })
    }
    return made
  }

  #withoutOthers(value: number, subject: number): number {
    const found = this.#all.get(value)
    if (!found || (found.subjects & bitOf(subject)) === 0 || --this.#left < -mostSteps) return value
    if (this.#subjects.get(found.atom) === subject) return this.#withoutOthers(found.low, subject)
    return this.#made(
      found.atom,
      this.#withoutOthers(found.high, subject),
      this.#withoutOthers(found.low, subject),
    )
  }

  /** What a value is where `test` is known to hold. */
  given(value: number, test: number): number {
    return this.#work(() => this.#given(value, test))
  }

  #given(value: number, test: number): number {
    const [of, asked] = [this.#all.get(value), this.#all.get(test)]
    if (!of || !asked || --this.#left < 0) return value
    if (asked.atom < of.atom) {
      const more = asked.high === no ? asked.low : asked.low === no ? asked.high : null
      return this.#given(value, more ?? this.#either(asked.high, yes, asked.low))
    }
    if (asked.atom > of.atom)
      return this.#made(of.atom, this.#given(of.high, test), this.#given(of.low, test))
    if (asked.low === no) return this.#given(of.high, asked.high)
    if (asked.high === no) return this.#given(of.low, asked.low)
    return this.#made(of.atom, this.#given(of.high, asked.high), this.#given(of.low, asked.low))
  }

  /** The values that it may be. */
  leaves(value: number): number[] {
    const found = new Set<number>()
    const seen = new Set<number>()
    const look = (one: number): void => {
      if (seen.has(one)) return
      seen.add(one)
      const of = this.#all.get(one)
      if (!of) found.add(one)
      else for (const side of [of.high, of.low]) look(side)
    }
    look(value)
    return [...found]
  }

  /** What is made of each of the values that it may be. */
  map(value: number, by: (leaf: number) => number): number {
    const known = new Map<number, number>()
    const made = (one: number): number => {
      const done = known.get(one)
      if (done !== undefined) return done
      const of = this.#all.get(one)
      const now = of ? this.either(this.atom(of.atom), made(of.high), made(of.low)) : by(one)
      known.set(one, now)
      return now
    }
    return made(value)
  }

  /** The same, where these are few and not only whether something holds; null else. */
  spread(value: number, by: (leaf: number) => number): number | null {
    if (!this.#all.has(value)) return null
    const leaves = this.leaves(value)
    return leaves.length > mostLeaves || leaves.every((one) => one === yes || one === no)
      ? null
      : this.map(value, by)
  }

  /** A decision's question with what comes of it. */
  partsOf(value: number): [test: number, high: number, low: number] | null {
    const found = this.#all.get(value)
    return found ? [this.atom(found.atom), found.high, found.low] : null
  }
}
