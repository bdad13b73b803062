import type { CubicPiece } from './cubic-profile.ts'
import { CubicProfile } from './cubic-profile.ts'

/** Heights across a road as the file gives them. */
export interface SurfaceParts {
  /** Crossfall (OpenDRIVE 1.4, 5.3.5.2) of each side by s: how far it falls outwards, in radians. */
  left: CubicPiece[]
  right: CubicPiece[]
  /** Shapes (OpenDRIVE 1.7, 9.5.3) by rising s: heights by t, between two of them linear in s. */
  shapes: { s: number; across: CubicPiece[] }[]
}

/** How high the surface of a road lies above the plane that elevation and superelevation make. */
export class RoadSurface {
  readonly parts: SurfaceParts
  readonly #left: CubicProfile
  readonly #right: CubicProfile
  readonly #shapes: { s: number; across: CubicProfile }[]

  constructor(parts: SurfaceParts) {
    this.parts = parts
    this.#left = new CubicProfile(parts.left)
    this.#right = new CubicProfile(parts.right)
    this.#shapes = parts.shapes.map(({ s, across }) => ({ s, across: new CubicProfile(across) }))
  }

  /** Metres at (s, t). */
  heightAt(s: number, t: number): number {
    const fall = (t > 0 ? this.#left : this.#right).at(s)
    return this.#shapeAt(s, t) - Math.abs(t) * Math.tan(fall)
  }

  #shapeAt(s: number, t: number): number {
    const shapes = this.#shapes
    if (shapes.length === 0) return 0
    let index = shapes.length - 1
    while (index > 0 && (shapes[index] as { s: number }).s > s) index--
    const from = shapes[index] as { s: number; across: CubicProfile }
    const to = shapes[index + 1]
    const height = from.across.at(t)
    if (!to || s <= from.s) return height
    return height + ((s - from.s) / (to.s - from.s)) * (to.across.at(t) - height)
  }
}
