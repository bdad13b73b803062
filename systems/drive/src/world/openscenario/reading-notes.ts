import { InvalidInputError } from '@heavylift/core'
import type { SchemaFindings } from '../xml/schema-table.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import type { Position } from './scenario.ts'

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
  /** By their places: what is refused as a whole is not refused once more by who reads its parts. */
  readonly #deviations = new Map<string, string>()
  readonly #taken = new WeakSet<SchemaFindings>()
  /** Places on roads that the file names and that were not looked at yet. */
  readonly places: { position: Position; element: XmlElement }[] = []
  readonly #done = new Set<string>()

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
    return [...this.#deviations.values()]
  }

  /** Does something for the first of all readings of one file only: what does not depend on parameters. */
  once(what: string, work: () => void): void {
    if (this.#done.has(what)) return
    work()
    this.#done.add(what)
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
    const place = error.message.split(' ', 1)[0] as string
    if (!this.#deviations.has(place)) this.#deviations.set(place, error.message)
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
