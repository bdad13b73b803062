/** Numbers of one state: x, y, vx, vy in metres and m/s, yaw rate in rad/s. */
export const stateSize = 5
const covarianceSize = stateSize * stateSize
/** Constant velocity, constant turn rate and velocity, stop. */
export const modeCount = 3
const turning = 1
const stopping = 2

/** How a class of road users moves. Spectral densities of acceleration in m²/s³, of the yaw rate in rad²/s³. */
export interface MotionModel {
  steadyAlong: number
  steadyAcross: number
  turnAlong: number
  turnAcross: number
  turnRate: number
  stopNoise: number
  /** Rates per second at which a mode goes over into another: from × modeCount + to. */
  rates: readonly number[]
  /** Standard deviations of a new track's velocity, along and across the heading if that is known. */
  startAlongMps: number
  startAcrossMps: number
  startModes: readonly number[]
}

/** A stop takes about this long; the mode's speed falls by e in it. */
const stopS = 0.35
/** Standard deviation of the yaw rate in the modes that do not turn. */
const straightRateRadps = 0.03
/** Modes last for seconds: they are mixed no more often than this, however close scans follow each other. */
const mixEveryS = 0.04

/**
 * Interacting multiple models (Blom and Bar-Shalom 1988) for many tracks in flat arrays: each track has a state and covariance for each of three modes,
 * mixed before each prediction. The turn model keeps the velocity's length and turns it at a constant rate (CTRV, in Cartesian velocity: Bar-Shalom,
 * Li, Kirubarajan 2001, 11.7.1), linearised.
 */
export class MotionBank {
  readonly state: Float64Array
  readonly covariance: Float64Array
  readonly mode: Float64Array
  /** Moments over the modes, by track: what `combine` wrote last. */
  readonly mean: Float64Array
  readonly spread: Float64Array
  /** Time since the modes of a track were mixed. */
  readonly #unmixedS: Float64Array
  readonly #mixedState = new Float64Array(modeCount * stateSize)
  readonly #mixedCovariance = new Float64Array(modeCount * covarianceSize)
  readonly #chance = new Float64Array(modeCount)
  readonly #weights = new Float64Array(modeCount)
  readonly #scratch = new Float64Array(covarianceSize)
  readonly #gain = new Float64Array(2 * stateSize)

  constructor(capacity: number) {
    this.state = new Float64Array(capacity * modeCount * stateSize)
    this.covariance = new Float64Array(capacity * modeCount * covarianceSize)
    this.mode = new Float64Array(capacity * modeCount)
    this.mean = new Float64Array(capacity * stateSize)
    this.spread = new Float64Array(capacity * covarianceSize)
    this.#unmixedS = new Float64Array(capacity)
  }

  /** A new track at (x, y) with the covariance xx, xy, yy of its place; `heading` may be NaN. */
  begin(
    track: number,
    model: MotionModel,
    x: number,
    y: number,
    xx: number,
    xy: number,
    yy: number,
    heading: number,
  ): void {
    const along = model.startAlongMps ** 2
    const across = Number.isNaN(heading) ? along : model.startAcrossMps ** 2
    const cos = Number.isNaN(heading) ? 1 : Math.cos(heading)
    const sin = Number.isNaN(heading) ? 0 : Math.sin(heading)
    for (let mode = 0; mode < modeCount; mode++) {
      const at = (track * modeCount + mode) * stateSize
      this.state.fill(0, at, at + stateSize)
      this.state[at] = x
      this.state[at + 1] = y
      const from = (track * modeCount + mode) * covarianceSize
      const { covariance } = this
      covariance.fill(0, from, from + covarianceSize)
      covariance[from] = xx
      covariance[from + 1] = xy
      covariance[from + 5] = xy
      covariance[from + 6] = yy
      const scale = mode === stopping ? 0.01 : 1
      covariance[from + 12] = scale * (along * cos * cos + across * sin * sin)
      covariance[from + 13] = scale * (along - across) * cos * sin
      covariance[from + 17] = covariance[from + 13] as number
      covariance[from + 18] = scale * (along * sin * sin + across * cos * cos)
      covariance[from + 24] = mode === turning ? 0.2 ** 2 : straightRateRadps ** 2
      this.mode[track * modeCount + mode] = model.startModes[mode] as number
    }
    this.#unmixedS[track] = 0
    this.combine(track)
  }

