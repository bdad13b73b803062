import { unbroken } from './ir.ts'
import type { Class, Expr, FieldDecl, Func, ImportName, Module, Span, Stmt } from './ir.ts'
import { emptyFunc, PythonExpressions } from './python-expressions.ts'
import { lowerMatch } from './python-match.ts'
import { childOf, childrenOf, firstOf, parseSyntax } from './syntax-tree.ts'
import type { Syntax } from './syntax-tree.ts'
import { syntaxWords } from './syntax-words.ts'

const at = ({ start, end }: Span): Span => ({ start, end })

/** Reads a file of Python 3; `loadGrammars` comes before. What does not parse is in `broken`, the rest is there. */
export function lowerPython(path: string, text: string): Module {
  const { root, broken } = parseSyntax('python', text)
  const body = new Lowering(text).block(root)
  return { path, language: 'python', text, package: '', body, broken, code: syntaxWords(root, text) }
}

class Lowering extends PythonExpressions {
  /** Whether a statement stands in the body of a class, and in no function there. */
  #isInClass = false

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
                target: this.field(inner, 'left'),
                value: this.field(inner, 'right'),
                op: this.textOf(childOf(inner, 'operator') ?? inner),
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
        return this.#loop(n, { vars: [this.field(n, 'left')], over: this.field(n, 'right') }, span)
      case 'while_statement':
        return this.#loop(n, { vars: [], over: null }, span)
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
        const [only] = opened
        // Python ("contextlib.suppress"): what goes wrong in it is taken, and nothing is done about it.
        if (opened.length === 1 && only?.k === 'expr' && only.e.k === 'call' && isSuppress(only.e.callee)) {
          const handler = { types: only.e.args.map(({ value }) => value), name: null, body: [], ...at(only) }
          return [
            { k: 'try', body: this.block(childOf(n, 'body')), handlers: [handler], finally: [], ...span },
          ]
        }
        return [
          {
            k: 'block',
            body: [...opened, ...this.block(childOf(n, 'body'))],
            managers: opened.length,
            ...span,
          },
        ]
      }
      case 'match_statement':
        return [
          lowerMatch(n, {
            expr: (one) => this.expr(one),
            block: (one) => this.block(one),
            textOf: (one) => this.textOf(one),
          }) ?? {
            k: 'switch',
            subject: this.field(n, 'subject'),
            cases: (childOf(n, 'body')?.children ?? [])
              .filter(({ type }) => type === 'case_clause')
              .map((each) => ({
                tests: each.children
                  .filter(({ type }) => type === 'case_pattern')
                  .filter((one) => this.textOf(one) !== '_')
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
        return childrenOf(n, 'name').flatMap((each): Stmt[] => {
          const name = this.textOf(childOf(each, 'name') ?? each)
          const alias = childOf(each, 'alias')
          // `import a.b` runs `a` and `a.b`, and binds `a`; `import a.b as c` binds `a.b`.
          const source = alias ? name : (name.split('.')[0] ?? name)
          const local = alias ? this.textOf(alias) : source
          const all: Stmt[] = [{ k: 'import', source, names: [{ imported: null, local }], ...span }]
          return source === name ? all : [...all, { k: 'import', source: name, names: [], ...span }]
        })
      case 'import_from_statement': {
        const names: ImportName[] = childrenOf(n, 'name').map((each) => {
          const name = this.textOf(childOf(each, 'name') ?? each)
          const alias = childOf(each, 'alias')
          return { imported: name, local: alias ? this.textOf(alias) : name }
        })
        if (firstOf(n, 'wildcard_import')) names.push({ imported: '*', local: '*' })
        return [{ k: 'import', source: this.textOf(childOf(n, 'module_name') ?? n), names, ...span }]
      }
      case 'assert_statement':
      case 'delete_statement':
        return n.children.slice(0, 1).map((each) => ({ k: 'expr', e: this.expr(each), ...span }))
      case 'break_statement':
        return [{ k: 'jump', isBreak: true, ...span }]
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
    const left = this.field(n, 'left')
    // a = b = value
    const isChain = right?.type === 'assignment'
    const chained = isChain ? this.#assignment(right) : []
    const last = chained.at(-1)
    // All of them hold one thing, which is made once.
    const isNamed = last?.k === 'let' && (last.target.k === 'name' || last.target.k === 'member')
    const made = last?.k === 'let' ? (isNamed ? last.target : last.value) : null
    const value = isChain ? made : right ? this.expr(right) : null
    return [
      ...chained,
      { k: 'let', target: left, type: type ? this.type(type) : null, value, isConst: false, ...at(n) },
    ]
  }

  // What stands under `else` after a loop comes where nothing broke it off.
  #loop(n: Syntax, { vars, over }: { vars: Expr[]; over: Expr | null }, span: Span): Stmt[] {
    const body = this.block(childOf(n, 'body'))
    const last = childOf(n, 'alternative')
    const otherwise = last ? this.block(childOf(last, 'body')) : []
    const isWatched = otherwise.length > 0 && body.some(breaks)
    const loop: Stmt = {
      k: 'loop',
      vars,
      over,
      isIndexed: false,
      ...(isWatched ? { isWatched } : {}),
      body,
      ...span,
    }
    if (!isWatched || !last) return [loop, ...otherwise]
    const test: Expr = { k: 'name', name: unbroken, ...at(last), end: last.start }
    return [loop, { k: 'if', test, before: [], whenTrue: otherwise, whenFalse: [], ...at(last) }]
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
      test: this.field(n, 'condition'),
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
      name = target ? this.textOf(target) : null
      what = what.children[0]
    } else {
      const alias = childOf(n, 'alias')
      if (alias) name = this.textOf(alias)
    }
    const types = !what
      ? []
      : what.type === 'tuple'
        ? what.children.map((each) => this.expr(each))
        : [this.expr(what)]
    return { types, name, body: this.block(body), ...at(n) }
  }

  #doc(body: Syntax | null): string {
    const first = body?.children.find(({ type }) => type !== 'comment')
    const text = first?.type === 'expression_statement' ? first.children[0] : null
    if (text?.type !== 'string') return ''
    return text.children
      .filter(({ type }) => type === 'string_content')
      .map((each) => this.textOf(each))
      .join('')
      .trim()
  }

  #func(n: Syntax, decorators: Expr[]): Func {
    const body = childOf(n, 'body')
    const returns = childOf(n, 'return_type')
    const isMethod = this.#isInClass
    this.#isInClass = false
    const stmts = this.block(body)
    this.#isInClass = isMethod
    const isAbstract = this.#isAbstract(body, decorators, isMethod)
    return {
      ...emptyFunc(n, this.textOf(childOf(n, 'name') ?? n)),
      params: (childOf(n, 'parameters')?.children ?? []).flatMap((each) => this.param(each)),
      body: stmts,
      decorators,
      returns: returns ? this.type(returns) : null,
      isStatic: decorators.some((each) => each.k === 'name' && each.name === 'staticmethod'),
      ...(/^async\s/.test(this.textOf(n)) && { isAsync: true }),
      hasBody: !isAbstract,
      ...(isAbstract &&
        stmts.some(({ k }) => k === 'throw') &&
        !decorators.some(isAbstractMark) && { isLeftOpen: true }),
      doc: this.#doc(body),
      headEnd: body?.start ?? n.end,
    }
  }

  // What a class below has to do: nothing is in it but a docstring, `...`, or an error that says so.
  #isAbstract(body: Syntax | null, decorators: readonly Expr[], isMethod: boolean): boolean {
    const held = (body?.children ?? [])
      .filter(({ type, children }) => type !== 'comment' && children[0]?.type !== 'string')
      .map((each) => this.textOf(each))
    return (
      held.every((text) => (isMethod ? leftOpen : left).test(text)) &&
      (held.some((text) => text !== 'pass') || decorators.some(isAbstractMark))
    )
  }

  #class(n: Syntax, decorators: Expr[]): Class {
    const body = childOf(n, 'body')
    const isInner = this.#isInClass
    this.#isInClass = true
    const statements = this.block(body)
    this.#isInClass = isInner
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
    const baseTypes = bases.map((each) => this.type(each))
    const isEnum = baseTypes.some(({ name }) =>
      /(?:^|\.)(?:Str|Int)?(?:Enum|Flag)$|(?:^|\.)(?:Text|Integer)Choices$/.test(name),
    )
    return {
      name: this.textOf(childOf(n, 'name') ?? n),
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
}

// Whether a statement may break off the loop that it stands in.
function breaks(stmt: Stmt): boolean {
  switch (stmt.k) {
    case 'jump':
      return stmt.isBreak === true
    case 'if':
      return [...stmt.whenTrue, ...stmt.whenFalse].some(breaks)
    case 'switch':
      return stmt.cases.some(({ body }) => body.some(breaks))
    case 'block':
      return stmt.body.some(breaks)
    case 'try':
      return [stmt.body, stmt.finally, ...stmt.handlers.map(({ body }) => body)].flat().some(breaks)
    default:
      return false
  }
}

const isSuppress = (callee: Expr): boolean =>
  callee.k === 'name'
    ? callee.name === 'suppress'
    : callee.k === 'member' &&
      callee.name === 'suppress' &&
      callee.of.k === 'name' &&
      callee.of.name === 'contextlib'

const isAbstractMark = (one: Expr): boolean =>
  (one.k === 'name' || one.k === 'member') && one.name === 'abstractmethod'
/** Nothing of its own; a method may say so by an error too, as a function that is called fails with it. */
const left = /^(?:\.\.\.|pass)$/
const leftOpen = /^(?:\.\.\.|pass|raise NotImplementedError\b.*)$/s
