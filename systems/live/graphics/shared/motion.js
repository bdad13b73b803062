/** @typedef {{ transform?: string, opacity?: string }} Pose Only what the compositor moves, so that 60 frames a second hold. */
/** @typedef {{ durationMs?: number, delayMs?: number, easing?: string }} Timing */

const out = 'cubic-bezier(0.16, 1, 0.3, 1)'

/**
 * Every movement of a graphic. An element's inline style is always where it ends up, and an animation only leads there:
 * when it is skipped or cut short, the picture is right all the same. In post-production (`seek`) the animations
 * stand still at the asked time instead of running.
 */
export class Motion {
  /** True: end poses at once (`skipAnimation`). */
  isSkipping = false
  isReduced = globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? false
  /** Time of the action that runs now, in ms of the schedule; null while the clock on the wall counts. */
  #nowMs = /** @type {number | null} */ (null)
  /** Where each element stands or is on its way to. */
  #poses = /** @type {WeakMap<Element, Pose>} */ (new WeakMap())
  #running = /** @type {Map<Element, { animation: Animation, startMs: number }>} */ (new Map())

  /** Puts an element into a pose without movement. @param {HTMLElement | SVGElement} element @param {Pose} pose */
  set(element, pose) {
    this.#running.get(element)?.animation.cancel()
    this.#running.delete(element)
    Object.assign(element.style, pose)
    this.#poses.set(element, { ...this.#poses.get(element), ...pose })
  }

  /**
   * Moves an element from where it is now into a pose. @param {HTMLElement | SVGElement} element @param {Pose} pose
   * @param {Timing} timing
   */
  to(element, pose, { durationMs = 420, delayMs = 0, easing = out } = {}) {
    if (this.isSkipping) return this.set(element, pose)
    const known = this.#poses.get(element)
    const isThere = [pose.transform, pose.opacity].every(
      (value, index) => value === undefined || value === [known?.transform, known?.opacity][index],
    )
    // Reading a style costs a layout, and a field of 40 cars changes many times a second.
    if (isThere) return
    const style = getComputedStyle(element)
    const from = /** @type {Record<string, string>} */ ({})
    if (pose.opacity !== undefined) from['opacity'] = style.opacity
    if (pose.transform !== undefined) from['transform'] = style.transform
    this.set(element, pose)
    // Less motion: nothing travels; things still fade, quickly, so that a change is not missed.
    if (this.isReduced && pose.opacity === undefined) return
    if (this.isReduced) delete from['transform']
    const to = this.isReduced ? { opacity: pose.opacity ?? '1' } : pose
    const animation = element.animate([from, { ...to }], {
      duration: this.isReduced ? 150 : durationMs,
      delay: this.isReduced ? 0 : delayMs,
      easing,
      fill: 'backwards',
    })
    const running = { animation, startMs: this.#nowMs ?? 0 }
    this.#running.set(element, running)
    if (this.#nowMs !== null) animation.pause()
    else {
      const done = () => {
        if (this.#running.get(element) === running) this.#running.delete(element)
      }
      animation.finished.then(done, done)
    }
  }

  /** Resolves when nothing moves any more; at once when time stands still. */
  async settled() {
    if (this.#nowMs !== null) return
    await Promise.allSettled([...this.#running.values()].map(({ animation }) => animation.finished))
  }

  /** Actions that follow happen at this time of the schedule. @param {number} nowMs */
  at(nowMs) {
    this.#nowMs = nowMs
  }

  /** Shows every movement as it is at a time of the schedule. @param {number} atMs */
  seek(atMs) {
    for (const { animation, startMs } of this.#running.values()) animation.currentTime = atMs - startMs
  }

  cancel() {
    for (const { animation } of this.#running.values()) animation.cancel()
    this.#running.clear()
  }
}