  /** Takes the last track's rows to another row. */
  move(from: number, to: number): void {
    const states = modeCount * stateSize
    const covariances = modeCount * covarianceSize
    this.state.copyWithin(to * states, from * states, (from + 1) * states)
    this.covariance.copyWithin(to * covariances, from * covariances, (from + 1) * covariances)
    this.#unmixedS[to] = this.#unmixedS[from] as number
    this.mode.copyWithin(to * modeCount, from * modeCount, (from + 1) * modeCount)
    this.mean.copyWithin(to * stateSize, from * stateSize, (from + 1) * stateSize)
    this.spread.copyWithin(to * covarianceSize, from * covarianceSize, (from + 1) * covarianceSize)
  }

  /** Mixes and predicts all modes of a track by `dtS`. Noise acts along and across `heading`. Leaves the moments stale: `combine` follows. */
  predict(track: number, model: MotionModel, dtS: number, heading: number): void {
    const unmixed = (this.#unmixedS[track] as number) + dtS
    this.#unmixedS[track] = unmixed < mixEveryS ? unmixed : 0
    if (unmixed >= mixEveryS) this.#mix(track, model, unmixed)
    const cos = Math.cos(heading)
    const sin = Math.sin(heading)
    for (let mode = 0; mode < modeCount; mode++) {
      const at = (track * modeCount + mode) * stateSize
      const from = (track * modeCount + mode) * covarianceSize
      this.#predictMode(mode, at, from, dtS)
      const along = mode === 0 ? model.steadyAlong : mode === turning ? model.turnAlong : model.stopNoise
      const across = mode === 0 ? model.steadyAcross : mode === turning ? model.turnAcross : model.stopNoise
      this.#addNoise(from, dtS, along, across, cos, sin)
      const rate = from + 24
      this.covariance[rate] =
        mode === turning
          ? (this.covariance[rate] as number) + model.turnRate * dtS
          : straightRateRadps * straightRateRadps
    }
  }

  /** Writes mean and covariance over the modes. */
  combine(track: number): void {
    const { mean, spread, mode, state, covariance } = this
    const to = track * stateSize
    const into = track * covarianceSize
    const first = track * modeCount
    for (let row = 0; row < stateSize; row++) {
      let sum = 0
      for (let one = 0; one < modeCount; one++)
        sum += (mode[first + one] as number) * (state[(first + one) * stateSize + row] as number)
      mean[to + row] = sum
    }
    spread.fill(0, into, into + covarianceSize)
    for (let one = 0; one < modeCount; one++) {
      const weight = mode[first + one] as number
      if (weight < 1e-6) continue
      const at = (first + one) * stateSize
      const from = (first + one) * covarianceSize
      for (let row = 0; row < stateSize; row++) {
        const off = (state[at + row] as number) - (mean[to + row] as number)
        for (let column = row; column < stateSize; column++) {
          const other = (state[at + column] as number) - (mean[to + column] as number)
          const cell = row * stateSize + column
          spread[into + cell] =
            (spread[into + cell] as number) + weight * ((covariance[from + cell] as number) + off * other)
        }
      }
    }
    mirror(spread, into)
  }

  /**
   * Joint probabilistic update by places `xs`, `ys` with probabilities `weights` (all below 1, the rest says that none was seen) and one covariance
   * xx, xy, yy. `likelihoods` are those under the track's moments, which the weights were made with.
   */
  updatePlace(
    track: number,
    count: number,
    xs: Float64Array,
    ys: Float64Array,
    weights: Float64Array,
    likelihoods: Float64Array,
    xx: number,
    xy: number,
    yy: number,
  ): void {
    const { state, covariance } = this
    const gain = this.#gain
    const chance = this.#chance
    let missed = 1
    for (let one = 0; one < count; one++) missed -= weights[one] as number
    for (let mode = 0; mode < modeCount; mode++) {
      const at = (track * modeCount + mode) * stateSize
      const from = (track * modeCount + mode) * covarianceSize
      const sxx = (covariance[from] as number) + xx
      const sxy = (covariance[from + 1] as number) + xy
      const syy = (covariance[from + 6] as number) + yy
      const determinant = sxx * syy - sxy * sxy
      const ixx = syy / determinant
      const ixy = -sxy / determinant
      const iyy = sxx / determinant
      const density = 1 / (2 * Math.PI * Math.sqrt(determinant))
      let nx = 0
      let ny = 0
      let nxx = 0
      let nxy = 0
      let nyy = 0
      let fit = Math.max(missed, 1e-4)
      for (let one = 0; one < count; one++) {
        const weight = weights[one] as number
        const dx = (xs[one] as number) - (state[at] as number)
        const dy = (ys[one] as number) - (state[at + 1] as number)
        const square = dx * dx * ixx + 2 * dx * dy * ixy + dy * dy * iyy
        fit += (weight * density * Math.exp(-square / 2)) / (likelihoods[one] as number)
        nx += weight * dx
        ny += weight * dy
        nxx += weight * dx * dx
        nxy += weight * dx * dy
        nyy += weight * dy * dy
      }
      chance[mode] = fit
      nxx -= nx * nx
      nxy -= nx * ny
      nyy -= ny * ny
      // W = spread of the innovations − (1 − missed) S, so that P ← P + K W Kᵀ.
      const wxx = nxx - (1 - missed) * sxx
      const wxy = nxy - (1 - missed) * sxy
      const wyy = nyy - (1 - missed) * syy
      for (let row = 0; row < stateSize; row++) {
        const px = covariance[from + row * stateSize] as number
        const py = covariance[from + row * stateSize + 1] as number
        const kx = px * ixx + py * ixy
        const ky = px * ixy + py * iyy
        gain[2 * row] = kx
        gain[2 * row + 1] = ky
        state[at + row] = (state[at + row] as number) + kx * nx + ky * ny
      }
      for (let row = 0; row < stateSize; row++) {
        const kx = gain[2 * row] as number
        const ky = gain[2 * row + 1] as number
        const ax = kx * wxx + ky * wxy
        const ay = kx * wxy + ky * wyy
        for (let column = row; column < stateSize; column++) {
          const value =
            (covariance[from + row * stateSize + column] as number) +
            ax * (gain[2 * column] as number) +
            ay * (gain[2 * column + 1] as number)
          covariance[from + row * stateSize + column] = value
          covariance[from + column * stateSize + row] = value
        }
      }
    }
    this.#weighModes(track)
  }

  /** Update by the speed along a direction in the world, e.g. from Doppler shift. */
  updateRadialSpeed(track: number, cos: number, sin: number, speedMps: number, variance: number): void {
    for (let mode = 0; mode < modeCount; mode++) {
      const at = (track * modeCount + mode) * stateSize
      const seen = cos * (this.state[at + 2] as number) + sin * (this.state[at + 3] as number)
      this.#chance[mode] = this.#updateVelocity(track, mode, cos, sin, speedMps - seen, variance)
    }
    this.#weighModes(track)
  }

  /** Update by the direction in which a body points, which is that of its velocity. Modes too slow for it stay as they are. */
  updateDirection(track: number, heading: number, variance: number): void {
    const { state, covariance } = this
    const chance = this.#chance
    for (let mode = 0; mode < modeCount; mode++) {
      const at = (track * modeCount + mode) * stateSize
      const from = (track * modeCount + mode) * covarianceSize
      const vx = state[at + 2] as number
      const vy = state[at + 3] as number
      const square = vx * vx + vy * vy
      const unsure = (covariance[from + 12] as number) + (covariance[from + 18] as number)
      chance[mode] = 1
      // Linear only where the velocity's error is small against its length.
      if (square < 4 || unsure > 0.1 * square) continue
      let off = heading - Math.atan2(vy, vx)
      off -= Math.PI * Math.round(off / Math.PI)
      this.#updateVelocity(track, mode, -vy / square, vx / square, off, variance)
    }
  }

  /** Kalman update of one mode by a scalar with gradient (hx, hy) on the velocity. Gives its likelihood. */
  #updateVelocity(
    track: number,
    mode: number,
    hx: number,
    hy: number,
    innovation: number,
    variance: number,
  ): number {
    const { state, covariance } = this
    const gain = this.#gain
    const at = (track * modeCount + mode) * stateSize
    const from = (track * modeCount + mode) * covarianceSize
    for (let row = 0; row < stateSize; row++)
      gain[row] =
        hx * (covariance[from + row * stateSize + 2] as number) +
        hy * (covariance[from + row * stateSize + 3] as number)
    const sum = hx * (gain[2] as number) + hy * (gain[3] as number) + variance
    for (let row = 0; row < stateSize; row++) {
      const share = (gain[row] as number) / sum
      state[at + row] = (state[at + row] as number) + share * innovation
      for (let column = 0; column < stateSize; column++) {
        const cell = from + row * stateSize + column
        covariance[cell] = (covariance[cell] as number) - share * (gain[column] as number)
      }
    }
    return Math.exp((-0.5 * innovation * innovation) / sum) / Math.sqrt(2 * Math.PI * sum) + 1e-9
  }

