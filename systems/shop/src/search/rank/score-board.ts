/**
 * Scores of all documents while one query is scored. One board serves all queries of an index in turn: clearing costs
 * as much as the last query touched, not as much as the catalog holds.
 */
export class ScoreBoard {
  readonly scores: Float32Array
  /** Share of the query's weight that a document holds. */
  readonly coverage: Float32Array
  /** Documents with a score, in the order in which they got it; the first `touchedCount` are valid. */
  readonly touched: Uint32Array
  touchedCount = 0
  readonly #best: Float32Array
  readonly #bestShare: Float32Array
  readonly #pending: Uint32Array
  #pendingCount = 0

  constructor(documentCount: number) {
    this.scores = new Float32Array(documentCount)
    this.coverage = new Float32Array(documentCount)
    this.touched = new Uint32Array(documentCount)
    this.#best = new Float32Array(documentCount)
    this.#bestShare = new Float32Array(documentCount)
    this.#pending = new Uint32Array(documentCount)
  }

  clear(): void {
    for (let at = 0; at < this.touchedCount; at += 1) {
      const document = this.touched[at] as number
      this.scores[document] = 0
      this.coverage[document] = 0
    }
    this.touchedCount = 0
  }

  /** One way in which a document holds the current query word; the best way counts. `score` is above 0. */
  offer(document: number, score: number, share: number): void {
    const known = this.#best[document] as number
    if (known === 0) {
      this.#pending[this.#pendingCount] = document
      this.#pendingCount += 1
    } else if (score <= known) return
    this.#best[document] = score
    this.#bestShare[document] = share
  }

  /** Ends the current query word: what it gave goes to the sums. */
  settle(): void {
    for (let at = 0; at < this.#pendingCount; at += 1) {
      const document = this.#pending[at] as number
      const before = this.scores[document] as number
      if (before === 0) {
        this.touched[this.touchedCount] = document
        this.touchedCount += 1
      }
      this.scores[document] = before + (this.#best[document] as number)
      this.coverage[document] = (this.coverage[document] as number) + (this.#bestShare[document] as number)
      this.#best[document] = 0
    }
    this.#pendingCount = 0
  }
}
