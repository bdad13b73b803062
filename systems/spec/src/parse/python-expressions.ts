import { awaited } from './awaited.ts'
import type { Argument, Expr, Func, Param, Span, TypeRef } from './ir.ts'
import { typeOfExpr } from './python-types.ts'
import { childOf, childrenOf, firstOf } from './syntax-tree.ts'
import type { Syntax } from './syntax-tree.ts'
import { unescapeText } from './unescape.ts'

const at = ({ start, end }: Span): Span => ({ start, end })

/** Expressions of Python, parameters and types: what has no statements in it. */
export class PythonExpressions {
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }

  protected textOf({ start, end }: Span): string {
    return this.#text.slice(start, end)
  }

  // `Annotated[int, Query()]` has several.
  #subscript(n: Syntax): Expr {
    const all = n.children.filter(({ field }) => field === 'subscript')
    return all.length > 1
      ? { k: 'array', items: all.map((each) => this.expr(each)), ...at(n) }
      : this.field(n, 'subscript')
  }

  protected field(n: Syntax, field: string): Expr {
    const child = childOf(n, field)
    return child ? this.expr(child) : { k: 'other', parts: [], ...at(n) }
  }

  expr(n: Syntax): Expr {
    const span = at(n)
    switch (n.type) {
      case 'string':
        return this.#string(n)
      case 'concatenated_string':
        return { k: 'template', parts: n.children.map((each) => this.expr(each)), ...span }
      case 'integer':
      case 'float':
        return { k: 'num', value: Number(this.textOf(n).replaceAll('_', '')), ...span }
      case 'true':
      case 'false':
        return { k: 'bool', value: n.type === 'true', ...span }
      case 'none':
        return { k: 'null', ...span }
      case 'identifier':
        return { k: 'name', name: this.textOf(n), ...span }
      case 'dotted_name': {
        const [first, ...rest] = n.children
        let e: Expr = { k: 'name', name: first ? this.textOf(first) : '', ...span }
        for (const each of rest) e = { k: 'member', of: e, name: this.textOf(each), ...span }
        return e
      }
      case 'attribute': {
        const name = childOf(n, 'attribute')
        return { k: 'member', of: this.field(n, 'object'), name: name ? this.textOf(name) : '', ...span }
      }
      case 'subscript':
        return { k: 'index', of: this.field(n, 'value'), at: this.#subscript(n), ...span }
      case 'call': {
        const args = childOf(n, 'arguments')
        return {
          k: 'call',
          callee: this.field(n, 'function'),
          args:
            args?.type === 'argument_list'
              ? args.children.filter(({ type }) => type !== 'comment').map((each) => this.#argument(each))
              : args
                ? [{ name: null, value: this.expr(args) }]
                : [],
          isNew: false,
          ...span,
        }
      }
      case 'list':
      case 'tuple':
      case 'set':
      case 'expression_list':
      case 'pattern_list':
      case 'tuple_pattern':
      case 'list_pattern':
        return {
          k: 'array',
          items: n.children.filter(({ type }) => type !== 'comment').map((each) => this.expr(each)),
          ...span,
        }
      case 'dictionary':
        return {
          k: 'object',
          type: null,
          entries: n.children
            .filter(({ type }) => type === 'pair' || type === 'dictionary_splat')
            .map((each) =>
              each.type === 'pair'
                ? { key: this.field(each, 'key'), value: this.field(each, 'value') }
                : { key: null, value: this.expr(each.children[0] ?? each) },
            ),
          ...span,
        }
      case 'list_comprehension':
      case 'set_comprehension':
      case 'generator_expression': {
        const clause = firstOf(n, 'for_in_clause')
        if (!clause) break
        return {
          k: 'each',
          vars: this.field(clause, 'left'),
          over: this.field(clause, 'right'),
          body: this.field(n, 'body'),
          tests: n.children
            .filter(({ type }) => type === 'if_clause')
            .flatMap((each) => each.children.map((test) => this.expr(test))),
          ...span,
        }
      }
      case 'lambda': {
        const params = childOf(n, 'parameters')
        const body = childOf(n, 'body')
        return {
          k: 'func',
          fn: {
            ...emptyFunc(n, ''),
            params: params ? params.children.flatMap((each) => this.param(each)) : [],
            body: body ? [{ k: 'return', value: this.expr(body), ...at(body) }] : [],
            headEnd: body?.start ?? n.end,
          },
          ...span,
        }
      }
      case 'conditional_expression': {
        const [then, test, otherwise] = n.children.filter(({ type }) => type !== 'comment')
        if (!then || !test || !otherwise) break
        return {
          k: 'cond',
          test: this.expr(test),
          whenTrue: this.expr(then),
          whenFalse: this.expr(otherwise),
          ...span,
        }
      }
      case 'boolean_operator':
      case 'binary_operator': {
        const op = this.textOf(childOf(n, 'operator') ?? n)
        return {
          k: 'binary',
          op: op === 'and' ? '&&' : op === 'or' ? '||' : op,
          left: this.field(n, 'left'),
          right: this.field(n, 'right'),
          ...span,
        }
      }
      case 'comparison_operator': {
        const sides = n.children.filter(({ field, type }) => field !== 'operators' && type !== 'comment')
        const ops = childrenOf(n, 'operators').map((each) => this.textOf(each).replace(/\s+/, ' '))
        const compare = (index: number): Expr => {
          const left = sides[index]
          const right = sides[index + 1]
          const op = ops[index] ?? '=='
          return {
            k: 'binary',
            op: op === 'is' ? '==' : op === 'is not' ? '!=' : op,
            left: left ? this.expr(left) : { k: 'other', parts: [], ...span },
            right: right ? this.expr(right) : { k: 'other', parts: [], ...span },
            ...span,
          }
        }
        let e = compare(0)
        for (let index = 1; index < ops.length; index++)
          e = { k: 'binary', op: '&&', left: e, right: compare(index), ...span }
        return e
      }
      case 'not_operator':
        return { k: 'unary', op: '!', of: this.field(n, 'argument'), ...span }
      case 'unary_operator':
        return { k: 'unary', op: this.#text[n.start] ?? '-', of: this.field(n, 'argument'), ...span }
      case 'await': {
        const inner = n.children.find(({ type }) => type !== 'comment')
        if (inner) return awaited(this.expr(inner))
        break
      }
      case 'parenthesized_expression':
      case 'type': {
        const inner = n.children.find(({ type }) => type !== 'comment')
        if (inner) return this.expr(inner)
        break
      }
      case 'named_expression':
        return {
          k: 'assign',
          target: this.field(n, 'name'),
          value: this.field(n, 'value'),
          op: '=',
          ...span,
        }
      case 'list_splat':
      case 'dictionary_splat':
      case 'list_splat_pattern':
      case 'dictionary_splat_pattern': {
        const inner = n.children[0]
        if (inner) return { k: 'spread', of: this.expr(inner), ...span }
        break
      }
    }
    return { k: 'other', parts: n.children.map((each) => this.expr(each)), ...span }
  }

  #argument(n: Syntax): Argument {
    if (n.type !== 'keyword_argument') return { name: null, value: this.expr(n) }
    return { name: this.textOf(childOf(n, 'name') ?? n), value: this.field(n, 'value') }
  }

  #string(n: Syntax): Expr {
    const prefix = /^[a-z]*/i.exec(this.textOf(n))?.[0].toLowerCase() ?? ''
    const read = (span: Span) => {
      const text = prefix.includes('r') ? this.textOf(span) : unescapeText(this.textOf(span))
      return prefix.includes('f') ? text.replaceAll('{{', '{').replaceAll('}}', '}') : text
    }
    const inside = n.children.filter(({ type }) => type === 'string_content' || type === 'interpolation')
    if (!inside.some(({ type }) => type === 'interpolation'))
      return { k: 'str', value: inside.map(read).join(''), ...at(n) }
    return {
      k: 'template',
      parts: inside.map((each) => {
        if (each.type === 'string_content') return { k: 'str', value: read(each), ...at(each) }
        const expression = childOf(each, 'expression') ?? each.children[0]
        return expression ? this.expr(expression) : { k: 'other', parts: [], ...at(each) }
      }),
      ...at(n),
    }
  }

  protected param(n: Syntax): Param[] {
    const make = (
      name: string,
      type: Syntax | null,
      value: Syntax | null,
      rest: '' | '*' | '**' = '',
    ): Param[] => [
      {
        name,
        type: type ? this.type(type) : null,
        default: value ? this.expr(value) : null,
        decorators: [],
        pattern: null,
        isRest: rest !== '',
        ...(rest === '**' ? { isNamedRest: true } : {}),
        isOptional: false,
        ...at(n),
      },
    ]
    switch (n.type) {
      case 'identifier':
        return make(this.textOf(n), null, null)
      case 'typed_parameter': {
        const name = n.children[0]
        return make(name ? this.textOf(name).replace(/^\*+/, '') : '', childOf(n, 'type'), null, restOf(name))
      }
      case 'default_parameter':
      case 'typed_default_parameter':
        return make(this.textOf(childOf(n, 'name') ?? n), childOf(n, 'type'), childOf(n, 'value'))
      case 'list_splat_pattern':
      case 'dictionary_splat_pattern':
        return make(this.textOf(n).replace(/^\*+/, ''), null, null, restOf(n))
      default:
        return []
    }
  }

  protected type(n: Syntax): TypeRef {
    return typeOfExpr(this.#typeExpr(n))
  }

  // Generic types have a form of their own in annotations; brought to that of a subscript.
  #typeExpr(n: Syntax): Expr {
    if (n.type === 'type' && n.children[0]) return this.#typeExpr(n.children[0])
    if (n.type === 'generic_type') {
      const [name, params] = n.children
      const items = (params?.children ?? []).map((each) => this.#typeExpr(each))
      return {
        k: 'index',
        of: name ? this.expr(name) : { k: 'other', parts: [], ...at(n) },
        at: { k: 'array', items, ...at(n) },
        ...at(n),
      }
    }
    if (n.type === 'union_type') {
      const [left, right] = n.children
      if (left && right)
        return { k: 'binary', op: '|', left: this.#typeExpr(left), right: this.#typeExpr(right), ...at(n) }
    }
    if (n.type === 'member_type') {
      const [of, name] = n.children
      if (of && name) return { k: 'member', of: this.#typeExpr(of), name: this.textOf(name), ...at(n) }
    }
    if (n.type === 'subscript')
      return {
        k: 'index',
        of: this.field(n, 'value'),
        at: { k: 'array', items: childrenOf(n, 'subscript').map((each) => this.#typeExpr(each)), ...at(n) },
        ...at(n),
      }
    return this.expr(n)
  }
}

const restOf = (n: Syntax | undefined): '' | '*' | '**' =>
  n?.type === 'dictionary_splat_pattern' ? '**' : n?.type === 'list_splat_pattern' ? '*' : ''

/** A function with nothing in it yet. */
export function emptyFunc(n: Syntax, name: string): Func {
  return {
    name,
    params: [],
    body: [],
    decorators: [],
    returns: null,
    receiver: null,
    isStatic: false,
    hasBody: true,
    doc: '',
    headEnd: n.end,
    ...at(n),
  }
}
