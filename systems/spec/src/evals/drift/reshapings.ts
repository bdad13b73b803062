import type { Expr, Module, Span, Stmt } from '../../parse/ir.ts'
import { isExpr, walk } from '../../parse/walk.ts'
import { blocksIn, indentAt, isFunc, linesOf, textOf } from './code-places.ts'
import type { Change, Place } from './code-places.ts'

type If = Extract<Stmt, { k: 'if' }>

/** What a case asks in another form, and where what is done in it stands otherwise, with the same done in the same cases. */
export function reshapingsOf({ module, fn }: Place): Change[] {
  const found: Change[] = []
  const { path, language, text } = module
  const put = (kind: string, start: number, ...edits: (Span & { text: string })[]) =>
    found.push({ kind, path, start, edits: edits.map((one) => ({ path, ...one })) })
  const isPython = language === 'python'
  const not = (of: string) => (isPython ? `not (${of})` : `!(${of})`)
  const [and, or] = isPython ? ['and', 'or'] : ['&&', '||']
  const of = (span: Span) => textOf(module, span)
  for (const block of blocksIn(fn))
    for (const [at, stmt] of block.entries()) {
      if (stmt.k === 'if') asked(stmt)
      const next = block[at + 1]
      if (stmt.k === 'if' && next) following(stmt, next, block.length === at + 2)
      if (stmt.k === 'return' && stmt.value) returned(stmt, stmt.value)
    }
  walk(fn.body, (node) => {
    if (isFunc(node)) return false
    if (isExpr(node, 'binary')) compared(node)
    if (isExpr(node, 'call')) listed(node)
    return true
  })
  return found

  function asked(stmt: If): void {
    const { test } = stmt
    const own = linesOf(module, { start: stmt.start, end: stmt.start })
    const before = text.slice(text.lastIndexOf('\n', stmt.start) + 1, stmt.start)
    const isPlain = stmt.before.length === 0 && /^\s*$/.test(before) && isWhole(test, module)
    if (own === null && !isPlain) return
    if (!isPlain || /\b(?:await|yield)\b|:=|=>|->/.test(of(test))) return
    const indent = indentAt(module, stmt.start)
    const line = text.lastIndexOf('\n', stmt.start) + 1
    const declared = declare(language)
    const end = language === 'java' || language === 'javascript' ? ';' : ''
    const isOneLine = !of(test).includes('\n')
    put('deny twice', stmt.start, { ...test, text: not(not(of(test))) })
    if (isOneLine)
      put(
        'name denied',
        stmt.start,
        { start: line, end: line, text: `${indent}${declared('isFine')} ${not(of(test))}${end}\n` },
        { ...test, text: isPython ? 'not isFine' : '!isFine' },
      )
    if (isOneLine && language !== 'java')
      put(
        'name question',
        stmt.start,
        { start: line, end: line, text: `${indent}${asFunction(language, of(test))}${end}\n` },
        { ...test, text: 'isAsked()' },
      )
    if (test.k === 'binary' && (test.op === '&&' || test.op === '||')) {
      const sign = test.op === '&&' ? or : and
      put('de morgan', stmt.start, {
        ...test,
        text: not(`${not(of(test.left))} ${sign} ${not(of(test.right))}`),
      })
      const inner = test.right.k === 'binary' && /^(?:&&|\|\|)$/.test(test.right.op) ? test.right : null
      if (inner && inner.op !== test.op) {
        const [a, b, c] = [test.left, inner.left, inner.right].map(of)
        const [outer, within] = test.op === '&&' ? [or, and] : [and, or]
        put('distribute', stmt.start, {
          ...test,
          text: `((${a}) ${within} (${b})) ${outer} ((${a}) ${within} (${c}))`,
        })
      }
    }
    const lines = linesOf(module, stmt)
    const body = bodyOf(stmt, module)
    if (!lines || !body || stmt.whenFalse.length > 0 || test.k !== 'binary' || /"""|'''|`/.test(body.text))
      return
    const one = (asks: Expr, doing: string, deeper = '') =>
      `${indent}${deeper}${head(language, of(asks))}${doing}${isPython ? '' : `${indent}${deeper}}\n`}`
    if (test.op === '||' && leaves(stmt.whenTrue))
      put('split or', stmt.start, { ...lines, text: one(test.left, body.text) + one(test.right, body.text) })
    if (test.op === '&&') {
      const step = isPython ? '    ' : '\t'
      const deep = body.text.replaceAll(/^(?=.)/gm, step)
      put('nest and', stmt.start, { ...lines, text: one(test.left, one(test.right, deep, step)) })
    }
  }

  function following(stmt: If, next: Stmt, isLast: boolean): void {
    if (stmt.before.length > 0 || stmt.whenFalse.length > 0 || !leaves(stmt.whenTrue)) return
    if (!isWhole(stmt.test, module)) return
    const [body, lines, after] = [bodyOf(stmt, module), linesOf(module, stmt), linesOf(module, next)]
    if (!body || !lines || !after || /"""|'''|`/.test(body.text)) return
    const indent = indentAt(module, stmt.start)
    const gap = text.slice(lines.end, after.start)
    const close = isPython ? '' : `${indent}}`
    if (
      next.k === 'if' &&
      next.before.length === 0 &&
      next.whenFalse.length === 0 &&
      isWhole(next.test, module)
    ) {
      const other = bodyOf(next, module)
      if (other?.text === body.text && /^\s*$/.test(gap))
        put('merge checks', stmt.start, {
          start: lines.start,
          end: after.end,
          text: `${indent}${head(language, `(${of(stmt.test)}) ${or} (${of(next.test)})`)}${body.text}${close}${isPython ? '' : '\n'}`,
        })
    }
    const only = stmt.whenTrue[0]
    if (!isLast || !/^\s*$/.test(gap)) return
    if (next.k === 'return' || next.k === 'throw') {
      const step = isPython ? '    ' : '\t'
      const rest = text.slice(after.start, after.end).replaceAll(/^(?=.)/gm, step)
      if (!/"""|'''|`/.test(rest))
        put('turn check', stmt.start, {
          start: lines.start,
          end: after.end,
          text: isPython
            ? `${indent}${head(language, not(of(stmt.test)))}${rest}${body.text.replaceAll(new RegExp(`^${indent}${step}`, 'gm'), indent)}`
            : `${indent}${head(language, not(of(stmt.test)))}${rest}${indent}}\n${body.text}`,
        })
    }
    if (language === 'go' || next.k !== 'return' || !next.value || stmt.whenTrue.length !== 1) return
    if (only?.k !== 'return' || !only.value || /\n/.test(of(only.value) + of(next.value) + of(stmt.test)))
      return
    put('one return', stmt.start, {
      start: lines.start,
      end: after.end,
      text: isPython
        ? `${indent}return (${of(only.value)}) if (${of(stmt.test)}) else (${of(next.value)})\n`
        : `${indent}return (${of(stmt.test)}) ? ${of(only.value)} : ${of(next.value)};\n`,
    })
  }

  function returned(stmt: Span, value: Expr): void {
    const lines = linesOf(module, stmt)
    if (!lines || value.k !== 'cond' || /`|"""|'''|#|\/\//.test(of(stmt))) return
    const indent = indentAt(module, stmt.start)
    const end = isPython ? '' : ';'
    put('two returns', stmt.start, {
      ...lines,
      text: `${indent}${head(language, of(value.test))}${indent}    return ${of(value.whenTrue)}${end}\n${isPython ? '' : `${indent}}\n`}${indent}return ${of(value.whenFalse)}${end}\n`,
    })
  }

  function compared(node: Extract<Expr, { k: 'binary' }>): void {
    const between = text.slice(node.left.end, node.right.start)
    const sign = /^\s*([=!]==?|[<>]=?)\s*$/.exec(between)?.[1]
    const turned: Record<string, string> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' }
    const isPart = (e: Expr) => /^(?:name|member|str|num)$/.test(e.k)
    if (sign && isPart(node.left) && isPart(node.right))
      put('turn comparison', node.start, {
        start: node.left.start,
        end: node.right.end,
        text: `${of(node.right)} ${turned[sign] ?? sign} ${of(node.left)}`,
      })
    const parts = node.op === '||' ? chain(node) : []
    const [first] = parts
    const isSame = parts.every(
      (one) =>
        one.k === 'binary' &&
        isPart(one.left) &&
        one.right.k === 'str' &&
        /^\s*={2,3}\s*$/.test(text.slice(one.left.end, one.right.start)) &&
        first?.k === 'binary' &&
        of(one.left) === of(first.left),
    )
    if (parts.length < 2 || !isSame || first?.k !== 'binary') return
    const values = parts.map((one) => (one.k === 'binary' ? of(one.right) : '')).join(', ')
    const isStrict = text.slice(first.left.end, first.right.start).includes('===')
    if (isPython) put('list alike', node.start, { ...node, text: `${of(first.left)} in (${values})` })
    if (language === 'javascript' && isStrict)
      put('list alike', node.start, { ...node, text: `[${values}].includes(${of(first.left)})` })
  }

  function listed({ callee, args, start, end }: Extract<Expr, { k: 'call' }>): void {
    const [only] = args
    if (language !== 'javascript' || callee.k !== 'member' || callee.name !== 'includes' || args.length > 1)
      return
    if (callee.of.k !== 'array' || !only || !/^(?:name|member)$/.test(only.value.k)) return
    const { items } = callee.of
    if (items.length < 2 || items.some(({ k }) => k !== 'str')) return
    const asks = items.map((one) => `${of(only.value)} === ${of(one)}`).join(' || ')
    put('ask each', start, { start, end, text: `(${asks})` })
  }
}

const chain = (e: Expr): Expr[] =>
  e.k === 'binary' && e.op === '||' ? [...chain(e.left), ...chain(e.right)] : [e]

const leaves = (all: readonly Stmt[]): boolean => /^(?:return|throw)$/.test(all.at(-1)?.k ?? '')

/** Whether the brackets around what is asked, where there are any, are only its own. */
function isWhole(test: Expr, { text, language }: Module): boolean {
  const [before, after] = [text.slice(0, test.start), text.slice(test.end)]
  return language === 'python'
    ? /\bif\s+$/.test(before) && /^\s*:/.test(after)
    : language === 'go'
      ? /\bif\s+$/.test(before) && /^\s*\{/.test(after)
      : /\bif\s*\($/.test(before) && /^\)\s*\{/.test(after)
}

/** The lines of what is done where a case holds. */
function bodyOf(stmt: If, module: Module): { text: string } | null {
  const [first, last] = [stmt.whenTrue[0], stmt.whenTrue.at(-1)]
  const lines = first && last && linesOf(module, { start: first.start, end: last.end })
  const from = first ? module.text.lastIndexOf('\n', first.start) + 1 : 0
  if (!first || !last || from <= stmt.test.end) return null
  const next = module.text.indexOf('\n', last.end)
  const rest = module.text.slice(last.end, next)
  return lines || /^\s*;?\s*$/.test(rest) ? { text: module.text.slice(from, next + 1) } : null
}

const head = (language: Module['language'], asks: string): string =>
  language === 'python' ? `if ${asks}:\n` : language === 'go' ? `if ${asks} {\n` : `if (${asks}) {\n`

const declare =
  (language: Module['language']) =>
  (name: string): string =>
    ({ javascript: `const ${name} =`, python: `${name} =`, java: `boolean ${name} =`, go: `${name} :=` })[
      language
    ]

const asFunction = (language: Module['language'], asks: string): string =>
  language === 'python'
    ? `isAsked = lambda: ${asks}`
    : language === 'go'
      ? `isAsked := func() bool { return ${asks} }`
      : `const isAsked = () => ${asks}`
