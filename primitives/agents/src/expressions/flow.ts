import { constantKey, partsOf } from './tree.ts'
import type { Expr } from './tree.ts'

/** Keys from a name down to a value; `'*'` is any key or element. */
export type Path = readonly (string | number)[]

/**
 * What a value is made of, found without running the expression: a part of something that is read (`path`), a record or list with parts of its
 * own, or a mixture in which parts cannot be told apart. `text` is written in the expression or template itself.
 */
export type Flow =
  | { kind: 'path'; path: Path }
  | { kind: 'record'; fields: readonly (readonly [string, Flow])[] }
  | { kind: 'list'; items: readonly Flow[] }
  | { kind: 'mix'; paths: readonly Path[] }
  | { kind: 'text' }

export const writtenText: Flow = { kind: 'text' }

/** Where the value of `expr` comes from. Conditions count: who chooses between two values has a hand in the result. */
export function flowOf(expr: Expr, locals: ReadonlyMap<string, Flow> = new Map()): Flow {
  const { exprKind: kind } = expr
  switch (kind.case) {
    case 'identExpr':
      return locals.get(kind.value.name) ?? { kind: 'path', path: [kind.value.name] }
    case 'constExpr':
      return writtenText
    case 'selectExpr':
      return step(flowOf(kind.value.operand!, locals), kind.value.field)
    case 'callExpr': {
      if (kind.value.function === '_[_]') {
        const [of, at] = kind.value.args
        const key = constantKey(at)
        const inside = step(flowOf(of!, locals), key ?? '*')
        return key === undefined ? mix([inside, flowOf(at!, locals)]) : inside
      }
      return mix(partsOf(expr).map((part) => flowOf(part, locals)))
    }
    case 'listExpr':
      return { kind: 'list', items: kind.value.elements.map((item) => flowOf(item, locals)) }
    case 'structExpr': {
      const fields: [string, Flow][] = []
      for (const entry of kind.value.entries) {
        const key = entry.keyKind.case === 'mapKey' ? constantKey(entry.keyKind.value) : entry.keyKind.value
        if (typeof key !== 'string' || entry.value === undefined)
          return mix(partsOf(expr).map((part) => flowOf(part, locals)))
        fields.push([key, flowOf(entry.value, locals)])
      }
      return { kind: 'record', fields }
    }
    case 'comprehensionExpr': {
      const { iterVar, accuVar, iterRange, accuInit, loopCondition, loopStep, result } = kind.value
      const range = flowOf(iterRange!, locals)
      const inner = new Map(locals).set(iterVar, step(range, '*')).set(accuVar, flowOf(accuInit!, locals))
      const inside = [accuInit, loopCondition, loopStep, result].map((part) => flowOf(part!, inner))
      // How many elements there are is known to the result even where none of them is read.
      return mix([outside(range), ...inside])
    }
    default:
      return writtenText
  }
}

/** What a field or element of it is made of. */
export function step(flow: Flow, key: string | number): Flow {
  switch (flow.kind) {
    case 'path':
      return { kind: 'path', path: [...flow.path, key] }
    case 'record': {
      const field = flow.fields.find(([name]) => name === key)
      return field === undefined ? mix(flow.fields.map(([, of]) => of)) : field[1]
    }
    case 'list':
      return typeof key === 'number' ? (flow.items[key] ?? writtenText) : mix(flow.items)
    default:
      return flow
  }
}

/** Its kind and number of parts only, marked by an empty last key. */
function outside(flow: Flow): Flow {
  return flow.kind === 'path' ? { kind: 'path', path: [...flow.path, ''] } : flow
}

/** All of them as one value whose parts cannot be told apart. */
export function mix(flows: readonly Flow[]): Flow {
  const paths = new Map<string, Path>()
  for (const flow of flows) collect(flow, paths)
  return paths.size === 0 ? writtenText : { kind: 'mix', paths: [...paths.values()] }
}

function collect(flow: Flow, paths: Map<string, Path>): void {
  if (flow.kind === 'path') paths.set(JSON.stringify(flow.path), flow.path)
  else if (flow.kind === 'mix') for (const path of flow.paths) paths.set(JSON.stringify(path), path)
  else if (flow.kind === 'record') for (const [, field] of flow.fields) collect(field, paths)
  else if (flow.kind === 'list') for (const item of flow.items) collect(item, paths)
}

/** Every path that is read, each once. */
export function pathsOf(flow: Flow): Path[] {
  const mixed = mix([flow])
  if (mixed.kind !== 'mix') return []
  const whole = mixed.paths.map((path) => (path.at(-1) === '' ? path.slice(0, -1) : path))
  return [...new Map(whole.map((path) => [JSON.stringify(path), path])).values()]
}
