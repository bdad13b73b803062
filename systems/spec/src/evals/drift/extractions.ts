import type { Func, Module, Stmt } from '../../parse/ir.ts'
import { walk } from '../../parse/walk.ts'
import { blocksIn, boundIn, indentAt, linesOf, namesIn, paramsOf, setIn, textOf } from './code-places.ts'
import type { Change, Edit, Place } from './code-places.ts'

/** What of a function goes into one of its own: whole lines, what it is given and what it gives back. */
interface Run {
  lines: { start: number; end: number }
  given: string[]
  gives: string | null
  /** Its last statement leaves the function, which then comes back with what it comes back with. */
  isEnd: boolean
}

/** Each run of statements of a function that can be a function of its own. */
export function extractions(place: Place): Change[] {
  const { module, fn, top } = place
  return blocksIn(fn).flatMap((block) =>
    block.flatMap((_, from) =>
      [1, 2, 3].flatMap((count): Change[] => {
        const run = from + count <= block.length ? runAt(place, block, from, from + count) : null
        const edits = run && written(place, run)
        return run && edits
          ? [
              {
                kind: `extract-${run.isEnd ? 'end' : run.gives ? 'value' : 'statements'}`,
                edits,
                path: module.path,
                start: Math.max(run.lines.start, top.start),
              },
            ]
          : []
      }),
    ),
  )
}

