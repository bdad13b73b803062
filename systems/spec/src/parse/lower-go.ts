import { labelledAs } from './ir.ts'
import type { Argument, Class, Expr, Func, Module, Param, Span, Stmt, TypeRef } from './ir.ts'
import { countedList, lowerSwitch } from './go-branches.ts'
import { GoTypes } from './go-types.ts'
import { at, childOf, childrenOf, firstOf, parseSyntax } from './syntax-tree.ts'
import type { Syntax } from './syntax-tree.ts'
import { syntaxWords } from './syntax-words.ts'
import { unescapeText } from './unescape.ts'

/** Reads a file of Go; `loadGrammars` comes before. What does not parse is in `broken`, the rest is there. */
export function lowerGo(path: string, text: string): Module {
  const { root, broken } = parse(text)
  const clause = firstOf(root, 'package_clause')
  const name = clause ? firstOf(clause, 'package_identifier') : null
  const lower = new Lowering(text)
  return {
    path,
    language: 'go',
    text,
    package: name ? text.slice(name.start, name.end) : '',
    body: root.children.flatMap((each) => lower.statement(each, true)),
    broken,
    code: syntaxWords(root, text),
  }
}

// Where the end of a list begins: `all[1:]`.
const fromOf = (text: string): number => Number(/\[\s*(\d+)\s*:\s*\]$/.exec(text)?.[1] ?? 0)

