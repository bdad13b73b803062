import type { Node } from 'acorn'
import { isObject } from '../json.ts'
import { atom, celOf, compound, NotCel, numberLiteral, textLiteral } from '../js/cel-value.ts'
import type { Cel } from '../js/cel-value.ts'
import type { Names } from '../js/to-cel.ts'
import { runStart, startOf } from '../js/times.ts'

/** What n8n's expressions of one node may read. */
export interface NodeScope {
  /** The item that comes in: `$json`. Null where nothing leads to the node. */
  incoming(): Cel | null
  /** What a node by its name gave out; null for one that is not there or cannot be seen from here. */
  output(node: string): Cel | null
  /** Id of the step that a node became, where it can be seen from here. */
  step(node: string): string | null
  /** CEL of a variable of the installation. */
  setting(name: string): string
  /** What a node is set to, itself where none is named; null for one that is not there. */
  parameters(node?: string): Record<string, unknown> | null
  workflow: { id: string; name: string }
}

type Any = Node & Record<string, unknown>
const isCallOf = (node: Any | null, name: string): Any[] | null =>
  node?.type === 'CallExpression' &&
  (node['callee'] as Any).type === 'Identifier' &&
  (node['callee'] as Any)['name'] === name
    ? (node['arguments'] as Any[])
    : null
const isName = (node: Any | null, name: string): boolean =>
  node?.type === 'Identifier' && node['name'] === name

/** Key of a member expression, where it is written out. */
function keyOf(node: Any): string | number | null {
  const property = node['property'] as Any
  if (node['computed'] !== true) return property.type === 'Identifier' ? String(property['name']) : null
  const value = property.type === 'Literal' ? property['value'] : null
  return typeof value === 'string' || typeof value === 'number' ? value : null
}

