import type { Expr, Span, Stmt } from './ir.ts'

/** An ESTree node, as oxc gives it; read by its `type`. */
export interface EsNode {
  type: string
  start: number
  end: number
  [key: string]: unknown
}

export const node = (value: unknown) => value as EsNode
export const maybe = (value: unknown) => (value ?? null) as EsNode | null
export const nodes = (value: unknown) => ((value ?? []) as (EsNode | null)[]).filter((each) => each !== null)
export const at = ({ start, end }: Span): Span => ({ start, end })

export function moduleName(value: unknown): string {
  const n = node(value)
  return String(n['name'] ?? n['value'])
}

export function entityName(n: EsNode): string {
  if (n.type === 'TSQualifiedName')
    return `${entityName(node(n['left']))}.${String(node(n['right'])['name'])}`
  return plainText(n['name'])
}

/** `a.b.c` of names and members; null for anything else. */
export function dotted(e: Expr): string | null {
  if (e.k === 'name') return e.name
  if (e.k !== 'member') return null
  const of = dotted(e.of)
  return of === null ? null : `${of}.${e.name}`
}

export function declaredNames(stmt: Stmt): string[] {
  if (stmt.k === 'func') return [stmt.fn.name]
  if (stmt.k === 'class') return [stmt.cls.name]
  if (stmt.k !== 'let') return []
  return patternNames(stmt.target)
}

export function patternNames(e: Expr): string[] {
  if (e.k === 'name') return [e.name]
  if (e.k === 'array') return e.items.flatMap(patternNames)
  if (e.k === 'object') return e.entries.flatMap(({ value }) => patternNames(value))
  if (e.k === 'assign') return patternNames(e.target)
  if (e.k === 'spread') return patternNames(e.of)
  return []
}

export function plainText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** `for (let i = 0; i < list.length; i++)`, also with the length kept beside it: what counts, and what it goes through; null of any other loop. */
export function countedOver(n: EsNode): { index: EsNode; over: EsNode } | null {
  const [init, test, update] = [maybe(n['init']), maybe(n['test']), maybe(n['update'])]
  if (init?.type !== 'VariableDeclaration' || test?.['operator'] !== '<' || !update) return null
  const [first, ...kept] = nodes(init['declarations'])
  const index = first ? node(first['id']) : null
  if (!first || index?.type !== 'Identifier' || maybe(first['init'])?.['value'] !== 0) return null
  const isIndex = (value: unknown) => isNamed(value, index['name'])
  if (!isIndex(test['left']) || update['operator'] !== '++' || !isIndex(update['argument'])) return null
  const limit = node(test['right'])
  const length = kept.find(({ id }) => isNamed(id, limit['name']))
  const until = length ? maybe(length['init']) : limit
  if (until?.type !== 'MemberExpression' || maybe(until['property'])?.['name'] !== 'length') return null
  const over = node(until['object'])
  return over.type === 'Identifier' && !isSetIn(n['body'], index['name']) && !isSetIn(n['body'], over['name'])
    ? { index, over }
    : null
}

const isNamed = (value: unknown, name: unknown): boolean => {
  const one = maybe(value)
  return one?.type === 'Identifier' && one['name'] === name
}

const isSetIn = (value: unknown, name: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false
  const one = value as EsNode
  return (
    (one.type === 'AssignmentExpression' && isNamed(one['left'], name)) ||
    (one.type === 'UpdateExpression' && isNamed(one['argument'], name)) ||
    Object.values(value).some((each) => isSetIn(each, name))
  )
}
