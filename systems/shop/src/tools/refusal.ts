/** Thrown inside a transaction to undo it; `message` is a sentence for the shopper. Never leaves `tools/`. */
export class Refusal extends Error {
  /** The policy section that it rests on, if any. */
  readonly section: string | null
  constructor(message: string, section: string | null = null) {
    super(message)
    this.section = section
  }
}
