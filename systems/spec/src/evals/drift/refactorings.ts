import type { Expr, Func, Module, Span, Stmt } from '../../parse/ir.ts'
import { isExpr, walk } from '../../parse/walk.ts'
import {
  blocksIn,
  functionsIn,
  indentAt,
  isFunc,
  linesOf,
  namesIn,
  paramsOf,
  setIn,
  textOf,
} from './code-places.ts'
import type { Change, Place } from './code-places.ts'
import { extractions } from './extractions.ts'

type Make = (place: Place) => Omit<Change, 'path' | 'kind'>[]

/** What may be done to the code of a function, or to all of it, without a change of what it does. */
export function refactoringsOf(place: Place, all: readonly Module[]): Change[] {
  const { path } = place.module
  return [
    ...(place.fn.name === 'constructor' || place.fn.name === '__init__' ? [] : extractions(place)),
    ...Object.entries(makers).flatMap(([kind, make]) => make(place).map((one) => ({ ...one, kind, path }))),
    ...renamedFunction(place, all),
    ...movedFunction(place),
  ]
}

const makers: Record<string, Make> = {
  'rename-local': (place) => {
    const { module, fn } = place
    const own = [...setIn(fn.body)].filter((name) => name.length > 1 && !paramsOf(fn).includes(name))
    return own.flatMap((name) => {
      const spans = usesOf(name, fn.body, module)
      const by = `${name}Found`
      return spans && !new RegExp(`\\b${by}\\b`).test(module.text)
        ? [
            {
              start: fn.start,
              edits: spans.map((span) => ({
                path: module.path,
                ...span,
                text: span.isShort ? `${name}: ${by}` : by,
              })),
            },
          ]
        : []
    })
  },
  'introduce-variable': ({ module, fn }) =>
    statementsOf(fn).flatMap((stmt) => {
      const lines = linesOf(module, { start: stmt.start, end: stmt.start })
      const e =
        stmt.k === 'if' && stmt.before.length === 0
          ? stmt.test
          : stmt.k === 'return' && module.language !== 'java'
            ? stmt.value
            : null
      const at = module.text.lastIndexOf('\n', stmt.start) + 1
      if (
        !e ||
        e.k === 'name' ||
        e.k === 'bool' ||
        e.k === 'null' ||
        e.k === 'array' ||
        e.k === 'func' ||
        (stmt.k === 'if' && e.k === 'call' && e.end > stmt.end)
      )
        return []
      if (
        !/^\s*$/.test(module.text.slice(at, stmt.start)) ||
        /\bawait\b|<[A-Z/]|:=/.test(module.text.slice(stmt.start, e.end)) ||
        (lines === null && stmt.k === 'return')
      )
        return []
      const open =
        /\(\s*$/.test(module.text.slice(stmt.start, e.start)) &&
        module.language !== 'python' &&
        module.language !== 'go'
      const declared = {
        javascript: 'const seen =',
        python: 'seen =',
        java: 'boolean seen =',
        go: 'seen :=',
      }[module.language]
      const semi = module.language === 'javascript' || module.language === 'java' ? ';' : ''
      if (module.language === 'javascript' && stmt.k === 'if' && !open) return []
      const text = textOf(module, e)
      return [
        {
          start: stmt.start,
          edits: [
            {
              path: module.path,
              start: at,
              end: at,
              text: `${indentAt(module, stmt.start)}${declared} ${text.includes('\n') && module.language === 'python' ? `(${text})` : text}${semi}\n`,
            },
            { path: module.path, start: e.start, end: e.end, text: 'seen' },
          ],
        },
      ]
    }),
  'turn-if': ({ module, fn }) =>
    statementsOf(fn).flatMap((stmt) => {
      if (
        stmt.k !== 'if' ||
        stmt.before.length > 0 ||
        stmt.whenFalse.length === 0 ||
        stmt.whenFalse[0]?.k === 'if'
      )
        return []
      const [first, second] = [spanOf(stmt.whenTrue), spanOf(stmt.whenFalse)]
      if (
        !first ||
        !second ||
        first.end > second.start ||
        stmt.test.end > first.start ||
        !/\n\s*$/.test(module.text.slice(0, first.start)) ||
        !/\n\s*$/.test(module.text.slice(0, second.start))
      )
        return []
      if (
        /\/\/|#|\/\*/.test(
          module.text.slice(stmt.test.end, first.start) + module.text.slice(first.end, second.start),
        )
      )
        return []
      return [
        {
          start: stmt.start,
          edits: [
            {
              path: module.path,
              start: stmt.test.start,
              end: stmt.test.end,
              text: negated(module, stmt.test),
            },
            { path: module.path, start: first.start, end: first.end, text: textOf(module, second) },
            { path: module.path, start: second.start, end: second.end, text: textOf(module, first) },
          ],
        },
      ]
    }),
  'nest-guarded': ({ module, fn }) =>
    fn.body.flatMap((stmt, at) => {
      const rest = spanOf(fn.body.slice(at + 1))
      if (
        stmt.k !== 'if' ||
        stmt.whenFalse.length > 0 ||
        stmt.before.length > 0 ||
        !rest ||
        !leavesBy(stmt.whenTrue)
      )
        return []
      // What is declared in the rest must not be seen outside of it, and its last line is the function's.
      const lines = linesOf(module, { start: rest.end, end: rest.end }) ?? null
      const from = module.text.lastIndexOf('\n', rest.start) + 1
      const next = module.text.indexOf('\n', rest.end)
      const to = next === -1 ? module.text.length : next
      const body = module.text.slice(from, to)
      if (!/^\s*;?$/.test(module.text.slice(rest.end, to)) || /"""|'''|`/.test(body) || lines === undefined)
        return []
      const indent = indentAt(module, stmt.start)
      const deep = body
        .split('\n')
        .map((line) => (line.trim() === '' ? line : `    ${line}`))
        .join('\n')
      if (module.language === 'python')
        return [
          {
            start: stmt.start,
            edits: [{ path: module.path, start: from, end: to, text: `${indent}else:\n${deep}` }],
          },
        ]
      const close = module.text.slice(stmt.end - 1, stmt.end)
      if (
        close !== '}' ||
        (module.language === 'java' && !leavesBy(fn.body)) ||
        (module.language === 'go' && !leavesBy(fn.body))
      )
        return []
      return [
        {
          start: stmt.start,
          edits: [{ path: module.path, start: stmt.end, end: to, text: ` else {\n${deep}\n${indent}}` }],
        },
      ]
    }),
  'name-constant': ({ module, fn, top, cls }) =>
    literalsIn(fn.body).flatMap((e) => {
      if (e.k === 'str' && (e.value.length < 2 || textOf(module, e).slice(1, -1) !== e.value)) return []
      if (e.k === 'num' && !/^\d+$/.test(textOf(module, e))) return []
      const name = `NAMED_${e.start}`
      const text = textOf(module, e)
      const at =
        module.language === 'java'
          ? cls
            ? module.text.indexOf('{', cls.headEnd - 1) + 1
            : 0
          : lineStart(module, headOf(module, top))
      if (at === 0 && module.language !== 'python') return []
      const type = e.k === 'str' ? 'String' : 'int'
      const declared = {
        javascript: `const ${name} = ${text};\n`,
        python: `${name} = ${text}\n`,
        go: `const ${name} = ${text}\n\n`,
        java: `\n    private static final ${type} ${name} = ${text};`,
      }[module.language]
      return [
        {
          start: fn.start,
          edits: [
            { path: module.path, start: at, end: at, text: declared },
            { path: module.path, start: e.start, end: e.end, text: name },
          ],
        },
      ]
    }),
  'text-otherwise': ({ module, fn }) => {
    const found: Omit<Change, 'path' | 'kind'>[] = []
    walk(fn.body, (node) => {
      if (module.language === 'javascript' && isExpr(node, 'binary') && node.op === '+') {
        const parts = summed(node)
        if (
          parts.some((one) => one.k === 'str') &&
          parts.every((one) => one.k === 'str' || one.k === 'name' || one.k === 'member')
        ) {
          const text = parts
            .map((one) =>
              one.k === 'str'
                ? textOf(module, one).slice(1, -1).replaceAll('`', '\\`')
                : `\${${textOf(module, one)}}`,
            )
            .join('')
          found.push({
            start: node.start,
            edits: [{ path: module.path, start: node.start, end: node.end, text: `\`${text}\`` }],
          })
        }
        return false
      }
      if (
        module.language === 'javascript' &&
        isExpr(node, 'template') &&
        node.parts.length > 1 &&
        module.text[node.start] === '`' &&
        !textOf(module, node).includes('\n') &&
        node.parts.every((one) => one.k === 'str' || one.k === 'name' || one.k === 'member')
      ) {
        const text = node.parts
          .map((one) => (one.k === 'str' ? JSON.stringify(one.value) : textOf(module, one)))
          .join(' + ')
        found.push({
          start: node.start,
          edits: [
            {
              path: module.path,
              start: node.start,
              end: node.end,
              text: `(${node.parts[0]?.k === 'str' ? '' : '"" + '}${text})`,
            },
          ],
        })
        return false
      }
      return true
    })
    return found
  },
  'missing-otherwise': ({ module, fn }) => {
    const found: Omit<Change, 'path' | 'kind'>[] = []
    const put = (e: Span, text: string) =>
      found.push({ start: e.start, edits: [{ path: module.path, start: e.start, end: e.end, text }] })
    walk(fn.body, (node) => {
      if (!isExpr(node, 'binary') || node.right.k !== 'null' || !/^[!=]==?$/.test(node.op)) return true
      const of = textOf(module, node.left)
      if (module.language === 'java')
        put(node, node.op === '==' ? `Objects.isNull(${of})` : `Objects.nonNull(${of})`)
      if (
        module.language === 'javascript' &&
        /^\s*[!=]=\s*$/.test(module.text.slice(node.left.end, node.right.start)) &&
        !/[()]/.test(of)
      ) {
        const [op, by] = node.op === '==' ? ['===', '||'] : ['!==', '&&']
        put(node, `(${of} ${op} null ${by} ${of} ${op} undefined)`)
      }
      return true
    })
    return found
  },
  'arrow-function': ({ module, fn, top, around }) => {
    const text = textOf(module, fn)
    if (
      module.language !== 'javascript' ||
      around.length > 0 ||
      top.k !== 'func' ||
      /\bthis\b|\barguments\b|\byield\b/.test(text)
    )
      return []
    const head = /^(async )?function (\w+)\s*(\([^{]*?\)(?:\s*:[^{]*)?)\s*\{/.exec(text)
    const isUsedBefore = module.body.some(
      (stmt) =>
        stmt.start < fn.start &&
        stmt.k !== 'func' &&
        stmt.k !== 'import' &&
        stmt.k !== 'export' &&
        usedAtOnce(stmt, fn.name),
    )
    return head &&
      !isUsedBefore &&
      module.text
        .slice(module.text.lastIndexOf('\n', fn.start) + 1, fn.start)
        .trim()
        .replace('export', '') === ''
      ? [
          {
            start: fn.start,
            edits: [
              {
                path: module.path,
                start: fn.start,
                end: fn.start + head[0].length,
                text: `const ${head[2]} = ${head[1] ?? ''}${head[3]} => {`,
              },
            ],
          },
        ]
      : []
  },
  'await-returned': ({ module, fn }) => {
    if (module.language !== 'javascript' || fn.body.some((stmt) => stmt.k === 'try')) return []
    return statementsOf(fn).flatMap((stmt) => {
      const found = stmt.k === 'return' ? /^return (await )?(?=[\w.]+\()/.exec(textOf(module, stmt)) : null
      const isAsync = /\basync\b/.test(module.text.slice(Math.max(0, fn.start - 8), fn.headEnd))
      if (!found || !isAsync || stmt.k !== 'return') return []
      return [
        {
          start: stmt.start,
          edits: [
            {
              path: module.path,
              start: stmt.start,
              end: stmt.start + found[0].length,
              text: found[1] ? 'return ' : 'return await ',
            },
          ],
        },
      ]
    })
  },
  'swap-members': ({ module, fn, cls }) => {
    const next = cls?.members[cls.members.indexOf(fn) + 1]
    if (!next || module.language === 'go' || !cls) return []
    const [a, b] = [decorated(fn), decorated(next)]
    if (
      a.end > b.start ||
      /\bget\b|\bset\b|overload/.test(module.text.slice(a.start - 12, a.start + 4)) ||
      fn.name === next.name
    )
      return []
    if (
      cls.members.some((one) =>
        one.decorators.some((of) => /route|get|post|put|delete|patch|request|path/i.test(textOf(module, of))),
      )
    )
      return []
    const [from, to] = [textOf(module, a), textOf(module, b)]
    return [
      {
        start: fn.start,
        edits: [
          { path: module.path, start: a.start, end: a.end, text: to },
          { path: module.path, start: b.start, end: b.end, text: from },
        ],
      },
    ]
  },
  'inline-function': ({ module, fn, cls, around }) => inlined({ module, fn, cls, around }),
}

const spanOf = (all: readonly Stmt[]): Span | null => {
  const [first, last] = [all[0], all.at(-1)]
  return first && last ? { start: first.start, end: last.end } : null
}
const statementsOf = (fn: Func): Stmt[] => blocksIn(fn).flat()
const lineStart = ({ text }: Module, offset: number) => text.lastIndexOf('\n', offset - 1) + 1

// Comments and decorators above are of what follows.
function headOf(module: Module, { start }: Span): number {
  let at = lineStart(module, start)
  for (;;) {
    const before = lineStart(module, at - 1)
    if (at === 0 || !/^(?:[@#]|\/\/|\s*\*|\/\*)/.test(module.text.slice(before, at))) return at
    at = before
  }
}

const decorated = (fn: Func): Span => ({
  start: Math.min(fn.start, ...fn.decorators.map(({ start }) => start - 1)),
  end: fn.end,
})

export function leavesBy(all: readonly Stmt[]): boolean {
  const last = all.at(-1)
  return (
    last?.k === 'return' ||
    last?.k === 'throw' ||
    (last?.k === 'if' && leavesBy(last.whenTrue) && leavesBy(last.whenFalse))
  )
}

export function negated(module: Module, test: Expr): string {
  const text = textOf(module, test)
  if (test.k === 'unary' && test.op === '!') return textOf(module, test.of)
  const between = test.k === 'binary' ? module.text.slice(test.left.end, test.right.start) : ''
  const sign = /^\s*([!=])(==?)\s*$/.exec(between)
  if (test.k === 'binary' && sign)
    return `${textOf(module, test.left)} ${sign[1] === '!' ? '=' : '!'}${sign[2]} ${textOf(module, test.right)}`
  return module.language === 'python' ? `not (${text})` : `!(${text})`
}

function literalsIn(body: readonly Stmt[]): Extract<Expr, { k: 'str' | 'num' }>[] {
  const found: Extract<Expr, { k: 'str' | 'num' }>[] = []
  walk(body, (node) => {
    if (isExpr(node, 'template')) return false
    if (isExpr(node, 'call'))
      for (const { value } of node.args) if (value.k === 'str' || value.k === 'num') found.push(value)
    return true
  })
  return found
}

const summed = (e: Expr): Expr[] =>
  e.k === 'binary' && e.op === '+' ? [...summed(e.left), ...summed(e.right)] : [e]

function usedAtOnce(stmt: Stmt, name: string): boolean {
  let isUsed = false
  walk(stmt, (node) => {
    if (isFunc(node)) return false
    if (isExpr(node, 'name') && node.name === name) isUsed = true
    return true
  })
  return isUsed
}

/** Where a variable of a function stands; null where that is not sure. */
function usesOf(name: string, body: readonly Stmt[], module: Module): (Span & { isShort: boolean })[] | null {
  const spans = new Map<number, Span & { isShort: boolean }>()
  let isSure = true
  walk(body, (node) => {
    if (isFunc(node) && paramsOf(node).includes(name)) isSure = false
    if ('types' in node && 'body' in node && 'name' in node && node.name === name) isSure = false
    if (isExpr(node, 'object'))
      for (const { key, value } of node.entries)
        if (key && value.k === 'name' && value.name === name && key.start === value.start)
          spans.set(value.start, { start: value.start, end: value.end, isShort: true })
    if (isExpr(node, 'name') && node.name === name && !spans.has(node.start))
      spans.set(node.start, { start: node.start, end: node.end, isShort: false })
    return true
  })
  const all = [...spans.values()]
  const from = body[0]?.start ?? 0
  const written =
    module.text.slice(from, body.at(-1)?.end).match(new RegExp(`(?<![\\w.$])${name}\\b`, 'g'))?.length ?? 0
  return isSure && written === all.length && all.every((one) => textOf(module, one) === name) ? all : null
}

function renamedFunction({ module, fn, top, cls, around }: Place, all: readonly Module[]): Change[] {
  const { name } = fn
  if (
    name.length < 6 ||
    around.length > 0 ||
    !(cls || top.k === 'func') ||
    fn.decorators.length > 0 ||
    /^(?:constructor|__|test|get|set|is|do|on|perform|has_|create|update|destroy|retrieve|list|validate|clean|save|delete|dispatch|to[A-Z_]|from)/i.test(
      name,
    )
  )
    return []
  const word = new RegExp(`\\b${name}\\b`, 'g')
  const declared = new RegExp(
    `(?:function|def|func|private [\\w<>., ]+|public [\\w<>., ]+)\\s+(?:\\([^)]*\\)\\s*)?${name}\\b`,
    'g',
  )
  if (all.reduce((sum, one) => sum + (one.text.match(declared)?.length ?? 0), 0) !== 1) return []
  if (
    all.some(({ text }) =>
      new RegExp(
        `['"\`/][^'"\`\\n]*\\b${name}\\b[^'"\`\\n]*['"\`]|\\b${name}\\s*[:=](?!=)|\\.${name}\\b(?!\\()`,
      ).test(text),
    )
  )
    return []
  const edits = all.flatMap(({ path, text }) =>
    [...text.matchAll(word)].map(({ index }) => ({
      path,
      start: index,
      end: index + name.length,
      text: `${name}Anew`,
    })),
  )
  // A method that only its declaration and its comment name is called by what is not read: an interface that was made from a description.
  const uses = all.flatMap(({ text }) =>
    text.split('\n').filter((line) => line.match(word) && !/^\s*(?:\/\/|\*|#)/.test(line)),
  )
  return uses.length > 1 && edits.length < 30
    ? [{ kind: 'rename-function', path: module.path, start: fn.start, edits }]
    : []
}

function movedFunction({ module, fn, top, cls, around }: Place): Change[] {
  const { path, text, language } = module
  if (around.length > 0 || cls || top.k !== 'func' || fn.name.length < 3) return []
  const names = namesIn([fn.body, fn.params])
  for (const one of textOf(module, fn).match(/\b[A-Za-z_]\w*/g) ?? []) names.add(one)
  const imports = module.body.filter((stmt) => stmt.k === 'import')
  const declared = module.body.flatMap((stmt) =>
    stmt === top
      ? []
      : stmt.k === 'func'
        ? [stmt.fn.name]
        : stmt.k === 'let'
          ? [...namesIn(stmt.target)]
          : stmt.k === 'class'
            ? [stmt.cls.name]
            : [],
  )
  const [folder, file] = [path.slice(0, path.lastIndexOf('/') + 1), path.slice(path.lastIndexOf('/') + 1)]
  const gone = { path, start: headOf(module, fn.decorators[0] ?? top), end: top.end, text: '' }
  if (fn.decorators.length > 0) return []
  if (language === 'go') {
    const used = imports.filter(
      (one) => one.k === 'import' && one.names.some(({ local }) => names.has(local)),
    )
    const lines = used
      .map((one) => textOf(module, one).trim())
      .map((one) => (/^"|^\w+ "/.test(one) ? `\t${one}` : ''))
    if (lines.includes('') || fn.name === 'main' || fn.name === 'init') return []
    const head = `package ${/^package (\w+)/m.exec(text)?.[1] ?? ''}\n\nimport (\n${lines.join('\n')}\n)\n\n`
    return [
      {
        kind: 'move-function',
        path,
        start: fn.start,
        edits: [
          gone,
          { path: `${folder}moved_${fn.start}.go`, start: 0, end: 0, text: `${head}${textOf(module, fn)}\n` },
        ],
      },
    ]
  }
  if (language === 'java' || declared.some((one) => names.has(one))) return []
  const base = file.replace(/\.\w+$/, '')
  const ending = file.slice(base.length)
  const used = imports.filter((one) => one.k === 'import' && one.names.some(({ local }) => names.has(local)))
  const lines = [...new Set(used.map((one) => lineOfImport(module, one)))]
  if (lines.includes('')) return []
  const isUsedElsewhere = new RegExp(`\\b${fn.name}\\b`).test(
    text.slice(0, gone.start) + text.slice(gone.end),
  )
  if (language === 'python') {
    const back = `from .${base}_parts import ${fn.name}\n`
    if (file === '__init__.py' || !/^from \./m.test(text)) return []
    const at = lineStart(module, module.body.find((one) => one.k === 'import')?.start ?? 0)
    return [
      {
        kind: 'move-function',
        path,
        start: fn.start,
        edits: [
          gone,
          { path, start: at, end: at, text: back },
          {
            path: `${folder}${base}_parts.py`,
            start: 0,
            end: 0,
            text: `${lines.join('\n')}\n\n\n${textOf(module, fn)}\n`,
          },
        ],
      },
    ]
  }
  const isModule = /^import .* from /m.test(text)
  if (!isModule || !isUsedElsewhere) return []
  const isExported = text.slice(lineStart(module, fn.start)).startsWith('export ')
  const from = `'./${base}Parts${ending === '.ts' ? (/from '\.[^']*\.js'/.test(text) ? '.js' : '') : ending}'`
  const back = `import { ${fn.name} } from ${from};\n${isExported ? `export { ${fn.name} };\n` : ''}`
  return [
    {
      kind: 'move-function',
      path,
      start: fn.start,
      edits: [
        { ...gone, start: lineStart(module, fn.start) },
        { path, start: 0, end: 0, text: back },
        {
          path: `${folder}${base}Parts${ending}`,
          start: 0,
          end: 0,
          text: `${lines.join('\n')}\n\nexport ${textOf(module, fn)}\n`,
        },
      ],
    },
  ]
}

function lineOfImport(module: Module, stmt: Stmt): string {
  const text = textOf(module, stmt)
  return /^(?:import|from) /.test(text) && !/require\(/.test(text) ? text : ''
}

/** A function that is one expression, in the place of its only call. */
function inlined({
  module,
  fn,
  cls,
  around,
}: Pick<Place, 'module' | 'fn' | 'cls' | 'around'>): Omit<Change, 'path' | 'kind'>[] {
  const [only] = fn.body
  if (
    around.length > 0 ||
    fn.body.length !== 1 ||
    only?.k !== 'return' ||
    !only.value ||
    fn.decorators.length > 0 ||
    module.language === 'go'
  )
    return []
  const value = only.value
  const called = new RegExp(`\\b${fn.name}\\(`, 'g')
  const found: Omit<Change, 'path' | 'kind'>[] = []
  if (
    (module.text.match(called)?.length ?? 0) !== 2 ||
    /\b(?:await|this|self)\b/.test(textOf(module, value)) ||
    /export|public|protected/.test(module.text.slice(lineStart(module, fn.start), fn.headEnd))
  )
    return []
  for (const place of functionsIn(module))
    walk(place.fn.body, (node) => {
      if (isFunc(node)) return false
      if (!isExpr(node, 'call') || node.isNew) return true
      const { callee, args } = node
      const name = callee.k === 'name' ? callee.name : cls && callee.k === 'member' ? callee.name : ''
      if (
        name !== fn.name ||
        args.length !== fn.params.length ||
        args.some((one) => one.name !== null || !/^(?:name|str|num|member)$/.test(one.value.k))
      )
        return true
      let text = textOf(module, value)
      const uses = new Map(fn.params.map((one, at) => [one.name, textOf(module, args[at]?.value ?? node)]))
      text = text.replaceAll(/(?<![\w.'"])([A-Za-z_]\w*)\b(?!['"])/g, (one) => uses.get(one) ?? one)
      if (/=>|['"].*\b(?:\w+)\b.*['"]/.test(text) && uses.size > 0) return true
      found.push({
        start: node.start,
        edits: [{ path: module.path, start: node.start, end: node.end, text: `(${text})` }],
      })
      return true
    })
  return found.length === 1 ? found : []
}
