import { packs } from '../packs/packs.ts'
import type { Expr, Module, Span } from '../parse/ir.ts'
import type { Run } from './run-code.ts'

const routing = /rout(?:er|ing|es)/i
const routes =
  /^(?:get|post|put|patch|delete|del|head|options|all|any|route|add_?route|handle|handle_?func)$/i

/** Packages outside that are named for routing, that no pack reads, and whose routers a module gives paths: `router.get('/x', …)`, which no router took in. */
export function unreadRouters({ project, routing: { routers } }: Run, module: Module): string[] {
  if (module.language === 'java' || !routing.test(module.text)) return []
  const isUnread = (source: string) =>
    routing.test(source) &&
    !/^[./~#]/.test(source) &&
    (module.language === 'go'
      ? project.resolveGo(source).length === 0
      : project.resolve(module, source) === null) &&
    !packs.some(({ uses, language }) => language === module.language && uses.test(source))
  // Names, and members of the thing itself, that hold what a package gives.
  const held = new Map<string, string>()
  const called: { source: string; span: Span }[] = []
  const sourceOf = (e: Expr): string | undefined => {
    if (e.k === 'call' && e.callee.k === 'name' && e.callee.name === 'require') {
      const [first] = e.args
      return first?.value.k === 'str' && isUnread(first.value.value) ? first.value.value : undefined
    }
    const own = held.get(keyOf(e))
    return own ?? (e.k === 'call' ? sourceOf(e.callee) : e.k === 'member' ? sourceOf(e.of) : undefined)
  }
  const hold = (target: Expr, value: Expr | null): void => {
    const source = value ? sourceOf(value) : undefined
    if (source === undefined) return
    for (const one of target.k === 'object' ? target.entries.map((entry) => entry.value) : [target])
      if (keyOf(one) !== '') held.set(keyOf(one), source)
  }
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) visit(one)
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return
    const one = node as Partial<Expr> | { k: 'let'; target: Expr; value: Expr | null }
    if (one.k === 'let' || one.k === 'assign') hold(one.target as Expr, one.value as Expr | null)
    if (one.k === 'call' && isRoute(one as Extract<Expr, { k: 'call' }>)) {
      const call = one as Extract<Expr, { k: 'call' }>
      const source = sourceOf(call.callee)
      if (source !== undefined) called.push({ source, span: call })
    }
    for (const value of Object.values(node)) if (typeof value === 'object') visit(value)
  }
  for (const stmt of module.body)
    if (stmt.k === 'import')
      for (const { local, imported } of stmt.names) {
        const source = [stmt.source, `${stmt.source}.${imported ?? ''}`].find(isUnread)
        if (source !== undefined) held.set(local, source)
      }
  if (held.size === 0 && !/\brequire\s*\(/.test(module.text)) return []
  visit(module.body)
  const isTaken = ({ start, end }: Span) =>
    routers.some(({ entries }) =>
      entries.some(({ site }) => site.module === module && site.start < end && start < site.end),
    )
  return [...new Set(called.flatMap(({ source, span }) => (isTaken(span) ? [] : [source])))]
}

const keyOf = (e: Expr): string =>
  e.k === 'name' ? e.name : e.k === 'member' && e.of.k === 'name' ? `${e.of.name}.${e.name}` : ''

// A path first, or behind a method; or an object, or a list of such, with one.
function isRoute({ callee, args }: Extract<Expr, { k: 'call' }>): boolean {
  if (callee.k !== 'member' || !routes.test(callee.name)) return false
  const [first, second] = args.map(({ value }) => value)
  const isPath = (e: Expr | undefined) => e?.k === 'str' && e.value.startsWith('/')
  const one = first?.k === 'array' ? first.items[0] : first
  return (
    isPath(first) ||
    (first?.k === 'str' && /^[A-Z]+$/.test(first.value) && isPath(second)) ||
    (one?.k === 'object' &&
      one.entries.some(({ key }) => key?.k === 'str' && /^(?:path|url)$/.test(key.value)))
  )
}
