/** Nothing nearer than this is drawn, in metres ahead of the eye. */
const nearM = 0.5

/** Where the eye is and how it looks: straight down, or from behind a vehicle. Pixels go right and down, metres x, y and z up. */
export interface Camera {
  kind: 'top' | 'chase'
  /** Pixels of a metre, looking down. */
  scale: number
  width: number
  height: number
  /** What is in the middle of the picture looking down; the eye itself otherwise. */
  x: number
  y: number
  z: number
  /** Looking down: what is up in the picture. Else: where it looks. */
  heading: number
  /** Below the horizon, radians. */
  pitch: number
}

/** Down onto a point, `heading` up. */
export function topCamera(
  size: { width: number; height: number },
  x: number,
  y: number,
  scale: number,
  heading = Math.PI / 2,
): Camera {
  return { kind: 'top', ...size, x, y, z: 0, scale, heading, pitch: Math.PI / 2 }
}

/** From behind and above a vehicle, along its heading. */
export function chaseCamera(
  size: { width: number; height: number },
  x: number,
  y: number,
  heading: number,
  distanceM: number,
): Camera {
  return {
    kind: 'chase',
    ...size,
    x: x - distanceM * Math.cos(heading),
    y: y - distanceM * Math.sin(heading),
    z: 2 + distanceM * 0.42,
    scale: 1,
    heading,
    pitch: 0.3,
  }
}

/** Metres from the picture's middle to its corner on the ground; what is further away need not be drawn. */
export function reachM(camera: Camera): number {
  return camera.kind === 'top' ? Math.hypot(camera.width, camera.height) / 2 / camera.scale : 180
}

/** Turns points of the world into pixels. `begin` takes a camera; then `moveTo`/`lineTo` write polygons, cut off before the eye. */
export class Projector {
  #camera: Camera = topCamera({ width: 1, height: 1 }, 0, 0, 1)
  #cos = 0
  #sin = 0
  #cosPitch = 0
  #sinPitch = 0
  #focal = 1
  #middleX = 0
  #middleY = 0
  /** Right, up and ahead of the eye of the last point. */
  readonly #eye = new Float64Array(3)
  readonly #pixel = new Float64Array(2)
  /** Corners of the polygon being written, in the eye's axes. */
  readonly #corners: number[] = []

  begin(camera: Camera): void {
    this.#camera = camera
    this.#cos = Math.cos(camera.heading)
    this.#sin = Math.sin(camera.heading)
    this.#cosPitch = Math.cos(camera.pitch)
    this.#sinPitch = Math.sin(camera.pitch)
    this.#focal = 0.95 * Math.max(camera.height, camera.width * 0.55)
    this.#middleX = camera.width / 2
    this.#middleY = camera.kind === 'top' ? camera.height / 2 : camera.height * 0.42
  }

  /** Writes the pixel of a point into `out`; false where it is not before the eye. */
  point(x: number, y: number, z: number, out: Float64Array): boolean {
    this.#toEye(x, y, z)
    if (this.#camera.kind === 'chase' && (this.#eye[2] as number) < nearM) return false
    this.#toPixel(this.#eye[0] as number, this.#eye[1] as number, this.#eye[2] as number, out)
    return true
  }

  /** Pixels that a metre takes at a point; 0 where it is not before the eye. */
  scaleAt(x: number, y: number, z: number): number {
    if (this.#camera.kind === 'top') return this.#camera.scale
    this.#toEye(x, y, z)
    const ahead = this.#eye[2] as number
    return ahead < nearM ? 0 : this.#focal / ahead
  }

  /** Distance along the way the eye looks; larger is further away. */
  depth(x: number, y: number, z: number): number {
    this.#toEye(x, y, z)
    return this.#camera.kind === 'top' ? -z : (this.#eye[2] as number)
  }

  /** Begins a path. */
  start(): void {
    this.#corners.length = 0
  }

  add(x: number, y: number, z: number): void {
    this.#toEye(x, y, z)
    this.#corners.push(this.#eye[0] as number, this.#eye[1] as number, this.#eye[2] as number)
  }

  /** Adds what was begun to the canvas's path; false where nothing of it is before the eye. */
  trace(ctx: CanvasRenderingContext2D, isClosed: boolean): boolean {
    const corners = this.#corners
    const pixel = this.#pixel
    const count = corners.length / 3
    const isFlat = this.#camera.kind === 'top'
    let hasBegun = false
    const write = (right: number, up: number, ahead: number) => {
      this.#toPixel(right, up, ahead, pixel)
      if (hasBegun) ctx.lineTo(pixel[0] as number, pixel[1] as number)
      else ctx.moveTo(pixel[0] as number, pixel[1] as number)
      hasBegun = true
    }
    for (let at = 0; at < count; at++) {
      const right = corners[3 * at] as number
      const up = corners[3 * at + 1] as number
      const ahead = corners[3 * at + 2] as number
      const isSeen = isFlat || ahead >= nearM
      const from = at === 0 ? (isClosed ? count - 1 : -1) : at - 1
      if (!isFlat && from >= 0) {
        const before = corners[3 * from + 2] as number
        if (before >= nearM !== isSeen) {
          // The way crosses the plane before the eye: it is cut there.
          const share = (nearM - before) / (ahead - before)
          const cutRight = (corners[3 * from] as number) + (right - (corners[3 * from] as number)) * share
          const cutUp = (corners[3 * from + 1] as number) + (up - (corners[3 * from + 1] as number)) * share
          if (!isClosed && isSeen) hasBegun = false
          write(cutRight, cutUp, nearM)
        }
      }
      if (isSeen) write(right, up, ahead)
    }
    if (isClosed && hasBegun) ctx.closePath()
    return hasBegun
  }

  /** Pixels from the top to the horizon; 0 looking down. */
  horizonPx(): number {
    if (this.#camera.kind === 'top') return 0
    return this.#middleY - (this.#focal * this.#sinPitch) / this.#cosPitch
  }

  #toEye(x: number, y: number, z: number): void {
    const dx = x - this.#camera.x
    const dy = y - this.#camera.y
    const along = dx * this.#cos + dy * this.#sin
    const right = dx * this.#sin - dy * this.#cos
    this.#eye[0] = right
    if (this.#camera.kind === 'top') {
      this.#eye[1] = along
      this.#eye[2] = 1
      return
    }
    const dz = z - this.#camera.z
    this.#eye[1] = along * this.#sinPitch + dz * this.#cosPitch
    this.#eye[2] = along * this.#cosPitch - dz * this.#sinPitch
  }

  #toPixel(right: number, up: number, ahead: number, out: Float64Array): void {
    const scale = this.#camera.kind === 'top' ? this.#camera.scale : this.#focal / ahead
    out[0] = this.#middleX + right * scale
    out[1] = this.#middleY - up * scale
  }
}
