/** Events by time, ties by number: a binary heap in two columns. */
export class EventHeap {
  size = 0
  #atS = new Float64Array(1024)
  #job = new Int32Array(1024)

  get nextS(): number {
    return this.size === 0 ? Infinity : this.#atS[0]!
  }

  push(atS: number, job: number): void {
    if (this.size === this.#atS.length) this.#grow()
    const times = this.#atS
    const jobs = this.#job
    let at = this.size++
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (times[parent]! < atS || (times[parent] === atS && jobs[parent]! < job)) break
      times[at] = times[parent]!
      jobs[at] = jobs[parent]!
      at = parent
    }
    times[at] = atS
    jobs[at] = job
  }

  /** The job of the first event, which goes. Not for an empty heap. */
  pop(): number {
    const times = this.#atS
    const jobs = this.#job
    const first = jobs[0]!
    const size = --this.size
    const atS = times[size]!
    const job = jobs[size]!
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= size) break
      const right = child + 1
      if (
        right < size &&
        (times[right]! < times[child]! || (times[right] === times[child] && jobs[right]! < jobs[child]!))
      )
        child = right
      if (times[child]! > atS || (times[child] === atS && jobs[child]! > job)) break
      times[at] = times[child]!
      jobs[at] = jobs[child]!
      at = child
    }
    times[at] = atS
    jobs[at] = job
    return first
  }

  #grow(): void {
    const atS = new Float64Array(this.#atS.length * 2)
    const job = new Int32Array(this.#job.length * 2)
    atS.set(this.#atS)
    job.set(this.#job)
    this.#atS = atS
    this.#job = job
  }
}
