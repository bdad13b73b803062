import { InvalidInputError } from '@heavylift/core'
import type { SchemaFindings } from '../xml/schema-table.ts'

/** What reading a scenario came across beside the scenario itself. */
export class ReadingNotes {
  /** What is not supported is left out and noted, where it would be refused. */
  readonly isLenient: boolean
  /** How often each thing stands in the files that changes nothing here, e.g. `Vehicle/Axles`. */
  readonly ignored = new Map<string, number>()
  /** Folders of catalogs that are not there. */
  readonly missingCatalogs = new Set<string>()
  readonly #remarks = new Set<string>()
  readonly #broken = new Set<string>()
  readonly #deviations = new Set<string>()
  readonly #taken = new WeakSet<SchemaFindings>()

  constructor(isLenient = false) {
    this.isLenient = isLenient
  }

  /** What the author of the scenario should know of how it was understood. */
  get remarks(): string[] {
    return [...this.#remarks]
  }

  /** Rules of the standard that a file breaks and that hinder nothing here, each with its place. */
  get brokenRules(): string[] {
    return [...this.#broken]
  }

  /** What happens otherwise than the file says; only of a lenient reading. */
  get deviations(): string[] {
    return [...this.#deviations]
  }

  remark(text: string): void {
    this.#remarks.add(text)
  }

  breaks(rule: InvalidInputError): void {
    this.#broken.add(rule.message)
  }

  /** Throws the error; a lenient reading notes it and goes on. */
  refuse(error: InvalidInputError): void {
    if (!this.isLenient) throw error
    this.#deviations.add(error.message)
  }

  /** What `read` gives; of a lenient reading `fallback`, with a note, where it throws for a file. */
  orElse<Read>(read: () => Read, fallback: () => Read): Read {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error
      this.refuse(error)
      return fallback()
    }
  }

  /** Findings of one file, or part of one, each counted once. */
  take(findings: SchemaFindings): void {
    if (this.#taken.has(findings)) return
    this.#taken.add(findings)
    for (const [what, times] of findings.ignored)
      this.ignored.set(what, (this.ignored.get(what) ?? 0) + times)
    for (const error of findings.refused) this.refuse(error)
  }
}
