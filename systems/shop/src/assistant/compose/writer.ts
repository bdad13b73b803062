import type { Citation } from '../../domain/answer.ts'

/** Numbers sources in the order of their first use; the same source and quote keep one number. */
export class Citations {
  readonly #byKey = new Map<string, Citation>()

  /** The marker to write, e.g. `[2]`. */
  mark(source: Citation['source'], quote: string): string {
    return `[${this.cite(source, quote).number}]`
  }

  cite(source: Citation['source'], quote: string): Citation {
    const key = JSON.stringify([source, quote])
    let citation = this.#byKey.get(key)
    if (!citation) {
      citation = { number: this.#byKey.size + 1, source, quote }
      this.#byKey.set(key, citation)
    }
    return citation
  }

  all(): Citation[] {
    return [...this.#byKey.values()]
  }

  number(n: number): Citation | null {
    return this.all()[n - 1] ?? null
  }
}

/** The numbers that a text cites. */
export function citedNumbers(text: string): number[] {
  return [...new Set(Array.from(text.matchAll(/\[(\d+)\]/g), (match) => Number(match[1])))]
}

/** A quote for running text: one line, at most `limit` characters, cut at a word. */
export function excerpt(text: string, limit = 160): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  if (line.length <= limit) return line
  return `${line.slice(0, limit).replace(/\s\S*$/, '')}…`
}

/** Ends with exactly one full stop, unless it already ends a sentence. */
export function asSentence(text: string): string {
  const trimmed = text.trim()
  return /[.!?…]["”’')\]]*$/.test(trimmed) ? trimmed : `${trimmed}.`
}