  #weighModes(track: number): void {
    const { mode } = this
    const chance = this.#chance
    const first = track * modeCount
    let sum = 0
    for (let one = 0; one < modeCount; one++) {
      const weight = (mode[first + one] as number) * (chance[one] as number)
      mode[first + one] = weight
      sum += weight
    }
    for (let one = 0; one < modeCount; one++)
      mode[first + one] = sum > 0 ? Math.max((mode[first + one] as number) / sum, 1e-4) : 1 / modeCount
  }

  #mix(track: number, model: MotionModel, dtS: number): void {
    const { mode, state, covariance } = this
    const mixedState = this.#mixedState
    const mixedCovariance = this.#mixedCovariance
    const chance = this.#chance
    const weights = this.#weights
    const first = track * modeCount
    for (let to = 0; to < modeCount; to++) {
      let sum = 0
      for (let from = 0; from < modeCount; from++) {
        const weight = goesOver(model.rates, from, to, dtS) * (mode[first + from] as number)
        weights[from] = weight
        sum += weight
      }
      chance[to] = sum
      const into = to * stateSize
      const cells = to * covarianceSize
      mixedState.fill(0, into, into + stateSize)
      mixedCovariance.fill(0, cells, cells + covarianceSize)
      for (let from = 0; from < modeCount; from++) {
        const weight = (weights[from] as number) / sum
        const at = (first + from) * stateSize
        for (let row = 0; row < stateSize; row++)
          mixedState[into + row] = (mixedState[into + row] as number) + weight * (state[at + row] as number)
      }
      for (let from = 0; from < modeCount; from++) {
        const weight = (weights[from] as number) / sum
        if (weight < 1e-5) continue
        const at = (first + from) * stateSize
        const source = (first + from) * covarianceSize
        for (let row = 0; row < stateSize; row++) {
          const off = weight * ((state[at + row] as number) - (mixedState[into + row] as number))
          for (let column = row; column < stateSize; column++) {
            const other = (state[at + column] as number) - (mixedState[into + column] as number)
            const cell = row * stateSize + column
            mixedCovariance[cells + cell] =
              (mixedCovariance[cells + cell] as number) +
              weight * (covariance[source + cell] as number) +
              off * other
          }
        }
      }
      mirror(mixedCovariance, cells)
    }
    for (let one = 0; one < modeCount; one++) mode[first + one] = chance[one] as number
    state.set(mixedState, first * stateSize)
    covariance.set(mixedCovariance, first * covarianceSize)
  }

  #predictMode(mode: number, at: number, from: number, dtS: number): void {
    const { state } = this
    const vx = state[at + 2] as number
    const vy = state[at + 3] as number
    let cos = 1
    let sin = 0
    let straight = dtS
    let aside = 0
    let xRate = 0
    let yRate = 0
    let vxRate = 0
    let vyRate = 0
    let keep = 0
    if (mode === turning) {
      const rate = state[at + 4] as number
      const angle = rate * dtS
      cos = Math.cos(angle)
      sin = Math.sin(angle)
      let straightSlope = (-rate * dtS ** 3) / 3
      let asideSlope = (dtS * dtS) / 2
      if (Math.abs(angle) > 1e-4) {
        straight = sin / rate
        aside = (1 - cos) / rate
        straightSlope = (dtS * cos - straight) / rate
        asideSlope = (dtS * sin - aside) / rate
      }
      xRate = vx * straightSlope - vy * asideSlope
      yRate = vx * asideSlope + vy * straightSlope
      vxRate = -dtS * (sin * vx + cos * vy)
      vyRate = dtS * (cos * vx - sin * vy)
      keep = 1
    } else if (mode === stopping) {
      cos = Math.exp(-dtS / stopS)
      straight = stopS * (1 - cos)
    }
    state[at] = (state[at] as number) + straight * vx - aside * vy
    state[at + 1] = (state[at + 1] as number) + aside * vx + straight * vy
    state[at + 2] = cos * vx - sin * vy
    state[at + 3] = sin * vx + cos * vy
    state[at + 4] = keep * (state[at + 4] as number)
    this.#transform(from, straight, aside, cos, sin, xRate, yRate, vxRate, vyRate, keep)
  }

  /** P ← F P Fᵀ for the F that all modes share: rows first, then columns. */
  #transform(
    from: number,
    straight: number,
    aside: number,
    cos: number,
    sin: number,
    xRate: number,
    yRate: number,
    vxRate: number,
    vyRate: number,
    keep: number,
  ): void {
    const { covariance } = this
    const scratch = this.#scratch
    for (let column = 0; column < stateSize; column++) {
      const x = covariance[from + column] as number
      const y = covariance[from + 5 + column] as number
      const vx = covariance[from + 10 + column] as number
      const vy = covariance[from + 15 + column] as number
      const rate = covariance[from + 20 + column] as number
      scratch[column] = x + straight * vx - aside * vy + xRate * rate
      scratch[5 + column] = y + aside * vx + straight * vy + yRate * rate
      scratch[10 + column] = cos * vx - sin * vy + vxRate * rate
      scratch[15 + column] = sin * vx + cos * vy + vyRate * rate
      scratch[20 + column] = keep * rate
    }
    for (let row = 0; row < stateSize; row++) {
      const at = row * stateSize
      const x = scratch[at] as number
      const y = scratch[at + 1] as number
      const vx = scratch[at + 2] as number
      const vy = scratch[at + 3] as number
      const rate = scratch[at + 4] as number
      covariance[from + at] = x + straight * vx - aside * vy + xRate * rate
      covariance[from + at + 1] = y + aside * vx + straight * vy + yRate * rate
      covariance[from + at + 2] = cos * vx - sin * vy + vxRate * rate
      covariance[from + at + 3] = sin * vx + cos * vy + vyRate * rate
      covariance[from + at + 4] = keep * rate
    }
  }

  /** White acceleration of the given densities over `dtS` (Bar-Shalom et al. 2001, 6.2.2). */
  #addNoise(from: number, dtS: number, along: number, across: number, cos: number, sin: number): void {
    const { covariance } = this
    const xx = along * cos * cos + across * sin * sin
    const xy = (along - across) * cos * sin
    const yy = along * sin * sin + across * cos * cos
    const place = dtS ** 3 / 3
    const both = (dtS * dtS) / 2
    addPair(covariance, from, place * xx, place * xy, place * yy)
    addPair(covariance, from + 2, both * xx, both * xy, both * yy)
    addPair(covariance, from + 10, both * xx, both * xy, both * yy)
    addPair(covariance, from + 12, dtS * xx, dtS * xy, dtS * yy)
  }
}

/** Chance to go over from one mode into another within `dtS`. */
function goesOver(rates: readonly number[], from: number, to: number, dtS: number): number {
  if (from !== to) return Math.min(0.3, (rates[from * modeCount + to] as number) * dtS)
  let stays = 1
  for (let other = 0; other < modeCount; other++)
    if (other !== from) stays -= Math.min(0.3, (rates[from * modeCount + other] as number) * dtS)
  return stays
}

/** Makes the lower half of a covariance what its upper half is. */
function mirror(covariance: Float64Array, at: number): void {
  for (let row = 1; row < stateSize; row++)
    for (let column = 0; column < row; column++)
      covariance[at + row * stateSize + column] = covariance[at + column * stateSize + row] as number
}

/** Adds a symmetric block of two by two whose corner is at `at`. */
function addPair(covariance: Float64Array, at: number, xx: number, xy: number, yy: number): void {
  covariance[at] = (covariance[at] as number) + xx
  covariance[at + 1] = (covariance[at + 1] as number) + xy
  covariance[at + stateSize] = (covariance[at + stateSize] as number) + xy
  covariance[at + stateSize + 1] = (covariance[at + stateSize + 1] as number) + yy
}
