import { labelledAs } from './ir.ts'
import type { Argument, Class, Expr, FieldDecl, Func, Module, Param, Span, Stmt, TypeRef } from './ir.ts'
import { childOf, childrenOf, firstOf, parseSyntax } from './syntax-tree.ts'
import type { Syntax } from './syntax-tree.ts'
import { syntaxWords } from './syntax-words.ts'
import { unescapeText } from './unescape.ts'

const at = ({ start, end }: Span): Span => ({ start, end })
const classTypes = new Set([
  'class_declaration',
  'interface_declaration',
  'enum_declaration',
  'record_declaration',
  'annotation_type_declaration',
])

/** Reads a file of Java; `loadGrammars` comes before. What does not parse is in `broken`, the rest is there. */
export function lowerJava(path: string, text: string): Module {
  const { root, broken } = parseSyntax('java', text)
  const lower = new Lowering(text)
  const declared = root.children.find(({ type }) => type === 'package_declaration')
  const name = declared?.children.find(({ type }) => type.endsWith('identifier'))
  return {
    path,
    language: 'java',
    text,
    package: name ? text.slice(name.start, name.end) : '',
    body: root.children.flatMap((each) => lower.top(each)),
    broken,
    code: syntaxWords(root, text),
  }
}

class Lowering {
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }

  #textOf({ start, end }: Span): string {
    return this.#text.slice(start, end)
  }

  top(n: Syntax): Stmt[] {
    if (classTypes.has(n.type)) return [{ k: 'class', cls: this.#class(n), ...at(n) }]
    if (n.type === 'ERROR') return n.children.flatMap((each) => this.top(each))
    if (n.type !== 'import_declaration') return []
    const name = this.#textOf(n.children[0] ?? n)
    const cut = name.lastIndexOf('.')
    const isAll = n.children.some(({ type }) => type === 'asterisk')
    return [
      {
        k: 'import',
        source: isAll ? name : name.slice(0, cut),
        names: [
          isAll
            ? { imported: '*', local: '*' }
            : { imported: name.slice(cut + 1), local: name.slice(cut + 1) },
        ],
        ...at(n),
      },
    ]
  }

  #modifiers(n: Syntax): { decorators: Expr[]; words: string } {
    const modifiers = firstOf(n, 'modifiers')
    if (!modifiers) return { decorators: [], words: '' }
    const annotations = modifiers.children.filter(({ type }) => type.endsWith('annotation'))
    let words = this.#textOf(modifiers)
    for (const each of annotations) words = words.replace(this.#textOf(each), '')
    return { decorators: annotations.map((each) => this.#annotation(each)), words }
  }

  #annotation(n: Syntax): Expr {
    const name = childOf(n, 'name')
    const callee: Expr = name ? this.expr(name) : { k: 'other', parts: [], ...at(n) }
    const args = (childOf(n, 'arguments')?.children ?? [])
      .filter(({ type }) => !type.endsWith('comment'))
      .map((each): Argument => {
        if (each.type !== 'element_value_pair') return { name: null, value: this.expr(each) }
        return { name: this.#textOf(childOf(each, 'key') ?? each), value: this.#field(each, 'value') }
      })
    return { k: 'call', callee, args, isNew: false, ...at(n) }
  }

  #class(n: Syntax): Class {
    const { decorators } = this.#modifiers(n)
    const body = childOf(n, 'body')
    const kind =
      n.type === 'interface_declaration' || n.type === 'annotation_type_declaration'
        ? 'interface'
        : n.type === 'enum_declaration'
          ? 'enum'
          : n.type === 'record_declaration'
            ? 'record'
            : 'class'
    const superclass = childOf(n, 'superclass')?.children[0]
    const lists = n.children
      .filter(({ type }) => type === 'super_interfaces' || type === 'extends_interfaces')
      .flatMap((each) => firstOf(each, 'type_list')?.children ?? [])
    const cls: Class = {
      name: this.#textOf(childOf(n, 'name') ?? n),
      kind,
      bases: [...(superclass ? [superclass] : []), ...lists].map((each) => this.#type(each)),
      baseExprs: [],
      decorators,
      members: [],
      fields: [],
      inner: [],
      constants: [],
      alias: null,
      body: [],
      doc: this.#doc(n.start),
      headEnd: body?.start ?? n.end,
      ...at(n),
    }
    if (kind === 'record')
      for (const each of childOf(n, 'parameters')?.children ?? [])
        for (const { name, type, decorators: own, start, end } of this.#param(each))
          cls.fields.push({
            name,
            type,
            value: null,
            decorators: own,
            tag: '',
            isOptional: false,
            isStatic: false,
            start,
            end,
          })
    this.#members(body, cls)
    return cls
  }

  #members(body: Syntax | null, cls: Class): void {
    for (const member of body?.children ?? []) {
      if (classTypes.has(member.type)) cls.inner.push(this.#class(member))
      else if (member.type === 'enum_body_declarations') this.#members(member, cls)
      else if (member.type === 'field_declaration' || member.type === 'constant_declaration')
        cls.fields.push(...this.#fieldDecls(member))
      else if (/^(?:method|constructor|annotation_type_element)_declaration$/.test(member.type))
        cls.members.push(this.#method(member))
      else if (member.type === 'static_initializer')
        cls.body.push(...this.#block(firstOf(member, 'block') ?? member))
      else if (member.type === 'block') (cls.setUp ??= []).push(...this.#block(member))
      else if (member.type === 'enum_constant') {
        const args = childOf(member, 'arguments')
        const value: Expr = {
          k: 'call',
          callee: { k: 'name', name: cls.name, ...at(member) },
          args: (args?.children ?? []).map((each) => ({ name: null, value: this.expr(each) })),
          isNew: true,
          ...at(member),
        }
        cls.constants.push({
          name: this.#textOf(childOf(member, 'name') ?? member),
          value: args ? value : null,
        })
      } else if (member.type === 'ERROR') this.#members(member, cls)
    }
  }

  #fieldDecls(n: Syntax): FieldDecl[] {
    const { decorators, words } = this.#modifiers(n)
    const type = childOf(n, 'type')
    return childrenOf(n, 'declarator').map((each) => ({
      name: this.#textOf(childOf(each, 'name') ?? each),
      type: type ? this.#type(type) : null,
      value: childOf(each, 'value') ? this.#field(each, 'value') : null,
      decorators,
      tag: '',
      isOptional: false,
      // Those of an interface are, whether it says so or not.
      isStatic: n.type === 'constant_declaration' || /\bstatic\b/.test(words),
      ...at(n),
    }))
  }

  #method(n: Syntax): Func {
    const { decorators, words } = this.#modifiers(n)
    const body = childOf(n, 'body')
    const type = childOf(n, 'type')
    return {
      name: n.type === 'constructor_declaration' ? 'constructor' : this.#textOf(childOf(n, 'name') ?? n),
      params: (childOf(n, 'parameters')?.children ?? []).flatMap((each) => this.#param(each)),
      body: this.#block(body),
      decorators,
      returns: type ? this.#type(type) : null,
      receiver: null,
      isStatic: /\bstatic\b/.test(words),
      hasBody: body !== null,
      doc: this.#doc(n.start),
      headEnd: body?.start ?? n.end,
      ...at(n),
    }
  }

  #param(n: Syntax): Param[] {
    const plain = (name: string): Param => ({
      name,
      type: null,
      default: null,
      decorators: [],
      pattern: null,
      isRest: n.type === 'spread_parameter',
      isOptional: false,
      ...at(n),
    })
    if (n.type === 'identifier') return [plain(this.#textOf(n))]
    if (n.type !== 'formal_parameter' && n.type !== 'spread_parameter') return []
    const declarator = firstOf(n, 'variable_declarator')
    const name = childOf(n, 'name') ?? (declarator ? childOf(declarator, 'name') : null)
    const type =
      childOf(n, 'type') ??
      n.children.find(({ type: one }) => one.endsWith('type') || one.endsWith('type_identifier'))
    return [
      {
        ...plain(name ? this.#textOf(name) : ''),
        type: type ? this.#type(type) : null,
        decorators: this.#modifiers(n).decorators,
      },
    ]
  }

  #doc(start: number): string {
    const before = this.#text.slice(Math.max(0, start - 4000), start)
    const found = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/.exec(before)
    return (found?.[1] ?? '')
      .split('\n')
      .map((line) => line.replace(/^\s*\*+ ?/, ''))
      .join('\n')
      .trim()
  }

  #block(n: Syntax | null): Stmt[] {
    return n === null ? [] : n.children.flatMap((each) => this.#statement(each))
  }

  #body(n: Syntax | null): Stmt[] {
    return n === null ? [] : n.type === 'block' ? this.#block(n) : this.#statement(n)
  }

  // What a loop that counts through an array or a list goes over: `int i = 0; i < all.length; i++`.
  #counted(n: Syntax): { vars: Expr[]; over: Expr } | null {
    const declared = childrenOf(n, 'init').flatMap((each) => childrenOf(each, 'declarator'))
    const [step, test] = [childOf(n, 'update'), childOf(n, 'condition')]
    const name = declared[0] && childOf(declared[0], 'name')
    const end = test && childOf(test, 'right')
    if (declared.length !== 1 || !declared[0] || !name || !step || !end) return null
    const counter = this.#textOf(name)
    const [, list] = /^(.*)\.(?:length|size\(\))$/s.exec(this.#textOf(end)) ?? []
    const of = childOf(end, 'object')
    return list !== undefined &&
      of &&
      this.#textOf(of) === list &&
      /=\s*0$/.test(this.#textOf(declared[0])) &&
      this.#textOf(test).replaceAll(/\s/g, '').startsWith(`${counter}<`) &&
      [`${counter}++`, `++${counter}`].includes(this.#textOf(step))
      ? { vars: [this.expr(name)], over: this.expr(of) }
      : null
  }

  #statement(n: Syntax): Stmt[] {
    const span = at(n)
    switch (n.type) {
      case 'expression_statement':
      case 'explicit_constructor_invocation':
        if (n.type === 'explicit_constructor_invocation') {
          const args = childOf(n, 'arguments')?.children ?? []
          const callee = { k: 'name' as const, name: this.#textOf(childOf(n, 'constructor') ?? n), ...span }
          return [
            {
              k: 'expr',
              e: {
                k: 'call',
                callee,
                args: args.map((each) => ({ name: null, value: this.expr(each) })),
                isNew: false,
                ...span,
              },
              ...span,
            },
          ]
        }
        return n.children.map((each) => ({ k: 'expr', e: this.expr(each), ...span }))
      case 'local_variable_declaration': {
        const type = childOf(n, 'type')
        return childrenOf(n, 'declarator').map((each) => ({
          k: 'let',
          target: this.#field(each, 'name'),
          type: type ? this.#declared(type) : null,
          value: childOf(each, 'value') ? this.#field(each, 'value') : null,
          isConst: false,
          ...at(n),
        }))
      }
      case 'return_statement':
      case 'yield_statement':
        return [{ k: 'return', value: n.children[0] ? this.expr(n.children[0]) : null, ...span }]
      case 'throw_statement':
        return [{ k: 'throw', value: n.children[0] ? this.expr(n.children[0]) : null, ...span }]
      case 'if_statement':
        return [
          {
            k: 'if',
            test: this.#field(n, 'condition'),
            before: [],
            whenTrue: [...this.#bound(childOf(n, 'condition')), ...this.#body(childOf(n, 'consequence'))],
            whenFalse: this.#body(childOf(n, 'alternative')),
            ...span,
          },
          ...this.#boundAfter(childOf(n, 'condition')),
        ]
      case 'enhanced_for_statement':
        return [
          {
            k: 'loop',
            vars: [this.#field(n, 'name')],
            over: this.#field(n, 'value'),
            isIndexed: false,
            body: this.#body(childOf(n, 'body')),
            ...span,
          },
        ]
      case 'for_statement':
      case 'while_statement':
      case 'do_statement': {
        const counted = this.#counted(n)
        if (counted)
          return [{ k: 'loop', ...counted, isIndexed: true, body: this.#body(childOf(n, 'body')), ...span }]
        return [
          ...childrenOf(n, 'init').flatMap((each) => this.#statement(each)),
          {
            k: 'loop',
            vars: [],
            over: null,
            isIndexed: false,
            body: this.#body(childOf(n, 'body')),
            ...span,
          },
        ]
      }
      case 'try_statement':
      case 'try_with_resources_statement': {
        const last = firstOf(n, 'finally_clause')
        const resources = (childOf(n, 'resources')?.children ?? []).flatMap((each): Stmt[] => {
          const name = childOf(each, 'name')
          const type = childOf(each, 'type')
          if (!name) return []
          return [
            {
              k: 'let',
              target: this.expr(name),
              type: type ? this.#declared(type) : null,
              value: this.#field(each, 'value'),
              isConst: true,
              ...at(each),
            },
          ]
        })
        return [
          {
            k: 'try',
            body: [...resources, ...this.#block(childOf(n, 'body'))],
            handlers: n.children
              .filter(({ type }) => type === 'catch_clause')
              .map((each) => {
                const param = firstOf(each, 'catch_formal_parameter')
                const name = param ? childOf(param, 'name') : null
                const types = param ? (firstOf(param, 'catch_type')?.children ?? []) : []
                return {
                  types: types.map((one) => this.expr(one)),
                  name: name ? this.#textOf(name) : null,
                  body: this.#block(childOf(each, 'body')),
                  ...at(each),
                }
              }),
            finally: last ? this.#block(firstOf(last, 'block')) : [],
            ...span,
          },
        ]
      }
      case 'switch_expression':
      case 'switch_statement':
        return [...this.#patternNames(n), this.#switch(n, false)]
      case 'block':
      case 'labeled_statement': {
        const label = firstOf(n, 'identifier')
        return label ? labelledAs(this.#textOf(label), this.#block(n)) : this.#block(n)
      }
      case 'synchronized_statement':
        return [
          {
            k: 'block',
            body: this.#block(n.type === 'synchronized_statement' ? childOf(n, 'body') : n),
            ...span,
          },
        ]
      case 'break_statement':
      case 'continue_statement': {
        const label = firstOf(n, 'identifier')
        return [{ k: 'jump', ...(label ? { label: this.#textOf(label) } : {}), ...span }]
      }
      case 'ERROR':
        return this.#block(n)
      default:
        return []
    }
  }

  // `case Refused refused when refused.isLate() -> …` asks what the subject is: each case is a condition of its own.
  #switch(n: Syntax, isValue: boolean): Extract<Stmt, { k: 'switch' }> {
    const groups = childOf(n, 'body')?.children ?? []
    const labels = (group: Syntax) => group.children.filter(({ type }) => type === 'switch_label')
    const isPattern = groups.flatMap(labels).some((label) => firstOf(label, 'pattern'))
    return {
      k: 'switch',
      subject: isPattern ? null : this.#field(n, 'condition'),
      cases: groups.map((group) => ({
        tests: labels(group).flatMap((label) =>
          isPattern ? this.#patternTests(n, label) : label.children.map((each) => this.expr(each)),
        ),
        body: group.children
          .filter(({ type }) => type !== 'switch_label')
          .flatMap((each): Stmt[] =>
            isValue &&
            group.type === 'switch_rule' &&
            each.type === 'expression_statement' &&
            each.children[0]
              ? [{ k: 'return', value: this.expr(each.children[0]), ...at(each) }]
              : this.#statement(each),
          ),
      })),
      ...at(n),
    }
  }

  #patternTests(n: Syntax, label: Syntax): Expr[] {
    const guard = firstOf(label, 'guard')?.children[0]
    return label.children
      .filter(({ type }) => type !== 'guard')
      .map((each): Expr => {
        const type = each.type === 'pattern' ? each.children[0]?.children[0] : null
        const is: Expr = {
          k: 'binary',
          op: type ? 'instanceof' : '==',
          left: this.#field(n, 'condition'),
          right: this.expr(type ?? each),
          ...at(each),
        }
        return guard
          ? { k: 'binary', op: '&&', left: is, right: this.expr(guard), start: each.start, end: guard.end }
          : is
      })
  }

  // The names that cases give their subject.
  #patternNames(n: Syntax): Stmt[] {
    const groups = childOf(n, 'body')?.children ?? []
    return groups
      .flatMap((group) => group.children.flatMap((label) => firstOf(label, 'pattern')?.children ?? []))
      .flatMap((pattern): Stmt[] => {
        const name = pattern.type === 'type_pattern' ? pattern.children[1] : null
        return name
          ? [
              {
                k: 'let',
                target: this.expr(name),
                type: null,
                value: this.#field(n, 'condition'),
                isConst: true,
                ...at(pattern),
              },
            ]
          : []
      })
  }

  // `if (error instanceof Refused refused && …)` has a name for what it is.
  #bound(condition: Syntax | null): Stmt[] {
    if (!condition) return []
    if (condition.type === 'instanceof_expression') {
      const name = childOf(condition, 'name')
      return name
        ? [
            {
              k: 'let',
              target: this.expr(name),
              type: null,
              value: this.#field(condition, 'left'),
              isConst: true,
              ...at(condition),
            },
          ]
        : []
    }
    const isBoth =
      condition.type === 'parenthesized_expression' ||
      (condition.type === 'binary_expression' &&
        this.#textOf(childOf(condition, 'operator') ?? condition) === '&&')
    return isBoth ? condition.children.flatMap((each) => this.#bound(each)) : []
  }

  // `if (!(handler instanceof Method method)) return;` has the name for what comes after it.
  #boundAfter(condition: Syntax | null): Stmt[] {
    if (!condition) return []
    const operator = this.#textOf(childOf(condition, 'operator') ?? condition)
    if (condition.type === 'unary_expression' && operator === '!')
      return this.#bound(childOf(condition, 'operand'))
    const isEither =
      condition.type === 'parenthesized_expression' ||
      (condition.type === 'binary_expression' && operator === '||')
    return isEither ? condition.children.flatMap((each) => this.#boundAfter(each)) : []
  }

  #field(n: Syntax, field: string): Expr {
    const child = childOf(n, field)
    return child ? this.expr(child) : { k: 'other', parts: [], ...at(n) }
  }

  expr(n: Syntax): Expr {
    const span = at(n)
    switch (n.type) {
      case 'string_literal': {
        const text = this.#textOf(n)
        if (text.startsWith('"""'))
          return { k: 'str', value: unescapeText(text.slice(3, -3)).trim(), ...span }
        return { k: 'str', value: unescapeText(text.slice(1, -1)), ...span }
      }
      case 'character_literal':
        return { k: 'str', value: unescapeText(this.#textOf(n).slice(1, -1)), ...span }
      case 'decimal_integer_literal':
      case 'hex_integer_literal':
      case 'decimal_floating_point_literal':
        return {
          k: 'num',
          value: Number(
            this.#textOf(n)
              .replaceAll('_', '')
              .replace(/[lLfFdD]$/, ''),
          ),
          ...span,
        }
      case 'true':
      case 'false':
        return { k: 'bool', value: n.type === 'true', ...span }
      case 'null_literal':
        return { k: 'null', ...span }
      case 'identifier':
      case 'type_identifier':
      case 'this':
      case 'super':
        return { k: 'name', name: this.#textOf(n), ...span }
      case 'scoped_identifier':
      case 'scoped_type_identifier': {
        const [first, second] = n.children
        if (!first || !second) break
        return { k: 'member', of: this.expr(first), name: this.#textOf(second), ...span }
      }
      case 'class_literal':
      case 'generic_type': {
        const type = n.children[0]
        if (type) return this.expr(type)
        break
      }
      case 'field_access':
        return {
          k: 'member',
          of: this.#field(n, 'object'),
          name: this.#textOf(childOf(n, 'field') ?? n),
          ...span,
        }
      case 'method_reference': {
        const [of, name] = n.children
        if (!of) break
        return { k: 'member', of: this.expr(of), name: name ? this.#textOf(name) : 'new', ...span }
      }
      case 'method_invocation': {
        const object = childOf(n, 'object')
        const name = childOf(n, 'name')
        const method = name ? this.#textOf(name) : ''
        return {
          k: 'call',
          callee: object
            ? { k: 'member', of: this.expr(object), name: method, start: n.start, end: name?.end ?? n.end }
            : { k: 'name', name: method, ...at(name ?? n) },
          args: this.#args(n),
          isNew: false,
          ...span,
        }
      }
      case 'object_creation_expression': {
        const type = childOf(n, 'type')
        const body = firstOf(n, 'class_body')
        const created: Expr = {
          k: 'call',
          callee: type ? this.expr(type) : { k: 'other', parts: [], ...span },
          args: this.#args(n),
          isNew: true,
          ...span,
        }
        if (!body || !type) return created
        const cls: Class = {
          name: '',
          kind: 'class',
          bases: [this.#type(type)],
          baseExprs: [],
          decorators: [],
          members: [],
          fields: [],
          inner: [],
          constants: [],
          alias: null,
          body: [],
          doc: '',
          headEnd: body.start,
          ...at(body),
        }
        this.#members(body, cls)
        return { ...created, callee: { k: 'class', cls, ...at(body) } }
      }
      case 'array_access':
        return { k: 'index', of: this.#field(n, 'array'), at: this.#field(n, 'index'), ...span }
      case 'array_initializer':
      case 'element_value_array_initializer':
        return {
          k: 'array',
          items: n.children.filter(({ type }) => !type.endsWith('comment')).map((each) => this.expr(each)),
          ...span,
        }
      case 'array_creation_expression': {
        const value = childOf(n, 'value')
        return value ? this.expr(value) : { k: 'array', items: [], ...span }
      }
      case 'marker_annotation':
      case 'annotation':
        return this.#annotation(n)
      case 'binary_expression':
        return {
          k: 'binary',
          op: this.#textOf(childOf(n, 'operator') ?? n),
          left: this.#field(n, 'left'),
          right: this.#field(n, 'right'),
          ...span,
        }
      case 'instanceof_expression':
        return {
          k: 'binary',
          op: 'instanceof',
          left: this.#field(n, 'left'),
          right: this.#field(n, 'right'),
          ...span,
        }
      case 'unary_expression':
        return {
          k: 'unary',
          op: this.#textOf(childOf(n, 'operator') ?? n),
          of: this.#field(n, 'operand'),
          ...span,
        }
      case 'ternary_expression':
        return {
          k: 'cond',
          test: this.#field(n, 'condition'),
          whenTrue: this.#field(n, 'consequence'),
          whenFalse: this.#field(n, 'alternative'),
          ...span,
        }
      case 'assignment_expression':
        return {
          k: 'assign',
          target: this.#field(n, 'left'),
          value: this.#field(n, 'right'),
          op: this.#textOf(childOf(n, 'operator') ?? n),
          ...span,
        }
      case 'cast_expression':
        return this.#field(n, 'value')
      case 'parenthesized_expression': {
        const inner = n.children.find(({ type }) => !type.endsWith('comment'))
        if (inner) return this.expr(inner)
        break
      }
      case 'lambda_expression': {
        const params = childOf(n, 'parameters')
        const body = childOf(n, 'body')
        const list = params?.type === 'identifier' ? [params] : (params?.children ?? [])
        return {
          k: 'func',
          fn: {
            name: '',
            params: list.flatMap((each) => this.#param(each)),
            body: !body
              ? []
              : body.type === 'block'
                ? this.#block(body)
                : [{ k: 'return', value: this.expr(body), ...at(body) }],
            decorators: [],
            returns: null,
            receiver: null,
            isStatic: false,
            hasBody: true,
            doc: '',
            headEnd: body?.start ?? n.end,
            ...span,
          },
          ...span,
        }
      }
      case 'switch_expression': {
        // Its value is one of the cases'; a chain of conditions says the same.
        const { cases, subject } = this.#switch(n, true)
        return {
          k: 'call',
          callee: {
            k: 'func',
            fn: {
              name: '',
              params: [],
              body: [...this.#patternNames(n), { k: 'switch', subject, cases, ...span }],
              decorators: [],
              returns: null,
              receiver: null,
              isStatic: false,
              hasBody: true,
              doc: '',
              headEnd: n.start,
              ...span,
            },
            ...span,
          },
          args: [],
          isNew: false,
          ...span,
        }
      }
    }
    return { k: 'other', parts: n.children.map((each) => this.expr(each)), ...span }
  }

  #args(n: Syntax): Argument[] {
    return (childOf(n, 'arguments')?.children ?? [])
      .filter(({ type }) => !type.endsWith('comment'))
      .map((each) => {
        const value = this.expr(each)
        // `(Object[]) parts` is all that a method takes of any number.
        const isAll =
          each.type === 'cast_expression' &&
          /^Object\s*\[\]$/.test(this.#textOf(childOf(each, 'type') ?? each))
        return { name: null, value: isAll ? { k: 'spread', of: value, ...at(each) } : value }
      })
  }

  /** The type of a local variable; null where it is that of its value (`var`, Lombok's `val`). */
  #declared(n: Syntax): TypeRef | null {
    return /^va[rl]$/.test(this.#textOf(n)) ? null : this.#type(n)
  }

  #type(n: Syntax): TypeRef {
    const span = at(n)
    switch (n.type) {
      case 'generic_type': {
        const [name, args] = n.children
        return {
          name: name ? this.#textOf(name) : '',
          args: (args?.children ?? []).map((each) => this.#type(each)),
          ...span,
        }
      }
      case 'array_type': {
        const element = childOf(n, 'element')
        return { name: '[]', args: element ? [this.#type(element)] : [], ...span }
      }
      case 'annotated_type': {
        const type = n.children.at(-1)
        const annotations = n.children.filter(({ type: one }) => one.endsWith('annotation'))
        return type
          ? { ...this.#type(type), annotations: annotations.map((each) => this.#annotation(each)) }
          : { name: '', args: [], ...span }
      }
      case 'wildcard': {
        const bound = n.children.find(({ type }) => type.includes('type'))
        return bound ? this.#type(bound) : { name: 'unknown', args: [], ...span }
      }
      default:
        return { name: this.#textOf(n), args: [], ...span }
    }
  }
}
