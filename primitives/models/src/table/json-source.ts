import { findNodeAtLocation, getNodeValue, parseTree, printParseErrorCode } from 'jsonc-parser'
import type { Node, ParseError } from 'jsonc-parser'
import { pathText } from './config-problem.ts'
import type { ConfigProblem } from './config-problem.ts'

const parseOptions = { allowTrailingComma: true, disallowComments: false }

/** A table is small; deeper nesting is a mistake or an attack on the stack. */
const maxDepth = 64

/** JSON with comments and trailing commas that remembers where each value stands. */
export class JsonSource {
  readonly value: unknown
  /** Errors of the syntax, and properties that stand twice (of which JSON would silently take the last). */
  readonly problems: ConfigProblem[] = []
  readonly #root: Node | undefined
  readonly #lineStarts: number[] = [0]

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#lineStarts.push(at + 1)
    if (isTooDeep(text)) {
      this.problems.push({
        line: 1,
        column: 1,
        path: '',
        message: `Values are nested more than ${maxDepth} deep.`,
      })
      return
    }
    const errors: ParseError[] = []
    this.#root = parseTree(text, errors, parseOptions)
    for (const { error, offset } of errors) {
      this.problems.push({
        ...this.#place(offset),
        path: '',
        message: syntaxMessage(printParseErrorCode(error)),
      })
    }
    if (this.#root) {
      this.#findTwins(this.#root, [])
      this.value = getNodeValue(this.#root)
    }
  }

  /** A problem at the value of `path`, or at the nearest value around it when there is none. */
  problemAt(path: readonly PropertyKey[], message: string): ConfigProblem {
    return { ...this.#place(this.#nodeAt(path)?.offset ?? 0), path: pathText(path), message }
  }

  /** A problem with the name of a property rather than with its value. */
  problemAtName(path: readonly PropertyKey[], message: string): ConfigProblem {
    const node = this.#nodeAt(path)
    const name = node?.parent?.type === 'property' ? node.parent.children?.[0] : undefined
    const isSame = name !== undefined && name.value === path.at(-1)
    return { ...this.#place((isSame ? name : node)?.offset ?? 0), path: pathText(path), message }
  }

  #nodeAt(path: readonly PropertyKey[]): Node | undefined {
    if (!this.#root) return undefined
    for (let length = path.length; length > 0; length--) {
      const node = findNodeAtLocation(this.#root, path.slice(0, length) as (string | number)[])
      if (node) return node
    }
    return this.#root
  }

  #place(offset: number): { line: number; column: number } {
    let low = 0
    let high = this.#lineStarts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#lineStarts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - this.#lineStarts[low]! + 1 }
  }

  #findTwins(node: Node, path: (string | number)[]): void {
    if (node.type === 'array') {
      for (const [index, item] of (node.children ?? []).entries()) this.#findTwins(item, [...path, index])
      return
    }
    if (node.type !== 'object') return
    const seen = new Set<string>()
    for (const { children: [name, value] = [] } of node.children ?? []) {
      if (!name) continue
      const key = name.value as string
      const own = [...path, key]
      // An object would take this one for its prototype.
      const isReserved = key === '__proto__'
      if (seen.has(key) || isReserved) {
        const message = isReserved
          ? 'This name is reserved. Choose another.'
          : 'This stands here twice. Remove one.'
        this.problems.push({ ...this.#place(name.offset), path: pathText(own), message })
      }
      seen.add(key)
      if (value) this.#findTwins(value, own)
    }
  }
}

/** Counts brackets, also those in strings and comments: no table comes near the bound by accident. */
function isTooDeep(text: string): boolean {
  let depth = 0
  let isString = false
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at)
    if (isString) {
      if (character === 0x5c) at += 1
      else if (character === 0x22 || character === 0x0a) isString = false
    } else if (character === 0x22) isString = true
    else if (character === 0x7b || character === 0x5b) {
      depth += 1
      if (depth > maxDepth) return true
    } else if (character === 0x7d || character === 0x5d) depth -= 1
  }
  return false
}

const syntaxMessages: Record<string, string> = {
  InvalidSymbol: 'This is no JSON value. Text stands in double quotes.',
  InvalidNumberFormat: 'This is no number.',
  PropertyNameExpected: 'Expected the name of a property in double quotes.',
  ValueExpected: 'Expected a value.',
  ColonExpected: 'Expected a colon after the name.',
  CommaExpected: 'Expected a comma before this.',
  CloseBraceExpected: 'Expected } to close the object.',
  CloseBracketExpected: 'Expected ] to close the list.',
  EndOfFileExpected: 'The table has ended before this. Remove what follows.',
  UnexpectedEndOfComment: 'The comment is not closed.',
  UnexpectedEndOfString: 'The text is not closed by a double quote on its line.',
  UnexpectedEndOfNumber: 'The number is not complete.',
  InvalidUnicode: 'The \\u escape is not complete.',
  InvalidEscapeCharacter: 'There is no such escape after \\.',
  InvalidCharacter: 'This control character has to be written as an escape.',
}

function syntaxMessage(code: string): string {
  return syntaxMessages[code] ?? `This is no JSON (${code}).`
}
