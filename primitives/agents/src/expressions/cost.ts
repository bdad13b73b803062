import { celList, isCelList, isCelMap } from '@bufbuild/cel'
import type { CelEnv, CelValue } from '@bufbuild/cel'
import { ExpressionError } from './errors.ts'

/** What one evaluation may use. Steps and sizes are the same in every run, so that what is replayed ends the same way; time is the last resort. */
export interface ExpressionLimits {
  /** Calls, turns of loops and what is read by them; a call that reads 32 characters or one element costs one. */
  steps: number
  /** Characters or elements of any value that is made on the way. */
  size: number
  ms: number
}

export const defaultLimits: ExpressionLimits = { steps: 200_000, size: 1_000_000, ms: 1_000 }

/** Counts what the evaluation that is under way has used. An evaluation is synchronous, so there is one at a time. */
export class Meter {
  #limits = defaultLimits
  #steps = 0
  #deadline = 0

  start(limits: ExpressionLimits): void {
    this.#limits = limits
    this.#steps = 0
    this.#deadline = performance.now() + limits.ms
  }

  /** Throws `expression-cost` once the steps or the time are used up. */
  charge(steps: number): void {
    const before = this.#steps
    this.#steps += 1 + steps
    if (this.#steps > this.#limits.steps)
      throw costError(`more than ${this.#limits.steps.toLocaleString('en')} steps`)
    // The clock is asked about once in a thousand steps.
    if (before >> 10 !== this.#steps >> 10 && performance.now() > this.#deadline)
      throw costError(`more than ${this.#limits.ms} ms`)
  }

  checkSize(size: number): void {
    if (size > this.#limits.size)
      throw costError(`a value of more than ${this.#limits.size.toLocaleString('en')} characters or elements`)
  }

  /** Charges what a function that looks through its argument reads of it, nested parts as often as they are met. */
  chargeDeep(value: CelValue): void {
    if (typeof value === 'string') this.charge(value.length >> 5)
    else if (value instanceof Uint8Array) this.charge(value.length >> 5)
    else if (isCelList(value)) for (const item of value) this.#chargePart(item)
    else if (isCelMap(value)) for (const item of value.values()) this.#chargePart(item)
  }

  #chargePart(item: CelValue): void {
    this.charge(0)
    if (typeof item === 'object' || typeof item === 'string') this.chargeDeep(item)
  }
}

function costError(what: string): ExpressionError {
  return new ExpressionError({
    code: 'expression-cost',
    message: `The expression needs ${what}. Read less, or do it in a code step.`,
  })
}

/** The function that stands in the condition of each loop, where its turns are counted. No expression can name it. */
export const tick = '@tick'

const lists = new WeakMap<object, number>()
/** Concatenated lists nest; deeper than this they are copied flat, so that reading one stays cheap. */
const flattenAt = 48

/** Functions whose work is the product of their text and their pattern, or whose result is as long as it. */
const products = new Set(['matches', 'replace', 'join', 'split'])
/** Functions that only look at the outside of a list or map. */
const shallow = new Set(['size', '_[_]', '_+_', 'type', 'dyn'])

type Funcs = CelEnv['funcs']

/** The same environment, with every call metered. */
export function metered(env: CelEnv, meter: Meter): CelEnv {
  const groups = new Map<string, ReturnType<Funcs['find']>>()
  const funcs = Object.create(env.funcs) as Funcs
  funcs.find = (name) => {
    if (groups.has(name)) return groups.get(name)
    const group = name === tick ? tickGroup(meter) : meterGroup(env.funcs.find(name), name, meter)
    groups.set(name, group)
    return group
  }
  return Object.create(env, { funcs: { value: funcs } }) as CelEnv
}

type Group = NonNullable<ReturnType<Funcs['find']>>

function tickGroup(meter: Meter): Group {
  return {
    name: tick,
    *[Symbol.iterator]() {},
    call() {
      meter.charge(0)
      return true
    },
  }
}

function meterGroup(group: Group | undefined, name: string, meter: Meter): Group | undefined {
  if (group === undefined) return undefined
  return {
    name,
    [Symbol.iterator]: () => group[Symbol.iterator](),
    call(id, target, args) {
      chargeCall(name, target, args, meter)
      if (name === '_+_' && isCelList(args[0]) && isCelList(args[1]))
        meter.checkSize(args[0].size + args[1].size)
      let result = group.call(id, target, args)
      if (typeof result === 'string' || result instanceof Uint8Array) meter.checkSize(result.length)
      else if (name === '_+_' && isCelList(result)) result = flattened(result, args, meter)
      return result
    },
  }
}

function chargeCall(name: string, target: CelValue | undefined, args: CelValue[], meter: Meter): void {
  const all = target === undefined ? args : [target, ...args]
  if (products.has(name)) {
    // Twice the length at least: an empty pattern is found between any two characters.
    const lengths = all.map((value) => (typeof value === 'string' ? value.length + 1 : 1))
    const longest = Math.max(...lengths)
    const rest = lengths.reduce((sum, length) => sum + length, 0) - longest
    meter.charge((longest * Math.max(1, rest)) >> 6)
  }
  if (shallow.has(name)) {
    meter.charge(0)
    for (const value of all) if (typeof value === 'string') meter.charge(value.length >> 8)
  } else {
    meter.charge(0)
    for (const value of all)
      if (typeof value === 'object' || typeof value === 'string') meter.chargeDeep(value)
  }
}

function flattened(result: CelValue & object, args: CelValue[], meter: Meter): CelValue {
  if (!isCelList(result)) return result
  const left = args[0]
  const depth = (typeof left === 'object' && left !== null ? (lists.get(left) ?? 0) : 0) + 1
  if (depth < flattenAt) {
    lists.set(result, depth)
    return result
  }
  meter.charge(result.size >> 5)
  return celList([...result])
}
