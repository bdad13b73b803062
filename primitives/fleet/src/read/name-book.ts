import { createHmac, randomBytes } from 'node:crypto'

/**
 * Numbers names in the order in which they come, from 1. What is kept of a name is a keyed hash, so that a log can be shown without
 * showing who; with `keepsNames` it is the name.
 */
export class NameBook {
  readonly #numbers = new Map<string, number>()
  readonly #keepsNames: boolean
  readonly #key: Buffer

  constructor(options: { keepsNames?: boolean; key?: Buffer } = {}) {
    this.#keepsNames = options.keepsNames === true
    this.#key = options.key ?? randomBytes(32)
  }

  /** −1 for no name. */
  numberOf(name: string): number {
    if (name === '') return -1
    const label = this.#keepsNames
      ? name
      : createHmac('sha256', this.#key).update(name).digest('hex').slice(0, 12)
    let number = this.#numbers.get(label)
    if (number === undefined) this.#numbers.set(label, (number = this.#numbers.size + 1))
    return number
  }

  /** Label by number − 1. */
  labels(): string[] {
    return [...this.#numbers.keys()]
  }
}
