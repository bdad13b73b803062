import type { FuncValue, Value } from '../resolve/values.ts'
import type { Answer } from './observation.ts'

/** Handlers of Go in each other that are looked into. */
const maxDepth = 6

/** Whether a handler of Go that wraps another one gives an answer by itself, before it hands on: the call of what it wraps does not lead there. */
export function answersBefore(
  { fn, scope, module, self }: FuncValue,
  { through }: Pick<Answer, 'through'>,
  depth = 0,
): boolean {
  // A function that handles by the method of its type is what that calls.
  const own: [string, Value][] =
    fn.name === 'ServeHTTP' && fn.receiver && self?.t === 'func' ? [[fn.receiver.name, self]] : []
  if (module.language !== 'go' || (fn.name !== '' && own.length === 0) || depth > maxDepth) return false
  const body = module.text.slice(fn.headEnd, fn.end)
  for (const [name, value] of own.length > 0 ? own : scope.names()) {
    if (value.t !== 'func') continue
    const call = new RegExp(String.raw`(?<![\w.])${name}(?:\.ServeHTTP)?\(`)
    if (!call.test(body)) continue
    const leads = through.some(
      (site) =>
        site.module === module &&
        fn.start <= site.start &&
        site.end <= fn.end &&
        call.test(module.text.slice(site.start, site.end)),
    )
    return !leads || answersBefore(value, { through }, depth + 1)
  }
  return false
}
