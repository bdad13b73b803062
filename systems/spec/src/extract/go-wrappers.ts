import type { Func, Module } from '../parse/ir.ts'
import type { FuncValue, Value } from '../resolve/values.ts'
import type { Answer } from './observation.ts'

/** Handlers of Go in each other that are looked into. */
const maxDepth = 6

/** Whether a handler of Go that wraps another one gives an answer by itself, before it hands on: the call of what it wraps does not lead there. */
export function answersBefore(
  { fn, scope, module, self }: FuncValue,
  answer: Pick<Answer, 'through' | 'site' | 'statusAt'>,
  depth = 0,
): boolean {
  // A function that handles by the method of its type is what that calls.
  const own: [string, Value][] =
    fn.name === 'ServeHTTP' && fn.receiver && self?.t === 'func' ? [[fn.receiver.name, self]] : []
  if (module.language !== 'go' || (fn.name !== '' && own.length === 0) || depth > maxDepth) return false
  const body = module.text.slice(fn.headEnd, fn.end)
  const { through } = answer
  for (const [name, value] of own.length > 0 ? own : scope.names()) {
    if (value.t !== 'func') continue
    const call = new RegExp(String.raw`(?<![\w.])${name}(?:\.ServeHTTP)?\(`)
    if (!call.test(body)) continue
    if (value.fn.returns && comesAfter(fn, module, name, answer)) return isOfWrapper(value, answer)
    const leads = through.some(
      (site) =>
        site.module === module &&
        fn.start <= site.start &&
        site.end <= fn.end &&
        call.test(module.text.slice(site.start, site.end)),
    )
    return !leads || answersBefore(value, answer, depth + 1)
  }
  return false
}

// Whether the status that a function gave is one of what wraps a handler there, and none of the handler's.
function isOfWrapper(
  { fn, scope, module }: FuncValue,
  { statusAt = [] }: Pick<Answer, 'statusAt'>,
  depth = 0,
): boolean {
  if (fn.name !== '' || depth > maxDepth) return false
  const body = module.text.slice(fn.headEnd, fn.end)
  const wrapped = [...scope.names()].flatMap(([name, value]) =>
    value.t === 'func' && value.fn.name !== name && new RegExp(String.raw`(?<![\w.])${name}\(`).test(body)
      ? [value]
      : [],
  )
  const isOwn = statusAt.some((at) => at.module === module && fn.start <= at.start && at.end <= fn.end)
  return (wrapped.length > 0 && isOwn) || wrapped.some((one) => isOfWrapper(one, { statusAt }, depth + 1))
}

// Whether it is answered by what the call of what a function wraps has given: a status, an error.
function comesAfter(
  { headEnd, start, end }: Func,
  module: Module,
  wrapped: string,
  { through, site }: Pick<Answer, 'through' | 'site'>,
): boolean {
  const taken = new RegExp(String.raw`=\s*${wrapped}\(`).exec(module.text.slice(headEnd, end))
  const at = [...through, site].find((one) => one.module === module && start <= one.start && one.end <= end)
  return taken !== null && at !== undefined && at.start > headEnd + taken.index
}