/** n8n's names (`$json`, `$('Fetch').item.json`, `$node["Fetch"].json`, `$now`) in CEL. */
export function n8nNames(scope: NodeScope): Names {
  // Where nothing leads to a node, it is tried with what the run is given.
  const incoming = (): Cel => scope.incoming() ?? atom('input', 'any')
  const outputOf = (argument: Any | undefined): Cel => {
    const name =
      argument?.type === 'Literal'
        ? argument['value']
        : argument?.type === 'TemplateLiteral'
          ? plainTemplate(argument)
          : null
    if (typeof name !== 'string') throw new NotCel('a node whose name is worked out')
    const found = scope.output(name)
    if (found === null) throw new NotCel(`the node "${name}", which cannot be seen from here`)
    return found
  }

  /** A node's result as n8n wraps it: `$('Fetch')`, `$node["Fetch"]`, `$input`. */
  const source = (node: Any): (() => Cel) | null => {
    const called = isCallOf(node, '$') ?? isCallOf(node, '$items')
    if (called) return called.length === 0 ? incoming : () => outputOf(called[0])
    if (isName(node, '$input') || isName(node, '$prevNode')) return incoming
    if (node.type !== 'MemberExpression') return null
    const of = node['object'] as Any
    const isNodes =
      isName(of, '$node') ||
      (of.type === 'MemberExpression' &&
        keyOf(of) === '$node' &&
        isCallOf(of['object'] as Any, '$item') !== null)
    if (isNodes)
      return () =>
        outputOf(
          node['computed'] === true
            ? (node['property'] as Any)
            : ({ type: 'Literal', value: keyOf(node) } as unknown as Any),
        )
    return null
  }
  /** One item of a result: `.item`, `.first()`, `.all()[0]`, `items[0]`. */
  const item = (node: Any): (() => Cel) | null => {
    const own = source(node)
    if (own) return own
    if (node.type === 'CallExpression') {
      const callee = node['callee'] as Any
      const name = callee.type === 'MemberExpression' ? keyOf(callee) : null
      const of =
        name === 'first' || name === 'last' || name === 'itemMatching'
          ? source(callee['object'] as Any)
          : null
      return of
    }
    if (node.type !== 'MemberExpression') return null
    const key = keyOf(node)
    const object = node['object'] as Any
    if (key === 'item' || key === 'pairedItem') return source(object)
    if (key === 0) return isName(object, 'items') ? incoming : (list(object) ?? null)
    return null
  }
  const list = (node: Any): (() => Cel) | null => {
    if (node.type !== 'CallExpression') return null
    const callee = node['callee'] as Any
    if (isCallOf(node, '$items')) return source(node)
    return callee.type === 'MemberExpression' && keyOf(callee) === 'all'
      ? source(callee['object'] as Any)
      : null
  }

  /** Name of the node of `$('Fetch')` or `$node["Fetch"]`. */
  const nodeOf = (node: Any): string | null => {
    const [called] = isCallOf(node, '$') ?? []
    if (called) return called.type === 'Literal' ? String(called['value']) : null
    if (node.type !== 'MemberExpression' || !isName(node['object'] as Any, '$node')) return null
    const key = keyOf(node)
    return typeof key === 'string' ? key : null
  }
  /** What a node is set to: written in the file, unless it is worked out itself. */
  const parameter = (node: Any): Cel | null => {
    const keys: (string | number)[] = []
    for (let at = node; ; at = at['object'] as Any) {
      const own = isName(at, '$parameter')
      if (!own && at.type !== 'MemberExpression') return null
      const key = own ? null : keyOf(at)
      const other = own || (key !== 'params' && key !== 'parameter') ? null : nodeOf(at['object'] as Any)
      if (own || other !== null) {
        const found = keys.reduceRight<unknown>(
          (of, each) =>
            isObject(of) || Array.isArray(of) ? (of as Record<string, unknown>)[each] : undefined,
          scope.parameters(other ?? undefined),
        )
        return found === undefined ? null : written(found)
      }
      if (key === null) return null
      keys.push(key)
    }
  }

  return {
    variable(name) {
      switch (name) {
        case '$json':
          return incoming()
        case '$now':
          return runStart
        case '$today':
          return startOf(runStart, 'day')
        case '$itemIndex':
        case '$runIndex':
          return numberLiteral(0)
        default:
          return null
      }
    },
    path(node) {
      const at = node as Any
      const items = list(at)
      // The draft works on one item: the list of all of them has the one.
      if (items) return { ...atom(`[{"json": ${items().text}}]`, 'list'), items: 'map' }
      if (at.type !== 'MemberExpression') return null
      const set = parameter(at)
      if (set !== null) return set
      const key = keyOf(at)
      const object = at['object'] as Any
      if ((isName(object, '$env') || isName(object, '$vars')) && typeof key === 'string')
        return atom(scope.setting(key), 'text')
      if (key === 'json' || key === 'data') return item(object)?.() ?? null
      if (key === 'isExecuted') {
        const called = isCallOf(object, '$')
        const name = called?.[0]?.type === 'Literal' ? called[0]['value'] : null
        const id = typeof name === 'string' ? scope.step(name) : null
        if (id !== null) return compound(`has(steps.${id})`, 'bool')
      }
      if (key === 'binary' || key === 'params' || key === 'context')
        if (item(object)) throw new NotCel(`${key} of a node`)
      if (isName(object, '$workflow')) {
        if (key === 'name') return textLiteral(scope.workflow.name)
        if (key === 'id') return textLiteral(scope.workflow.id)
      }
      if (isName(object, '$execution') && key === 'id') return atom('run.id', 'text')
      return null
    },
  }
}

/** A setting as CEL. */
function written(value: unknown): Cel {
  if (/"=/.test(JSON.stringify(value))) throw new NotCel('a setting that is worked out')
  if (typeof value === 'string') return textLiteral(value)
  if (typeof value === 'number') return numberLiteral(value)
  return atom(celOf(value), typeof value === 'boolean' ? 'bool' : Array.isArray(value) ? 'list' : 'any')
}

function plainTemplate(node: Any): string | null {
  const quasis = node['quasis'] as { value: { cooked?: string | null } }[]
  return quasis.length === 1 ? (quasis[0]?.value.cooked ?? null) : null
}
