import { NotCel } from '../js/cel-value.ts'
import type { Cel } from '../js/cel-value.ts'
import { jsToCel } from '../js/to-cel.ts'
import type { Names } from '../js/to-cel.ts'
import { escapeTemplate } from '../names.ts'
import type { ImportedExpression } from '../report.ts'

/** Turns a node's parameters into templates, and writes down what became of each expression. */
export class Values {
  readonly #names: Names
  readonly #found: ImportedExpression[]

  constructor(names: Names, found: ImportedExpression[]) {
    this.#names = names
    this.#found = found
  }

  /** A parameter as a template: texts that begin with `=` are expressions in n8n, all else is plain. */
  template(value: unknown, place: string): unknown {
    if (typeof value === 'string') return this.#text(value, place)
    if (Array.isArray(value)) return value.map((each, at) => this.template(each, `${place}/${at}`))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, this.template(inner, `${place}/${key}`)]),
    )
  }

  /** A parameter as one CEL value; null where it cannot be said. */
  cel(value: unknown, place: string): string | null {
    if (typeof value !== 'string' || !value.startsWith('=')) return JSON.stringify(value ?? null)
    const only = /^=\s*\{\{((?:(?!\}\})[\s\S])*)\}\}\s*$/.exec(value)
    if (only) return this.expression(only[1]!, place)?.text ?? null
    const parts = split(value.slice(1)).map((part) =>
      part.isCode ? wrapText(this.expression(part.text, place)) : JSON.stringify(part.text),
    )
    return parts.includes(null) ? null : parts.join(' + ') || '""'
  }

  expression(source: string, place: string): Cel | null {
    try {
      const cel = jsToCel(source, this.#names)
      this.#found.push({ place, source: source.trim(), cel: cel.text })
      return cel
    } catch (error) {
      if (!(error instanceof NotCel)) throw error
      this.#found.push({ place, source: source.trim(), cel: null, why: error.message })
      return null
    }
  }

  /** JSON that is written as a text with expressions in it, as the value it stands for; null where it is no JSON. */
  json(text: string, place: string): unknown {
    if (!text.startsWith('=')) return parsed(text)
    const parts = split(text.slice(1))
    // Each expression is stood in for by a word that no file holds, alone or inside a text.
    const mark = (at: number): string => `\uE000${at}\uE001`
    let inText = false
    const joined = parts
      .map((part, at) => {
        if (part.isCode) return inText ? mark(at) : `"${mark(at)}"`
        for (const char of part.text.replace(/\\./g, '')) if (char === '"') inText = !inText
        return part.text
      })
      .join('')
    const value = parsed(joined)
    if (value === undefined) return undefined
    const fill = (inner: unknown, at: string): unknown => {
      if (typeof inner === 'string')
        return this.#parts(
          inner
            .split(/(\uE000\d+\uE001)/)
            .filter((each) => each !== '')
            .map((each) => {
              const found = /^\uE000(\d+)\uE001$/.exec(each)
              return found ? parts[Number(found[1])]! : { text: each, isCode: false }
            }),
          at,
        )
      if (Array.isArray(inner)) return inner.map((each, index) => fill(each, `${at}/${index}`))
      if (typeof inner !== 'object' || inner === null) return inner
      return Object.fromEntries(Object.entries(inner).map(([key, each]) => [key, fill(each, `${at}/${key}`)]))
    }
    return fill(value, place)
  }

  #text(value: string, place: string): string {
    return value.startsWith('=') ? this.#parts(split(value.slice(1)), place) : escapeTemplate(value)
  }

  #parts(parts: readonly Part[], place: string): string {
    return parts
      .map((part) => {
        if (!part.isCode) return escapeTemplate(part.text)
        const cel = this.expression(part.text, place)
        // Left as it was, for a person to see; the report names it.
        return cel === null ? escapeTemplate(`{{${part.text}}}`) : `\${${cel.text}}`
      })
      .join('')
  }
}

interface Part {
  text: string
  isCode: boolean
}

/** The pieces of a text with `{{ }}`; n8n ends an expression at the first `}}`. */
function split(text: string): Part[] {
  return text
    .split(/(\{\{[\s\S]*?\}\})/)
    .filter((piece) => piece !== '')
    .map((piece) =>
      piece.startsWith('{{') && piece.endsWith('}}')
        ? { text: piece.slice(2, -2), isCode: true }
        : { text: piece, isCode: false },
    )
}

const wrapText = (cel: Cel | null): string | null =>
  cel === null
    ? null
    : cel.kind === 'text'
      ? cel.isAtom
        ? cel.text
        : `(${cel.text})`
      : `string(${cel.text})`

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
