import { braced } from './braced.ts'
import { javascriptShells } from './javascript-shells.ts'
import type { JavaScriptShell } from './javascript-shells.ts'
import { javascriptWays } from './javascript-ways.ts'
import { needWays as hasHelp, helpOf, quoted } from './writer.ts'
import type { Writer, Written } from './writer.ts'

const help = `function risky(x) {
  if (x === 'x') throw new Error('lost')
  return x
}
function isIt(x, y) {
  return x === y
}
class Refused extends Error {
  constructor(status) {
    super('refused')
    this.status = status
  }
}
function refuse(x, y, status) {
  if (x === y) throw new Refused(status)
}
function inner(x, z, y, status) {
  if (!z) return
  refuse(x, y, status)
}
function checked(x, y, status) {
  if (x === y) return { ok: false, status }
  return { ok: true }
}
`

// Errors of the ways, whose statuses are said where they are taken.
const known = (answer: (status: string) => string): string =>
  `  if (error instanceof Misdirected) {\n  ${answer('421')}  }
  if (error.code && codes[error.code]) {\n  ${answer('codes[error.code]')}  }
  switch (error.name) {
    case 'Unconditional':
    ${answer('428')}  }
`

/** JavaScript, as a framework has it. */
export function javascriptOf(shell: JavaScriptShell): Writer {
  const { manifest, begin, end, answer, handlers: all, mark, errors, isFirst } = javascriptShells[shell]
  const taken = (handlers: readonly Written[]) => errors(hasHelp(handlers) ? known : () => '')
  return {
    and: '&&',
    or: '||',
    not: '!',
    literal: String,
    missing: (input) => `!${input}`,
    is: (input, text, isEqual) => `${input} ${isEqual ? '===' : '!=='} ${quoted(text)}`,
    helped: (input, text) => `isIt(${input}, ${quoted(text)})`,
    filled: (name, kind) => (kind === 'list' ? `${name}.length > 0` : `Object.keys(${name}).length > 0`),
    listed: (name) => `${name} !== undefined`,
    chosen: (name, text) => `${name} === ${quoted(text)}`,
    marked: (name, isHigh) => `${mark(name)} ${isHigh ? '===' : '!=='} 'high'`,
    answer,
    ways: javascriptWays,
    step: braced('', 'let', answer),
    files: (handlers) => ({
      'package.json': manifest,
      'app.js': [
        begin,
        help,
        helpOf(javascriptWays, handlers),
        ...(isFirst ? [taken(handlers)] : []),
        all(handlers),
        ...(isFirst ? [] : [taken(handlers)]),
        end,
      ].join(''),
    }),
  }
}
