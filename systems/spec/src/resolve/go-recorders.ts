import { onceFor } from '../facts/once-for.ts'
import type { Expr, Func } from '../parse/ir.ts'
import { isExpr, walk } from '../parse/walk.ts'
import type { Machine } from './machine.ts'
import { symbol } from './values.ts'
import type { FuncValue, Scope, Site, Value } from './values.ts'

/**
 * Go: a struct that embeds a writer, keeps the status that it is handed, and hands that on later (`w.ResponseWriter.WriteHeader(w.status)`), answers with
 * what it is handed. Gives what the call of its `WriteHeader` or `Write` is to the writer; null of anything else.
 */
export function recordedBy(run: Machine, { fn, self }: FuncValue, site: Site): Value | null {
  if (fn.name !== 'WriteHeader' && fn.name !== 'Write') return null
  if (self?.t !== 'object' || self.ref?.module.language !== 'go') return null
  const writer = [...self.props.values()].find(
    (one) => one.t === 'symbol' && one.path === 'net/http.ResponseWriter()',
  )
  if (writer?.t !== 'symbol') return null
  const head = run.memberOf(self, 'WriteHeader', site)
  const kept = head?.t === 'func' ? keptBy(head.fn) : null
  if (!kept || !new RegExp(`\\.WriteHeader\\(\\s*[\\w.]+\\.${kept}\\s*\\)`).test(self.ref.module.text))
    return null
  recorded.set(self, kept)
  return symbol(`${writer.path}.${fn.name}`, `${writer.text}.${fn.name}`, { of: writer })
}

/** Structs that kept a status or a body, each with the field that has the status. */
const recorded = new WeakMap<Value, string>()

/** Whether a call hands on to a writer what such a struct kept: that was answered where it was kept. */
export function isReplayed(
  run: Machine,
  { args: [status] }: Extract<Expr, { k: 'call' }>,
  callee: Value,
  scope: Scope,
): boolean {
  if (callee.t !== 'symbol' || callee.path !== 'net/http.ResponseWriter().WriteHeader') return false
  if (status?.value.k !== 'member') return false
  return recorded.get(run.expressions.evaluate(status.value.of, scope)) === status.value.name
}

/** The field that a function keeps its first parameter in; null where it calls anything. */
const keptBy = onceFor((fn: Func): string | null => {
  const [status] = fn.params
  let kept: string | null = null
  let isCalling = false
  walk(fn.body, (node) => {
    if (isExpr(node, 'call')) isCalling = true
    if (!isExpr(node, 'assign') || node.target.k !== 'member' || node.value.k !== 'name') return
    if (node.value.name === status?.name) kept = node.target.name
  })
  return isCalling ? null : kept
})
