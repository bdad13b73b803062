import { inputs, mapped, shapes, texts } from './steps.ts'
import type { Kind, MadeHandler, Shape, Step, Test } from './steps.ts'

const errors = [400, 401, 402, 403, 404, 405, 406, 409, 410, 411, 412, 413, 414, 415, 416, 417, 422, 423, 424]
const deepest = 3

/** The same handlers for the same seed; `share`: of how many steps that are what programs do besides branching; `own`: of how many that are a way of the language. */
export function madeHandlers(
  count: number,
  seed: number,
  share = 0,
  own = 0,
  statuses: readonly number[] = errors,
  length = 4,
): MadeHandler[] {
  let state = (seed * 2_654_435_761) % 2 ** 32
  const random = () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32
  const pick = <T>(all: readonly [T, ...T[]] | readonly T[]): T => all[Math.floor(random() * all.length)] as T
  return Array.from({ length: count }, (_, at) => {
    const free = [...statuses]
    const freeMapped: number[] = [...mapped]
    let names = 0
    const collected = new Map<string, Kind>()
    const tables = new Set<string>()
    const choices = new Set<string>()
    const test = (flags: readonly string[], depth = 0): Test => {
      if (own > 0 && random() < own / 3)
        return { k: 'asks', which: Math.floor(random() * 100), subject: pick(inputs), text: pick(texts) }
      const r = random()
      const isOther = (one: string) => collected.has(one) || tables.has(one) || choices.has(one)
      const [name] = flags.filter(isOther).toReversed()
      if (name !== undefined && choices.has(name) && r < 0.3) return { k: 'chosen', name, isFirst: r < 0.15 }
      if (name !== undefined && r < 0.3)
        return tables.has(name)
          ? { k: 'listed', name }
          : { k: 'filled', name, kind: collected.get(name) ?? 'list' }
      if (depth < 2 && r < 0.25)
        return {
          k: r < 0.15 ? 'and' : 'or',
          left: test(flags, depth + 1),
          right: test(flags, depth + 1),
        }
      if (depth < 2 && r < 0.33) return { k: 'not', of: test(flags, depth + 1) }
      const plain = flags.filter((one) => !collected.has(one) && !tables.has(one) && !choices.has(one))
      if (plain.length > 0 && r < 0.55) return { k: 'flag', name: pick(plain) }
      if (r < 0.68) return { k: 'missing', subject: pick(inputs) }
      if (r < 0.75) return { k: 'helped', subject: pick(inputs), text: pick(texts) }
      return { k: 'is', subject: pick(inputs), isEqual: random() < 0.5, text: pick(texts) }
    }
    const besides = (
      steps: Step[],
      flags: string[],
      depth: number,
      inner: (most: number) => Step[],
      status: () => number,
    ) => {
      const r = random()
      const known = flags.filter((one) => collected.has(one))
      if (random() < 0.3) {
        const s = random()
        if (s < 0.35 && depth < deepest)
          steps.push({ k: 'skip', among: texts.slice(0, 2), subject: pick(inputs), body: inner(1) })
        else if (s < 0.7) {
          const name = `way${names++}`
          const asked = test(flags)
          choices.add(name)
          flags.push(name)
          steps.push({ k: 'choose', name, test: asked })
        } else if (free.length > 0)
          steps.push({
            k: 'deep',
            subject: pick(inputs),
            other: pick(inputs),
            text: pick(texts),
            status: status(),
          })
        return
      }
      if (r < 0.2 && known.length === 0) {
        const name = `faults${names++}`
        const kind = random() < 0.5 ? 'list' : 'map'
        collected.set(name, kind)
        flags.push(name)
        steps.push({ k: 'collect', name, kind, text: '' })
      } else if (r < 0.4 && known.length > 0) {
        const name = pick(known)
        steps.push({
          k: 'if',
          test: test(flags),
          body: [{ k: 'put', name, kind: collected.get(name) ?? 'list', text: pick(texts) }],
          otherwise: [],
        })
      } else if (r < 0.55) {
        const name = `size${names++}`
        tables.add(name)
        flags.push(name)
        steps.push({ k: 'table', name, subject: pick(inputs), keys: texts.slice(0, 2) })
      } else if (r < 0.68 && free.length > 0)
        steps.push({ k: 'refuse', subject: pick(inputs), text: pick(texts), status: status() })
      else if (r < 0.78 && depth < deepest)
        steps.push({ k: 'each', among: texts.slice(1), subject: pick(inputs), body: inner(1) })
      else if (r < 0.9 && free.length > 0)
        steps.push({
          k: 'result',
          subject: pick(inputs),
          text: pick(texts),
          status: status(),
          name: `made${names++}`,
        })
      else if (depth > 0 && free.length > 1)
        steps.push({ k: 'either', test: test(flags), status: status(), other: status() })
    }
    const ownWay = (inner: (most: number) => Step[], status: () => number, depth: number): Step | null => {
      const which = Math.floor(random() * 100)
      const asked = { subject: pick(inputs), text: pick(texts) }
      if (random() < 0.2 && depth < deepest)
        return { k: 'around', which, ...asked, name: `own${names++}`, body: inner(2) }
      if (free.length < 2) return null
      const shape = pick(Object.keys(shapes) as Shape[])
      if (shape === 'mapped' && freeMapped.length === 0) return null
      const first =
        shape === 'mapped'
          ? (freeMapped.splice(Math.floor(random() * freeMapped.length), 1)[0] ?? 418)
          : status()
      const second = ['needed', 'first', 'number'].includes(shape) ? status() : first
      const other = pick(inputs.filter((one) => one !== asked.subject))
      return { k: 'way', shape, which, ...asked, other, status: first, second, name: `own${names++}` }
    }
    const body = (depth: number, length: number, around: readonly string[]): Step[] => {
      const flags = [...around]
      const plain = () => flags.filter((one) => !collected.has(one) && !tables.has(one) && !choices.has(one))
      const status = () => free.splice(Math.floor(random() * free.length), 1)[0] ?? 400
      const steps: Step[] = []
      const inner = (most: number) => body(depth + 1, 1 + Math.floor(random() * most), flags)
      while (steps.length < length) {
        if (own > 0 && random() < own) {
          const way = ownWay(inner, status, depth)
          if (way) steps.push(way)
          continue
        }
        if (random() < share) {
          besides(steps, flags, depth, inner, status)
          if (steps.at(-1)?.k === 'either') break
          continue
        }
        const r = random()
        if (r < 0.2 || (r < 0.32 && plain().length === 0)) {
          const name = `flag${names++}`
          steps.push({ k: 'let', name, value: random() < 0.5 })
          flags.push(name)
        } else if (r < 0.32) steps.push({ k: 'set', name: pick(plain()), value: random() < 0.5 })
        else if (r < 0.6 && depth < deepest)
          steps.push({
            k: 'if',
            test: test(flags),
            body: inner(2),
            otherwise: random() < 0.4 ? inner(1) : [],
          })
        else if (r < 0.72 && depth < deepest)
          steps.push({
            k: 'switch',
            on: pick(inputs),
            cases: texts.slice(0, 1 + Math.floor(random() * 3)).map((text) => ({ text, body: inner(1) })),
            rest: random() < 0.5 ? inner(1) : null,
          })
        else if (r < 0.84 && depth < deepest)
          steps.push({
            k: 'try',
            before:
              plain().length > 0 && random() < 0.3 ? [{ k: 'set', name: pick(plain()), value: true }] : [],
            risk: pick(inputs),
            after: random() < 0.6 ? inner(1) : [],
            caught: inner(1),
          })
        else if (r < 0.9) {
          const name = `flag${names++}`
          steps.push(
            { k: 'let', name, value: false },
            { k: 'look', among: texts.slice(0, 2), subject: pick(inputs), name },
          )
          flags.push(name)
        } else if (depth > 0 && free.length > 0) {
          steps.push({ k: 'answer', status: status() })
          break
        }
      }
      return steps
    }
    return { name: `h${at}`, steps: body(0, length, []) }
  })
}