/** `new(` before what is no type: since Go 1.26 it takes a value, which the grammar does not know. */
const newOfValue =
  /\bnew\((?!\s*(?:[*[]|map\[|chan\b|func\(|struct\b|interface\b|[\w.]+\s*(?:\[[^\]\n]*\]\s*)?\)))/g

function parse(text: string): ReturnType<typeof parseSyntax> {
  const first = parseSyntax('go', text)
  if (first.broken.length === 0) return first
  // The address of the value is the same thing, and as long.
  const as = text.replaceAll(newOfValue, '  &(')
  const second = as === text ? first : parseSyntax('go', as)
  return second.broken.length < first.broken.length ? second : first
}

const called = /^(?:(\w+)\.)?(\w+)$/
const indexed = /^([a-z]\w*)\[([a-z]\w*)\]$/
const basicTypes =
  /^(?:string|bool|byte|rune|error|any|comparable|u?int(?:8|16|32|64|ptr)?|float(?:32|64)|complex(?:64|128))$/

class Lowering {
  readonly #text: string
  readonly #types: GoTypes
  /** Named results of the function that is read. */
  #results: { name: string; type: Syntax | null }[] = []
  /** Which of its constants is read, of a declaration of several. */
  #iota: number | null = null
  constructor(text: string) {
    this.#text = text
    this.#types = new GoTypes(text)
  }

  textOf({ start, end }: Span): string {
    return this.#text.slice(start, end)
  }

  #block(n: Syntax | null): Stmt[] {
    return n === null ? [] : n.children.flatMap((each) => this.statement(each))
  }

  statement(n: Syntax, isOfPackage = false): Stmt[] {
    const span = at(n)
    switch (n.type) {
      case 'import_declaration': {
        const specs = firstOf(n, 'import_spec_list')?.children ?? n.children
        return specs
          .filter(({ type }) => type === 'import_spec')
          .map((each) => {
            const source = this.textOf(childOf(each, 'path') ?? each).slice(1, -1)
            const alias = childOf(each, 'name')
            const local = alias ? this.textOf(alias) : packageName(source)
            return {
              k: 'import',
              source,
              names: [local === '.' ? { imported: '*', local: '*' } : { imported: null, local }],
              ...at(each),
            }
          })
      }
      case 'function_declaration':
      case 'method_declaration':
        return [{ k: 'func', fn: this.#func(n), ...span }]
      case 'type_declaration':
        return n.children
          .filter(({ type }) => type === 'type_spec' || type === 'type_alias')
          .map((each) => ({ k: 'class', cls: this.#class(each), ...at(each) }))
      case 'var_declaration':
      case 'const_declaration': {
        const specs = firstOf(n, 'var_spec_list')?.children ?? n.children
        // A constant without a value has the one before it, counted on.
        let [before, typeBefore]: [readonly Syntax[], Syntax | null] = [[], null]
        return specs
          .filter(({ type }) => type === 'var_spec' || type === 'const_spec')
          .flatMap((each, count): Stmt[] => {
            const names = childrenOf(each, 'name').filter(({ type }) => type === 'identifier')
            const isCounted = each.type === 'const_spec'
            const own = childOf(each, 'value')?.children ?? []
            const isAgain = isCounted && own.length === 0
            const values = isAgain ? before : own
            const type = isAgain ? typeBefore : childOf(each, 'type')
            ;[before, typeBefore] = [values, type]
            this.#iota = isCounted ? count : null
            const [several] = names.length > 1 && values.length === 1 ? values : []
            // What one call gives for several names.
            if (several && !isOfPackage) {
              const target: Expr = { k: 'array', items: names.map((name) => this.expr(name)), ...span }
              return [
                { k: 'let', target, type: null, value: this.expr(several), isConst: false, ...at(each) },
              ]
            }
            const made = names.map((name, index): Stmt => ({
              k: 'let',
              target: this.expr(name),
              type: type ? this.#types.type(type) : null,
              value:
                values[index] && !several
                  ? this.expr(values[index])
                  : several
                    ? { k: 'index', of: this.expr(several), at: { k: 'num', value: index, ...span }, ...span }
                    : null,
              isConst: n.type === 'const_declaration',
              ...at(each),
            }))
            this.#iota = null
            return made
          })
      }
      case 'short_var_declaration':
      case 'assignment_statement': {
        const left = childOf(n, 'left')?.children ?? []
        const right = childOf(n, 'right')?.children ?? []
        const op = childOf(n, 'operator')
        const isPlain = n.type === 'short_var_declaration' || !op || this.textOf(op) === '='
        const one = left[0]
        if (!isPlain && one && right[0])
          return [
            {
              k: 'expr',
              e: {
                k: 'assign',
                target: this.expr(one),
                value: this.expr(right[0]),
                op: this.textOf(op),
                ...span,
              },
              ...span,
            },
          ]
        const pairs: [Expr, Expr | undefined][] =
          left.length === right.length
            ? left.map((each, index) => [this.expr(each), right[index] && this.expr(right[index])])
            : [
                [
                  { k: 'array', items: left.map((each) => this.expr(each)), ...span },
                  right[0] && this.expr(right[0]),
                ],
              ]
        return pairs.map(([target, value]) =>
          n.type === 'short_var_declaration'
            ? { k: 'let', target, type: null, value: value ?? null, isConst: false, ...span }
            : {
                k: 'expr',
                e: {
                  k: 'assign',
                  target,
                  value: value ?? { k: 'other', parts: [], ...span },
                  op: '=',
                  ...span,
                },
                ...span,
              },
        )
      }
      case 'inc_statement':
      case 'dec_statement': {
        const [target] = n.children
        if (!target) return []
        const of = this.expr(target)
        const value: Expr = { k: 'unary', op: n.type === 'inc_statement' ? '++' : '--', of, ...span }
        return [{ k: 'expr', e: { k: 'assign', target: of, value, op: '=', ...span }, ...span }]
      }
      case 'expression_statement':
      case 'go_statement':
        return n.children.map((each) => ({ k: 'expr', e: this.expr(each), ...span }))
      case 'defer_statement':
        return n.children.map((each) => ({ k: 'defer', e: this.expr(each), ...span }))
      case 'return_statement': {
        const values = firstOf(n, 'expression_list')?.children ?? []
        const [only] = values
        const value: Expr | null =
          values.length > 1
            ? { k: 'array', items: values.map((each) => this.expr(each)), ...span }
            : only
              ? this.expr(only)
              : this.#namedResults(span)
        return [{ k: 'return', value, ...span }]
      }
      case 'if_statement': {
        const before = childOf(n, 'initializer')
        const other = childOf(n, 'alternative')
        return [
          {
            k: 'if',
            test: this.#field(n, 'condition'),
            before: before ? this.statement(before) : [],
            whenTrue: this.#block(childOf(n, 'consequence')),
            whenFalse: other
              ? other.type === 'if_statement'
                ? this.statement(other)
                : this.#block(other)
              : [],
            ...span,
          },
        ]
      }
      case 'for_statement': {
        const range = firstOf(n, 'range_clause')
        const clause = firstOf(n, 'for_clause')
        const counted = clause ? countedList(clause, this) : null
        if (counted)
          return [{ k: 'loop', ...counted, isIndexed: true, body: this.#block(childOf(n, 'body')), ...span }]
        const init = clause ? childOf(clause, 'initializer') : null
        const test = range
          ? null
          : clause
            ? childOf(clause, 'condition')
            : n.children.find(({ field, type }) => field !== 'body' && type !== 'comment')
        const step = clause ? childOf(clause, 'update') : null
        return [
          ...(init ? this.statement(init) : []),
          {
            k: 'loop',
            vars: range ? (childOf(range, 'left')?.children ?? []).map((each) => this.expr(each)) : [],
            over: range ? this.#field(range, 'right') : null,
            isIndexed: true,
            ...(test ? { asked: { test: this.expr(test), step: step ? this.statement(step) : [] } } : {}),
            body: this.#block(childOf(n, 'body')),
            ...span,
          },
        ]
      }
      case 'expression_switch_statement':
      case 'type_switch_statement':
      case 'select_statement':
        return lowerSwitch(n, this)
      case 'block':
        return [{ k: 'block', body: this.#block(n), ...span }]
      case 'labeled_statement': {
        const label = childOf(n, 'label')
        return label ? labelledAs(this.textOf(label), this.#block(n)) : this.#block(n)
      }
      case 'statement_list':
      case 'ERROR':
        return this.#block(n)
      case 'break_statement':
      case 'continue_statement':
      case 'goto_statement': {
        const label = firstOf(n, 'label_name')
        return [{ k: 'jump', ...(label ? { label: this.textOf(label) } : {}), ...span }]
      }
      default:
        return []
    }
  }

  #field(n: Syntax, field: string): Expr {
    const child = childOf(n, field)
    return child ? this.expr(child) : { k: 'other', parts: [], ...at(n) }
  }

  expr(n: Syntax): Expr {
    const span = at(n)
    switch (n.type) {
      case 'interpreted_string_literal':
        return { k: 'str', value: unescapeText(this.textOf(n).slice(1, -1)), ...span }
      case 'raw_string_literal':
        return { k: 'str', value: this.textOf(n).slice(1, -1), ...span }
      case 'rune_literal':
        return { k: 'str', value: unescapeText(this.textOf(n).slice(1, -1)), ...span }
      case 'int_literal':
      case 'float_literal':
        return { k: 'num', value: Number(this.textOf(n).replaceAll('_', '')), ...span }
      case 'true':
      case 'false':
        return { k: 'bool', value: n.type === 'true', ...span }
      case 'nil':
        return { k: 'null', ...span }
      case 'identifier':
      case 'type_identifier':
      case 'package_identifier':
      case 'field_identifier':
        return { k: 'name', name: this.textOf(n), ...span }
      case 'iota':
        return this.#iota === null
          ? { k: 'name', name: 'iota', ...span }
          : { k: 'num', value: this.#iota, ...span }
      case 'qualified_type':
        return {
          k: 'member',
          of: this.#field(n, 'package'),
          name: this.textOf(childOf(n, 'name') ?? n),
          ...span,
        }
      case 'selector_expression':
        return {
          k: 'member',
          of: this.#field(n, 'operand'),
          name: this.textOf(childOf(n, 'field') ?? n),
          ...span,
        }
      case 'index_expression':
        return { k: 'index', of: this.#field(n, 'operand'), at: this.#field(n, 'index'), ...span }
      case 'call_expression': {
        const callee = this.#field(n, 'function')
        const given = (childOf(n, 'arguments')?.children ?? []).filter(({ type }) => type !== 'comment')
        const made = callee.k === 'name' && callee.name === 'make' ? given[0] : undefined
        return {
          k: 'call',
          callee,
          args: given.map((each): Argument => ({ name: null, value: this.expr(each) })),
          isNew: false,
          ...((made?.type === 'slice_type' || made?.type === 'map_type') && {
            types: [this.#types.type(made)],
          }),
          ...this.#typeArgs(n),
          ...span,
        }
      }
      case 'composite_literal':
        return this.#composite(n, childOf(n, 'type'), childOf(n, 'body'))
      case 'literal_value':
        return this.#composite(n, null, n)
      case 'literal_element':
      case 'parenthesized_expression':
      case 'type_elem': {
        const inner = n.children.find(({ type }) => type !== 'comment')
        if (inner) return this.expr(inner)
        break
      }
      case 'type_assertion_expression': {
        const type = childOf(n, 'type')
        const of = this.#field(n, 'operand')
        return type ? { k: 'as', of, type: this.#types.type(type), ...span } : of
      }
      case 'slice_expression':
        return this.#field(n, 'operand')
      case 'variadic_argument': {
        const [list] = n.children
        const skips = list?.type === 'slice_expression' ? fromOf(this.textOf(list)) : 0
        if (list) return { k: 'spread', of: this.expr(list), ...(skips > 0 ? { skips } : {}), ...span }
        break
      }
      case 'type_conversion_expression': {
        const operand = this.#field(n, 'operand')
        const type = childOf(n, 'type')
        // `all[i](x)` looks as `set[string](x)` does.
        const [, list, index] = indexed.exec(type ? this.textOf(type) : '') ?? []
        // `Decode[Pot](r)` is a call of a function with its type, as `Pots[Pot](x)` looks too: what is called says which.
        const made = type?.type === 'generic_type' ? childOf(type, 'type') : undefined
        const [, of, own] = called.exec(made ? this.textOf(made) : '') ?? []
        if (type && made && own !== undefined && index === undefined) {
          const callee: Expr =
            of === undefined
              ? { k: 'name', name: own, ...at(made) }
              : { k: 'member', of: { k: 'name', name: of, ...at(made) }, name: own, ...at(made) }
          const args = [{ name: null, value: operand }]
          return { k: 'call', callee, args, isNew: false, ...this.#typeArgs(type), ...span }
        }
        if (!type || list === undefined || index === undefined || basicTypes.test(index)) return operand
        const name = (text: string): Expr => ({ k: 'name', name: text, ...at(type) })
        const callee: Expr = { k: 'index', of: name(list), at: name(index), ...at(type) }
        return { k: 'call', callee, args: [{ name: null, value: operand }], isNew: false, ...span }
      }
      case 'func_literal': {
        const body = childOf(n, 'body')
        return { k: 'func', fn: { ...this.#func(n), name: '', headEnd: body?.start ?? n.end }, ...span }
      }
      case 'binary_expression':
        return {
          k: 'binary',
          op: this.textOf(childOf(n, 'operator') ?? n),
          left: this.#field(n, 'left'),
          right: this.#field(n, 'right'),
          ...span,
        }
      case 'unary_expression': {
        const op = this.textOf(childOf(n, 'operator') ?? n)
        // A pointer to a thing is the thing.
        if (op === '&' || op === '*') return this.#field(n, 'operand')
        return { k: 'unary', op, of: this.#field(n, 'operand'), ...span }
      }
      case 'type_instantiation_expression': {
        const [of, ...types] = n.children
        if (!of) break
        const typeArgs = types.map((each) => this.#types.type(each))
        return { k: 'index', of: this.expr(of), at: { k: 'other', parts: [], ...span }, typeArgs, ...span }
      }
      case 'pointer_type':
      case 'generic_type': {
        const inner = n.children[0]
        if (inner) return this.expr(inner)
        break
      }
      case 'expression_list': {
        const [only] = n.children
        if (n.children.length === 1 && only) return this.expr(only)
        return { k: 'array', items: n.children.map((each) => this.expr(each)), ...span }
      }
    }
    return { k: 'other', parts: n.children.map((each) => this.expr(each)), ...span }
  }

  // The types that a function is called with.
  #typeArgs(n: Syntax): { typeArgs?: TypeRef[] } {
    const given = childOf(n, 'type_arguments')?.children ?? []
    return given.length > 0
      ? { typeArgs: given.map((each) => this.#types.type(each.children[0] ?? each)) }
      : {}
  }

  #composite(n: Syntax, type: Syntax | null, body: Syntax | null): Expr {
    const elements = (body?.children ?? []).filter(({ type: one }) => one !== 'comment')
    const typeRef = type ? this.#types.type(type) : null
    const isKeyed = elements.some(({ type: one }) => one === 'keyed_element')
    if (!isKeyed && (typeRef === null || typeRef.name === '[]'))
      return {
        k: 'array',
        items: elements.map((each) => this.#element(each, typeRef?.args[0] ?? null)),
        ...at(n),
      }
    return {
      k: 'object',
      type: typeRef,
      entries: elements.map((each) => {
        const key = childOf(each, 'key') ?? (each.type === 'keyed_element' ? each.children[0] : null)
        const value = childOf(each, 'value') ?? (each.type === 'keyed_element' ? each.children[1] : each)
        const inner = key?.children[0] ?? key
        return {
          key: !inner
            ? null
            : inner.type === 'identifier' && typeRef?.name !== 'map'
              ? { k: 'str' as const, value: this.textOf(inner), ...at(inner) }
              : this.expr(inner),
          value: value
            ? this.#element(value, typeRef?.name === 'map' ? (typeRef.args[1] ?? null) : null)
            : { k: 'other' as const, parts: [], ...at(each) },
        }
      }),
      ...at(n),
    }
  }

  // An element without a type of its own has that of the list.
  #element(n: Syntax, type: TypeRef | null): Expr {
    const e = this.expr(n)
    return e.k === 'object' && e.type === null && type
      ? { ...e, type }
      : e.k === 'array' && type && type.name !== '[]' && n.children[0]?.type === 'literal_value'
        ? { k: 'object', type, entries: e.items.map((value) => ({ key: null, value })), ...at(n) }
        : e
  }

  #func(n: Syntax): Func {
    const body = childOf(n, 'body')
    const name = childOf(n, 'name')
    const receiver = childOf(n, 'receiver')
    const result = childOf(n, 'result')
    const results =
      result?.type === 'parameter_list'
        ? result.children.map((each) => childOf(each, 'type') ?? each)
        : result
          ? [result]
          : []
    const [only] = results
    const outer = this.#results
    this.#results = (result?.type === 'parameter_list' ? result.children : []).flatMap((each) =>
      childrenOf(each, 'name').map((one) => ({ name: this.textOf(one), type: childOf(each, 'type') })),
    )
    const begins = this.#results.map((one): Stmt => ({
      k: 'let',
      target: { k: 'name', name: one.name, ...at(n) },
      type: one.type ? this.#types.type(one.type) : null,
      value: this.#begun(one, n),
      isConst: false,
      ...at(n),
    }))
    const lowered = [...begins, ...this.#block(body)]
    this.#results = outer
    return {
      name: name ? this.textOf(name) : '',
      params: this.#params(childOf(n, 'parameters')),
      body: lowered,
      decorators: [],
      returns:
        results.length > 1
          ? { name: 'tuple', args: results.map((each) => this.#types.type(each)), ...at(n) }
          : only
            ? this.#types.type(only)
            : null,
      receiver: receiver ? (this.#params(receiver)[0] ?? null) : null,
      ...this.#typeParams(n),
      isStatic: false,
      hasBody: body !== null,
      doc: this.#doc(n.start),
      headEnd: body?.start ?? n.end,
      ...at(n),
    }
  }

  #typeParams(n: Syntax): Pick<Func, 'typeParams'> {
    const names = (childOf(n, 'type_parameters')?.children ?? []).flatMap((each) =>
      childrenOf(each, 'name').map((one) => this.textOf(one)),
    )
    return names.length > 0 ? { typeParams: names } : {}
  }

  // What a named result is before it is set: known where nothing is handed its place.
  #begun({ name, type }: { name: string; type: Syntax | null }, n: Syntax): Expr | null {
    const of = type ? this.textOf(type) : ''
    if (of === 'error') return { k: 'null', ...at(n) }
    const isHandedOn = new RegExp(String.raw`&${name}\b`).test(this.textOf(n))
    return of === 'string' && !isHandedOn ? { k: 'str', value: '', ...at(n) } : null
  }

  // What a return without values gives.
  #namedResults(span: Span): Expr | null {
    const items = this.#results.map(({ name }): Expr => ({ k: 'name', name, ...span }))
    const [only] = items
    return items.length > 1 ? { k: 'array', items, ...span } : (only ?? null)
  }

  #params(n: Syntax | null): Param[] {
    return (n?.children ?? []).flatMap((each): Param[] => {
      if (each.type !== 'parameter_declaration' && each.type !== 'variadic_parameter_declaration') return []
      const type = childOf(each, 'type')
      const names = childrenOf(each, 'name').map((one) => this.textOf(one))
      return (names.length > 0 ? names : ['']).map((name) => ({
        name,
        type: type ? this.#types.type(type) : null,
        default: null,
        decorators: [],
        pattern: null,
        isRest: each.type === 'variadic_parameter_declaration',
        isOptional: false,
        ...at(each),
      }))
    })
  }

  #class(n: Syntax): Class {
    const type = childOf(n, 'type')
    const cls: Class = {
      name: this.textOf(childOf(n, 'name') ?? n),
      kind: type?.type === 'struct_type' ? 'struct' : type?.type === 'interface_type' ? 'interface' : 'alias',
      bases: [],
      baseExprs: [],
      decorators: [],
      members: [],
      fields: [],
      inner: [],
      constants: [],
      alias: null,
      body: [],
      doc: this.#doc(n.start),
      headEnd: type?.start ?? n.end,
      ...at(n),
    }
    if (type?.type === 'struct_type') this.#types.fields(type, cls)
    else if (type?.type === 'interface_type') {
      for (const each of type.children)
        if (each.type === 'method_elem' || each.type === 'method_spec') cls.members.push(this.#func(each))
        else if (each.type === 'type_elem' && each.children[0])
          cls.bases.push(this.#types.type(each.children[0]))
    } else if (type) cls.alias = this.#types.type(type)
    return cls
  }

  #doc(start: number): string {
    const lines = this.#text
      .slice(Math.max(0, start - 3000), start)
      .split('\n')
      .slice(0, -1)
    const doc: string[] = []
    for (let index = lines.length - 1; index >= 0; index--) {
      const line = /^\s*\/\/ ?(.*)$/.exec(lines[index] ?? '')
      if (!line) break
      doc.unshift(line[1] ?? '')
    }
    return doc.join('\n').trim()
  }
}

/** The name that an import binds without an alias: the last part of its path that is no version. */
function packageName(source: string): string {
  const parts = source.split('/').filter((part) => !/^v\d+$/.test(part))
  return (parts.at(-1) ?? source).replace(/\.v\d+$/, '').replace(/^go-|-go$/, '')
}
