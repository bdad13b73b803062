import type { Machine } from './machine.ts'
import { each, symbol } from './values.ts'
import type { Site, Value } from './values.ts'

/** The name under which what code panics with is kept for what recovers from it. */
export const panicked = '@panic'

/** Go: code panics with an error of the repository's own, or one that says its status, and no function on the way here recovers from it. */
export function panicWith(run: Machine, value: Value, site: Site): void {
  noteRecovered(run, site)
  const isTold = (one: Value) =>
    one.t === 'object' ? one.ref !== null : one.t === 'symbol' && ofFramework.test(one.path)
  if (!each(value).some(isTold)) return
  const { stack } = run.running
  if (!stack.some(({ fn, module }) => recovers(module.text.slice(fn.start, fn.end))))
    run.exceptions.raise(value, site, true, panicked)
}

// A function that recovers from what it panics with itself, and sets its error then, comes back with that.
function noteRecovered(run: Machine, site: Site): void {
  const fn = run.running.stack.at(-1)
  if (!fn || run.effects === null) return
  const text = fn.module.text.slice(fn.fn.start, fn.fn.end)
  const name = recovers(text) ? /\)\s*\((\w+) error\)\s*\{/.exec(text)?.[1] : undefined
  const set =
    name === undefined
      ? -1
      : text.slice(text.search(recovering)).search(new RegExp(`\\b${name} = (?!nil\\b)`))
  if (name === undefined || set < 0) return
  run.running.frame.returns.push({
    value: symbol('?', `${fn.fn.name} failed`, { isThere: true }),
    conditions: [...run.running.conditions],
    site,
    state: run.hooks?.save(),
  })
}

/** Errors of frameworks, which say their status. */
const ofFramework = /^github\.com\/(?:gofiber\/fiber|labstack\/echo)(?:\/v\d+)?\.New(?:HTTP)?Error\(\)$/

const recovering = /(?<![\w.])recover\(\)/

/** Whether code asks what was panicked with. */
export const recovers = (text: string): boolean => recovering.test(text)
