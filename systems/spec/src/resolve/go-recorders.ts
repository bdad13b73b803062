import { onceFor } from '../facts/once-for.ts'
import type { ClassDecl, Module } from '../parse/ir.ts'
import { isExpr, walk } from '../parse/walk.ts'
import { methodOf } from './members.ts'
import type { Machine } from './machine.ts'
import { symbol } from './values.ts'
import type { ArgValue, FuncValue, Site, Value } from './values.ts'

/**
 * Go: a struct that embeds a writer, keeps the status that it is handed, and hands that on later (`w.ResponseWriter.WriteHeader(w.status)`), answers with
 * what it is handed. Gives what the call of its `WriteHeader` or `Write` is to the writer; null of anything else.
 */
export function recordedBy({ fn, self }: FuncValue): Value | null {
  if (fn.name !== 'WriteHeader' && fn.name !== 'Write') return null
  if (self?.t !== 'object' || self.ref?.module.language !== 'go') return null
  const { cls, module } = self.ref
  const writer = [...self.props.values()].find(
    (one) => one.t === 'symbol' && one.path === 'net/http.ResponseWriter()',
  )
  if (writer?.t !== 'symbol' || !recordsIn(cls)(module)) return null
  return symbol(`${writer.path}.${fn.name}`, `${writer.text}.${fn.name}`, { of: writer })
}

const recordsIn = onceFor((cls: ClassDecl) => {
  let known: boolean | null = null
  return (module: Module): boolean => (known ??= isRecorder(cls, module))
})

function isRecorder({ members }: ClassDecl, { text }: Module): boolean {
  const head = members.find(({ name }) => name === 'WriteHeader')
  if (!head) return false
  const [status] = head.params
  let kept: string | null = null
  let isHandedOn = false
  walk(head.body, (node) => {
    if (isExpr(node, 'call')) isHandedOn = true
    if (!isExpr(node, 'assign') || node.target.k !== 'member' || node.value.k !== 'name') return
    if (node.value.name === status?.name) kept = node.target.name
  })
  return kept !== null && !isHandedOn && new RegExp(`\\.WriteHeader\\(\\s*[\\w.]+\\.${kept}\\s*\\)`).test(text)
}