function runAt({ module, fn, around }: Place, block: Stmt[], from: number, to: number): Run | null {
  const part = block.slice(from, to)
  const [first, last] = [part[0], part.at(-1)]
  if (!first || !last || (block === fn.body && part.length === block.length)) return null
  const [head, foot] = [linesOf(module, first), linesOf(module, last)]
  if (!head || !foot) return null
  const lines = { start: head.start, end: foot.end }
  const text = module.text.slice(lines.start, lines.end)
  if (/\b(?:yield|super|arguments|nonlocal|global|defer|go|var)\b|"""|'''/.test(text)) return null
  let leaves = false
  let jumps = false
  walk(part, (node) => {
    if ('params' in node && 'headEnd' in node) return false
    if ('k' in node && node.k === 'return') leaves = true
    if ('k' in node && node.k === 'jump') jumps = true
    return true
  })
  const isEnd = block === fn.body && to === block.length && last.k === 'return' && last.value !== null
  if (jumps || (leaves && !isEnd)) return null
  const outer = new Set(around.flatMap((one) => [...paramsOf(one), ...setIn(one.body)]))
  const own = new Set([...paramsOf(fn), ...setIn(fn.body)])
  const used = namesIn(part)
  const declared = declaredIn(part)
  const set = setIn(part)
  // What a branch or a round sets may be read after it, or in the next round.
  const after = namesIn([
    block.slice(to),
    block === fn.body ? [] : fn.body.filter((one) => !(one.start <= first.start && one.end >= last.end)),
  ])
  const isInLoop = block !== fn.body
  const gives = [...set].filter(
    (name) => (own.has(name) || outer.has(name)) && (after.has(name) || (isInLoop && !declared.has(name))),
  )
  if (!isEnd && gives.length > 1) return null
  if ([...set].some((name) => outer.has(name) && !own.has(name))) return null
  const given = [...used].filter(
    (name) => (own.has(name) || outer.has(name)) && !declared.has(name) && name !== 'self',
  )
  const [only = null] = isEnd ? [] : gives
  // A variable that is set in some cases only has to be there before.
  if (
    only !== null &&
    !part.some((stmt) => stmt.k === 'let' && boundIn(stmt.target).has(only)) &&
    !given.includes(only)
  )
    return null
  return { lines, given, gives: only, isEnd }
}

function declaredIn(part: readonly Stmt[]): Set<string> {
  const seen = new Set<string>()
  const declared = new Set<string>()
  for (const stmt of part) {
    if (stmt.k === 'let') {
      const bound = boundIn(stmt.target)
      for (const name of namesIn([stmt.value, stmt.target])) if (!bound.has(name)) seen.add(name)
      for (const name of namesIn(stmt.value)) seen.add(name)
      for (const name of bound) if (!seen.has(name)) declared.add(name)
    } else {
      const inner = new Set<string>()
      walk(
        stmt,
        (node) =>
          void (
            'k' in node &&
            node.k === 'let' &&
            'target' in node &&
            boundIn(node.target).forEach((one) => inner.add(one))
          ),
      )
      if (stmt.k === 'loop') namesIn(stmt.vars).forEach((one) => inner.add(one))
      if (stmt.k === 'func') inner.add(stmt.fn.name)
      for (const name of namesIn(stmt)) if (!inner.has(name)) seen.add(name)
      for (const name of inner) if (!seen.has(name)) declared.add(name)
    }
  }
  return declared
}

function written(place: Place, run: Run): Edit[] | null {
  const { module, fn, cls, top, around } = place
  const { path, text, language } = module
  const body = text.slice(run.lines.start, run.lines.end)
  const name = `${language === 'python' ? 'part_of_' : 'partOf'}${language === 'python' ? fn.name : capital(fn.name || 'handler')}${language === 'python' ? '_' : 'At'}${run.lines.start}`
  const indent = indentAt(module, run.lines.start)
  const isAsync = /\bawait\b/.test(body)
  const usesSelf =
    language === 'python'
      ? namesIn(fn.params.map((one) => one)).has('self') || fn.params[0]?.name === 'self'
      : /\bthis\b/.test(body)
  if (/\bthis\b/.test(body) && language === 'javascript' && (!cls || around.length > 0)) return null
  const result = run.gives ?? ''
  const edits = (call: string, declared: string, at: number): Edit[] => [
    { path, start: run.lines.start, end: run.lines.end, text: `${indent}${call}\n` },
    { path, start: at, end: at, text: declared },
  ]
  switch (language) {
    case 'javascript': {
      const isMethod = /\bthis\b/.test(body)
      const given = run.given.join(', ')
      const call = `${isAsync ? 'await ' : ''}${isMethod ? 'this.' : ''}${name}(${given});`
      const back = run.gives ? `  return ${result};\n` : ''
      const isDeclared =
        /^\s*(?:const|let|var) /.test(body) && run.gives !== null && !run.given.includes(result)
      if (run.gives !== null && !isDeclared && !run.given.includes(result)) return null
      const said = run.isEnd
        ? `return ${call}`
        : run.gives
          ? `${isDeclared ? 'let ' : ''}${result} = ${call}`
          : call
      const head = `${isAsync ? 'async ' : ''}${isMethod ? '' : 'function '}${name}(${given}) {\n${body}${back}}\n`
      return edits(said, `\n${head}`, isMethod ? fn.end : endOfLine(text, top.end))
    }
    case 'python': {
      const isMethod = fn.params[0]?.name === 'self' && cls !== null && around.length === 0
      if (usesSelf && !isMethod) return null
      if (around.some((one) => one.params[0]?.name === 'self')) return null
      const given = run.given.join(', ')
      const own = isMethod ? indentAt(module, fn.start) : ''
      const inner = body
        .split('\n')
        .map((line) => (line.startsWith(indent) ? `${own}    ${line.slice(indent.length)}` : line))
        .join('\n')
      if (body.split('\n').some((line) => line.trim() !== '' && !line.startsWith(indent))) return null
      const call = `${isAsync ? 'await ' : ''}${isMethod ? 'self.' : ''}${name}(${given})`
      const said = run.isEnd ? `return ${call}` : run.gives ? `${result} = ${call}` : call
      const back = run.gives ? `${own}    return ${result}\n` : ''
      const params = isMethod ? ['self', ...run.given].join(', ') : given
      const declared = `\n${own}${isAsync ? 'async ' : ''}def ${name}(${params}):\n${inner}${back}\n`
      return edits(said, declared, endOfLine(text, isMethod ? fn.end : top.end))
    }
    case 'java': {
      if (
        !cls ||
        around.length > 0 ||
        /^\s*</.test(
          text.slice(fn.start, fn.headEnd).replace(/^[^(]*?(?:public|private|protected|static|\s)+/, ''),
        )
      )
        return null
      const types = typesIn(module, fn)
      const typed = run.given.map((one) => [types.get(one), one] as const)
      if (typed.some(([type]) => !type)) return null
      const head = text.slice(fn.start, fn.headEnd)
      const type = run.isEnd
        ? fn.returns && textOf(module, fn.returns)
        : run.gives
          ? types.get(result)
          : 'void'
      if (!type) return null
      const isDeclared = !run.given.includes(result)
      const thrown = /\bthrows [\w\s,.]+/.exec(head)?.[0].trimEnd() ?? ''
      const call = `${name}(${run.given.join(', ')});`
      const said = run.isEnd
        ? `return ${call}`
        : run.gives
          ? `${isDeclared ? `${type} ` : ''}${result} = ${call}`
          : call
      const back = run.gives ? `        return ${result};\n` : ''
      const declared = `\n\n    private ${fn.isStatic ? 'static ' : ''}${type} ${name}(${typed.map((one) => one.join(' ')).join(', ')}) ${thrown} {\n${body}${back}    }\n`
      return edits(said, declared, fn.end)
    }
    case 'go': {
      if (around.length > 0) return null
      const types = typesIn(module, fn)
      const receiver = fn.receiver
      const given = run.given.filter((one) => one !== receiver?.name)
      if (given.some((one) => !types.has(one)) || (run.gives !== null && !types.has(result))) return null
      const head = text.slice(fn.start, fn.headEnd)
      const returns = run.isEnd
        ? head.slice(head.lastIndexOf(')', head.length) + 1).trim()
        : run.gives
          ? (types.get(result) ?? '')
          : ''
      if (run.isEnd && (returns === '' || /[{]/.test(returns))) return null
      const call = `${receiver ? `${receiver.name}.` : ''}${name}(${given.join(', ')})`
      const isDeclared = run.gives !== null && !run.given.includes(result)
      const said = run.isEnd
        ? `return ${call}`
        : run.gives
          ? `${result} ${isDeclared ? ':=' : '='} ${call}`
          : call
      const back = run.gives ? `\treturn ${result}\n` : ''
      const of = receiver ? `(${textOf(module, receiver)}) ` : ''
      const declared = `\n\nfunc ${of}${name}(${given.map((one) => `${one} ${types.get(one)}`).join(', ')}) ${returns} {\n${body}${back}}\n`
      return edits(said, declared, fn.end)
    }
  }
}

function typesIn(module: Module, fn: Func): Map<string, string> {
  const types = new Map<string, string>()
  for (const one of fn.params) if (one.type) types.set(one.name, textOf(module, one.type))
  walk(fn.body, (node) => {
    if ('k' in node && node.k === 'let' && 'type' in node && 'target' in node) {
      const { type, target } = node as Extract<Stmt, { k: 'let' }>
      const text = type && textOf(module, type)
      if (target.k === 'name') {
        if (text && text !== 'var') types.set(target.name, text)
        else types.delete(target.name)
      }
    }
    return !('params' in node && 'headEnd' in node)
  })
  return types
}

const capital = (name: string) => name.slice(0, 1).toUpperCase() + name.slice(1)
const endOfLine = (text: string, offset: number) => {
  const next = text.indexOf('\n', offset)
  return next === -1 ? text.length : next + 1
}
