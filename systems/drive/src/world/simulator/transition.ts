import { clamp } from '@heavylift/core/math'
import type { Shape } from '../openscenario/scenario.ts'

const tiny = 1e-6

/**
 * A change of a value from `start` to `target` while a parameter (time or distance) runs from 0 to `range`, as OpenSCENARIO's
 * dynamics shapes define it. Peaks: sinusoidal π·Δ/(2·range), cubic 1.5·Δ/range.
 */
export class Transition {
  start = 0
  target = 0
  range = 0
  parameter = 0
  readonly #shape: Shape

  constructor(shape: Shape) {
    this.#shape = shape
  }

  reset(start: number, target: number): void {
    this.start = start
    this.target = target
    this.parameter = 0
  }

  /** The range with which the greatest slope is `rate`, which is positive. Endless for a rate of 0. */
  rangeByRate(rate: number): number {
    const factor = { step: 0, linear: 1, sinusoidal: Math.PI / 2, cubic: 1.5 }[this.#shape]
    return factor === 0 ? 0 : (factor * Math.abs(this.target - this.start)) / Math.max(rate, tiny)
  }

  /** The range with which the greatest second derivative is `acceleration`; linear is taken as cubic. */
  rangeByAcceleration(acceleration: number): number {
    const change = Math.abs(this.target - this.start)
    if (this.#shape === 'step' || acceleration === Infinity) return 0
    if (this.#shape === 'sinusoidal') return Math.PI * Math.sqrt(change / (2 * acceleration))
    return Math.sqrt((6 * change) / acceleration)
  }

  advance(by: number): void {
    this.parameter = clamp(this.parameter + by, 0, this.range)
  }

  get isJump(): boolean {
    return this.#shape === 'step' || this.range < tiny
  }

  /** The parameter has run its range, or the target is reached. */
  get isDone(): boolean {
    return this.parameter > this.range - tiny || Math.abs(this.value() - this.target) < tiny
  }

  value(shape = this.#shape): number {
    if (this.isJump) return this.target
    const share = this.parameter / this.range
    const change = this.target - this.start
    if (shape === 'linear') return this.start + change * share
    if (shape === 'sinusoidal') return this.start + (change * (1 - Math.cos(Math.PI * share))) / 2
    return this.start + change * share * share * (3 - 2 * share)
  }

  slope(): number {
    if (this.isJump) return 0
    const share = this.parameter / this.range
    const mean = (this.target - this.start) / this.range
    if (this.#shape === 'linear') return mean
    if (this.#shape === 'sinusoidal') return (Math.PI / 2) * mean * Math.sin(Math.PI * share)
    return 6 * mean * share * (1 - share)
  }
}
