import type {
  Argument,
  Class,
  Expr,
  FieldDecl,
  Func,
  ImportName,
  Module,
  Param,
  Span,
  Stmt,
  TypeRef,
} from './ir.ts'
import { childOf, childrenOf, firstOf, parseSyntax } from './syntax-tree.ts'
import type { Syntax } from './syntax-tree.ts'
import { unescapeText } from './unescape.ts'

const at = ({ start, end }: Span): Span => ({ start, end })

/** Reads a file of Python 3; `loadGrammars` comes before. What does not parse is in `broken`, the rest is there. */
export function lowerPython(path: string, text: string): Module {
  const { root, broken } = parseSyntax('python', text)
  return { path, language: 'python', text, package: '', body: new Lowering(text).block(root), broken }
}

class Lowering {
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }

  #textOf({ start, end }: Span): string {
    return this.#text.slice(start, end)
  }

  block(n: Syntax | null): Stmt[] {
    return n === null ? [] : n.children.flatMap((each) => this.#statement(each))
  }

  #statement(n: Syntax): Stmt[] {
    const span = at(n)
    switch (n.type) {
      case 'expression_statement': {
        const inner = n.children[0]
        if (!inner) return []
        if (inner.type === 'assignment') return this.#assignment(inner)
        if (inner.type === 'augmented_assignment')
          return [
            {
              k: 'expr',
              e: {
                k: 'assign',
                target: this.#field(inner, 'left'),
                value: this.#field(inner, 'right'),
                op: this.#textOf(childOf(inner, 'operator') ?? inner),
                ...at(inner),
              },
              ...span,
            },
          ]
        return n.children.map((each) => ({ k: 'expr' as const, e: this.expr(each), ...span }))
      }
      case 'return_statement':
        return [{ k: 'return', value: n.children[0] ? this.expr(n.children[0]) : null, ...span }]
      case 'raise_statement': {
        const raised = n.children.find(({ field, type }) => field !== 'cause' && type !== 'comment')
        return [{ k: 'throw', value: raised ? this.expr(raised) : null, ...span }]
      }
      case 'if_statement':
        return [this.#if(n, childrenOf(n, 'alternative'))]
      case 'for_statement':
        return [
          {
            k: 'loop',
            vars: [this.#field(n, 'left')],
            over: this.#field(n, 'right'),
            isIndexed: false,
            body: this.block(childOf(n, 'body')),
            ...span,
          },
          ...this.block(childOf(childOf(n, 'alternative') ?? n, 'body')).slice(
            0,
            childOf(n, 'alternative') ? undefined : 0,
          ),
        ]
      case 'while_statement':
        return [
          {
            k: 'loop',
            vars: [],
            over: null,
            isIndexed: false,
            body: this.block(childOf(n, 'body')),
            ...span,
          },
        ]
      case 'try_statement': {
        const otherwise = firstOf(n, 'else_clause')
        const last = firstOf(n, 'finally_clause')
        return [
          {
            k: 'try',
            body: [
              ...this.block(childOf(n, 'body')),
              ...(otherwise ? this.block(childOf(otherwise, 'body')) : []),
            ],
            handlers: n.children
              .filter(({ type }) => type === 'except_clause' || type === 'except_group_clause')
              .map((each) => this.#handler(each)),
            finally: last ? this.block(firstOf(last, 'block')) : [],
            ...span,
          },
        ]
      }
      case 'with_statement': {
        const items = firstOf(n, 'with_clause')?.children ?? []
        const opened = items.flatMap((item): Stmt[] => {
          const value = childOf(item, 'value') ?? item.children[0]
          if (!value) return []
          if (value.type !== 'as_pattern') return [{ k: 'expr', e: this.expr(value), ...at(value) }]
          const [what, target] = value.children
          if (!what || !target) return []
          return [
            {
              k: 'let',
              target: this.expr(target.children[0] ?? target),
              type: null,
              value: this.expr(what),
              isConst: false,
              ...at(value),
            },
          ]
        })
        return [{ k: 'block', body: [...opened, ...this.block(childOf(n, 'body'))], ...span }]
      }
      case 'match_statement':
        return [
          {
            k: 'switch',
            subject: this.#field(n, 'subject'),
            cases: (childOf(n, 'body')?.children ?? [])
              .filter(({ type }) => type === 'case_clause')
              .map((each) => ({
                tests: each.children
                  .filter(({ type }) => type === 'case_pattern')
                  .filter((one) => this.#textOf(one) !== '_')
                  .map((one) => this.expr(one.children[0] ?? one)),
                body: this.block(childOf(each, 'consequence')),
              })),
            ...span,
          },
        ]
      case 'function_definition':
        return [{ k: 'func', fn: this.#func(n, []), ...span }]
      case 'class_definition':
        return [{ k: 'class', cls: this.#class(n, []), ...span }]
      case 'decorated_definition': {
        const decorators = n.children
          .filter(({ type }) => type === 'decorator')
          .flatMap(({ children }) => children.slice(0, 1).map((each) => this.expr(each)))
        const defined = childOf(n, 'definition')
        if (!defined) return []
        return defined.type === 'class_definition'
          ? [{ k: 'class', cls: { ...this.#class(defined, decorators), ...span }, ...span }]
          : [{ k: 'func', fn: { ...this.#func(defined, decorators), ...span }, ...span }]
      }
      case 'import_statement':
        return childrenOf(n, 'name').map((each) => {
          const name = this.#textOf(childOf(each, 'name') ?? each)
          const alias = childOf(each, 'alias')
          // `import a.b` binds `a`; `import a.b as c` binds `a.b`.
          const source = alias ? name : (name.split('.')[0] ?? name)
          return {
            k: 'import',
            source,
            names: [{ imported: null, local: alias ? this.#textOf(alias) : source }],
            ...span,
          }
        })
      case 'import_from_statement': {
        const names: ImportName[] = childrenOf(n, 'name').map((each) => {
          const name = this.#textOf(childOf(each, 'name') ?? each)
          const alias = childOf(each, 'alias')
          return { imported: name, local: alias ? this.#textOf(alias) : name }
        })
        if (firstOf(n, 'wildcard_import')) names.push({ imported: '*', local: '*' })
        return [{ k: 'import', source: this.#textOf(childOf(n, 'module_name') ?? n), names, ...span }]
      }
      case 'assert_statement':
      case 'delete_statement':
        return n.children.slice(0, 1).map((each) => ({ k: 'expr', e: this.expr(each), ...span }))
      case 'break_statement':
      case 'continue_statement':
        return [{ k: 'jump', ...span }]
      case 'block':
      case 'module':
        return this.block(n)
      case 'ERROR':
        return this.block(n)
      default:
        return []
    }
  }

  #assignment(n: Syntax): Stmt[] {
    const right = childOf(n, 'right')
    const type = childOf(n, 'type')
    const left = this.#field(n, 'left')
    // a = b = value
    const isChain = right?.type === 'assignment'
    const chained = isChain ? this.#assignment(right) : []
    const last = chained.at(-1)
    const value = isChain && last?.k === 'let' ? last.value : right ? this.expr(right) : null
    return [
      ...chained,
      { k: 'let', target: left, type: type ? this.#type(type) : null, value, isConst: false, ...at(n) },
    ]
  }

  #if(n: Syntax, alternatives: Syntax[]): Stmt {
    const [next, ...rest] = alternatives
    const otherwise = !next
      ? []
      : next.type === 'elif_clause'
        ? [this.#if(next, rest)]
        : this.block(childOf(next, 'body'))
    return {
      k: 'if',
      test: this.#field(n, 'condition'),
      before: [],
      whenTrue: this.block(childOf(n, 'consequence')),
      whenFalse: otherwise,
      ...at(n),
    }
  }

  #handler(n: Syntax) {
    const body = firstOf(n, 'block')
    let what = n.children.find((each) => each !== body && each.type !== 'comment')
    let name: string | null = null
    if (what?.type === 'as_pattern') {
      const target = what.children[1]
      name = target ? this.#textOf(target) : null
      what = what.children[0]
    } else {
      const alias = childOf(n, 'alias')
      if (alias) name = this.#textOf(alias)
    }
    const types = !what
      ? []
      : what.type === 'tuple'
        ? what.children.map((each) => this.expr(each))
        : [this.expr(what)]
    return { types, name, body: this.block(body), ...at(n) }
  }

  // `Annotated[int, Query()]` has several.
  #subscript(n: Syntax): Expr {
    const all = n.children.filter(({ field }) => field === 'subscript')
    return all.length > 1
      ? { k: 'array', items: all.map((each) => this.expr(each)), ...at(n) }
      : this.#field(n, 'subscript')
  }

  #field(n: Syntax, field: string): Expr {
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
        return { k: 'num', value: Number(this.#textOf(n).replaceAll('_', '')), ...span }
      case 'true':
      case 'false':
        return { k: 'bool', value: n.type === 'true', ...span }
      case 'none':
        return { k: 'null', ...span }
      case 'identifier':
        return { k: 'name', name: this.#textOf(n), ...span }
      case 'dotted_name': {
        const [first, ...rest] = n.children
        let e: Expr = { k: 'name', name: first ? this.#textOf(first) : '', ...span }
        for (const each of rest) e = { k: 'member', of: e, name: this.#textOf(each), ...span }
        return e
      }
      case 'attribute': {
        const name = childOf(n, 'attribute')
        return { k: 'member', of: this.#field(n, 'object'), name: name ? this.#textOf(name) : '', ...span }
      }
      case 'subscript':
        return { k: 'index', of: this.#field(n, 'value'), at: this.#subscript(n), ...span }
      case 'call': {
        const args = childOf(n, 'arguments')
        return {
          k: 'call',
          callee: this.#field(n, 'function'),
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
                ? { key: this.#field(each, 'key'), value: this.#field(each, 'value') }
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
          vars: this.#field(clause, 'left'),
          over: this.#field(clause, 'right'),
          body: this.#field(n, 'body'),
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
            params: params ? params.children.flatMap((each) => this.#param(each)) : [],
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
        const op = this.#textOf(childOf(n, 'operator') ?? n)
        return {
          k: 'binary',
          op: op === 'and' ? '&&' : op === 'or' ? '||' : op,
          left: this.#field(n, 'left'),
          right: this.#field(n, 'right'),
          ...span,
        }
      }
      case 'comparison_operator': {
        const sides = n.children.filter(({ field, type }) => field !== 'operators' && type !== 'comment')
        const ops = childrenOf(n, 'operators').map((each) => this.#textOf(each).replace(/\s+/, ' '))
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
        return { k: 'unary', op: '!', of: this.#field(n, 'argument'), ...span }
      case 'unary_operator':
        return { k: 'unary', op: this.#text[n.start] ?? '-', of: this.#field(n, 'argument'), ...span }
      case 'await':
      case 'parenthesized_expression':
      case 'type': {
        const inner = n.children.find(({ type }) => type !== 'comment')
        if (inner) return this.expr(inner)
        break
      }
      case 'named_expression':
        return {
          k: 'assign',
          target: this.#field(n, 'name'),
          value: this.#field(n, 'value'),
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
    return { name: this.#textOf(childOf(n, 'name') ?? n), value: this.#field(n, 'value') }
  }

  #string(n: Syntax): Expr {
    const prefix = /^[a-z]*/i.exec(this.#textOf(n))?.[0].toLowerCase() ?? ''
    const read = (span: Span) => {
      const text = prefix.includes('r') ? this.#textOf(span) : unescapeText(this.#textOf(span))
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

  #doc(body: Syntax | null): string {
    const first = body?.children.find(({ type }) => type !== 'comment')
    const text = first?.type === 'expression_statement' ? first.children[0] : null
    if (text?.type !== 'string') return ''
    return text.children
      .filter(({ type }) => type === 'string_content')
      .map((each) => this.#textOf(each))
      .join('')
      .trim()
  }

  #func(n: Syntax, decorators: Expr[]): Func {
    const body = childOf(n, 'body')
    const returns = childOf(n, 'return_type')
    return {
      ...emptyFunc(n, this.#textOf(childOf(n, 'name') ?? n)),
      params: (childOf(n, 'parameters')?.children ?? []).flatMap((each) => this.#param(each)),
      body: this.block(body),
      decorators,
      returns: returns ? this.#type(returns) : null,
      isStatic: decorators.some((each) => each.k === 'name' && each.name === 'staticmethod'),
      doc: this.#doc(body),
      headEnd: body?.start ?? n.end,
    }
  }

  #param(n: Syntax): Param[] {
    const make = (name: string, type: Syntax | null, value: Syntax | null, isRest = false): Param[] => [
      {
        name,
        type: type ? this.#type(type) : null,
        default: value ? this.expr(value) : null,
        decorators: [],
        pattern: null,
        isRest,
        isOptional: false,
        ...at(n),
      },
    ]
    switch (n.type) {
      case 'identifier':
        return make(this.#textOf(n), null, null)
      case 'typed_parameter': {
        const name = n.children[0]
        const isRest = name?.type.endsWith('_pattern') ?? false
        return make(name ? this.#textOf(name).replace(/^\*+/, '') : '', childOf(n, 'type'), null, isRest)
      }
      case 'default_parameter':
      case 'typed_default_parameter':
        return make(this.#textOf(childOf(n, 'name') ?? n), childOf(n, 'type'), childOf(n, 'value'))
      case 'list_splat_pattern':
      case 'dictionary_splat_pattern':
        return make(this.#textOf(n).replace(/^\*+/, ''), null, null, true)
      default:
        return []
    }
  }

  #class(n: Syntax, decorators: Expr[]): Class {
    const body = childOf(n, 'body')
    const statements = this.block(body)
    const bases = (childOf(n, 'superclasses')?.children ?? []).filter(
      ({ type }) => type !== 'keyword_argument' && type !== 'comment',
    )
    const fields: FieldDecl[] = []
    for (const stmt of statements)
      if (stmt.k === 'let' && stmt.target.k === 'name')
        fields.push({
          name: stmt.target.name,
          type: stmt.type,
          value: stmt.value,
          decorators: [],
          tag: '',
          isOptional: false,
          isStatic: true,
          ...at(stmt),
        })
    const baseTypes = bases.map((each) => this.#type(each))
    const isEnum = baseTypes.some(({ name }) =>
      /(?:^|\.)(?:Str|Int)?(?:Enum|Flag)$|(?:^|\.)(?:Text|Integer)Choices$/.test(name),
    )
    return {
      name: this.#textOf(childOf(n, 'name') ?? n),
      kind: isEnum ? 'enum' : 'class',
      bases: baseTypes,
      baseExprs: bases.map((each) => this.expr(each)),
      decorators,
      members: statements.flatMap((stmt) => (stmt.k === 'func' ? [stmt.fn] : [])),
      fields,
      inner: statements.flatMap((stmt) => (stmt.k === 'class' ? [stmt.cls] : [])),
      constants: isEnum ? fields.map(({ name, value }) => ({ name, value })) : [],
      alias: null,
      body: statements.filter(({ k }) => k !== 'func' && k !== 'class' && k !== 'let'),
      doc: this.#doc(body),
      headEnd: body?.start ?? n.end,
      ...at(n),
    }
  }

  #type(n: Syntax): TypeRef {
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
      if (of && name) return { k: 'member', of: this.#typeExpr(of), name: this.#textOf(name), ...at(n) }
    }
    if (n.type === 'subscript')
      return {
        k: 'index',
        of: this.#field(n, 'value'),
        at: { k: 'array', items: childrenOf(n, 'subscript').map((each) => this.#typeExpr(each)), ...at(n) },
        ...at(n),
      }
    return this.expr(n)
  }
}

/** A type from an expression in its place: `list[int]`, `Optional["User"]`, `int | None`, `Literal['a']`, `Annotated[int, Ge(1)]`. */
export function typeOfExpr(e: Expr): TypeRef {
  const span = at(e)
  switch (e.k) {
    case 'name':
      return { name: e.name, args: [], ...span }
    case 'member': {
      const of = typeOfExpr(e.of).name
      return { name: `${of}.${e.name}`, args: [], ...span }
    }
    case 'null':
      return { name: 'null', args: [], ...span }
    case 'str':
      // A name that is known later stands as a text.
      return /^[\w.]+$/.test(e.value)
        ? { name: e.value, args: [], ...span }
        : { name: /^[\w.]+/.exec(e.value)?.[0] ?? 'unknown', args: [], ...span }
    case 'binary':
      return { name: 'union', args: [typeOfExpr(e.left), typeOfExpr(e.right)], ...span }
    case 'index': {
      const name = typeOfExpr(e.of).name
      const inside = e.at.k === 'array' ? e.at.items : [e.at]
      const short = name.split('.').at(-1)
      if (short === 'Literal')
        return {
          name: 'union',
          args: inside.map((each) => ({
            name: 'literal',
            args: [],
            literal: each.k === 'str' || each.k === 'num' || each.k === 'bool' ? each.value : null,
            ...at(each),
          })),
          ...span,
        }
      if (short === 'Annotated' && inside[0])
        return { ...typeOfExpr(inside[0]), annotations: inside.slice(1), ...span }
      if (short === 'Optional' && inside[0])
        return { name: 'union', args: [typeOfExpr(inside[0]), { name: 'null', args: [], ...span }], ...span }
      if (short === 'Union') return { name: 'union', args: inside.map(typeOfExpr), ...span }
      return { name, args: inside.map(typeOfExpr), ...span }
    }
    case 'array':
      return { name: 'tuple', args: e.items.map(typeOfExpr), ...span }
    case 'call':
      return { ...typeOfExpr(e.callee), annotations: [e], ...span }
    default:
      return { name: 'unknown', args: [], ...span }
  }
}

function emptyFunc(n: Syntax, name: string): Func {
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
