import type { Machine } from './machine.ts'
import { each } from './values.ts'
import type { Site, Value } from './values.ts'

/** The name under which what code panics with is kept for what recovers from it. */
export const panicked = '@panic'

/** Go: code panics with an error of the repository's own, or one that says its status, and no function on the way here recovers from it. */
export function panicWith(run: Machine, value: Value, site: Site): void {
  const isTold = (one: Value) =>
    one.t === 'object' ? one.ref !== null : one.t === 'symbol' && ofFramework.test(one.path)
  if (!each(value).some(isTold)) return
  const { stack } = run.running
  if (!stack.some(({ fn, module }) => recovers(module.text.slice(fn.start, fn.end))))
    run.exceptions.raise(value, site, true, panicked)
}

/** Errors of frameworks, which say their status. */
const ofFramework = /^github\.com\/(?:gofiber\/fiber|labstack\/echo)(?:\/v\d+)?\.New(?:HTTP)?Error\(\)$/

/** Whether code asks what was panicked with. */
export const recovers = (text: string): boolean => /(?<![\w.])recover\(\)/.test(text)
