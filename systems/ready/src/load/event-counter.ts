/**
 * Counts server-sent events (WHATWG HTML, 9.2) in the bytes of a stream as they come: an event ends at an empty line, and one without `data` is
 * none. It keeps nothing of them.
 */
export class EventCounter {
  #isLineEmpty = true
  #hasData = false
  /** The first letters of the line so far. */
  #matched = 0
  #isMatching = true
  #wasReturn = false

  /** How many events ended in these bytes. */
  push(bytes: Uint8Array): number {
    let ended = 0
    for (const byte of bytes) {
      const isFeed = byte === 10
      if (isFeed && this.#wasReturn) {
        this.#wasReturn = false
        continue
      }
      this.#wasReturn = byte === 13
      if (isFeed || byte === 13) {
        if (this.#isLineEmpty) {
          if (this.#hasData) ended++
          this.#hasData = false
        } else if (this.#isMatching && this.#matched === field.length) this.#hasData = true
        this.#isLineEmpty = true
        this.#matched = 0
        this.#isMatching = true
        continue
      }
      this.#isLineEmpty = false
      if (!this.#isMatching) continue
      if (this.#matched < field.length) {
        if (byte === field[this.#matched]) this.#matched++
        else this.#isMatching = false
      } else if (byte === colon) {
        this.#hasData = true
        this.#isMatching = false
      } else this.#isMatching = false
    }
    return ended
  }
}

const field = Buffer.from('data')
const colon = 58
