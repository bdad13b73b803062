import type { NflPicture } from '../../src/pipeline/pictures/picture.ts'

/** NGS coordinates: both end zones are in the length. Yards. */
export const field = { length: 120, width: 160 / 3, endZone: 10 } as const

/** Yards of ground shown beyond each sideline. */
const apron = 1.5

export interface FieldView {
  /** Pixels a yard. */
  scale: number
  /** x of the field at the canvas's left edge. */
  fromX: number
}

/** Fills the canvas's height with the field's width, and looks at `cameraX` where the field is longer than the canvas. */
export function fieldView(canvas: { width: number; height: number }, cameraX: number): FieldView {
  const scale = Math.max(canvas.height / (field.width + 2 * apron), canvas.width / (field.length + 4))
  const shown = canvas.width / scale
  const margin = 2
  const fromX =
    shown >= field.length + 2 * margin
      ? (field.length - shown) / 2
      : Math.min(field.length + margin - shown, Math.max(-margin, cameraX - shown / 2))
  return { scale, fromX }
}

/** Place on the canvas; y grows towards the near sideline, as on a screen. */
export function fieldToCanvas(
  view: FieldView,
  canvas: { height: number },
  at: { x: number; y: number },
): { x: number; y: number } {
  return {
    x: (at.x - view.fromX) * view.scale,
    y: canvas.height / 2 + (field.width / 2 - at.y) * view.scale,
  }
}

/** What the camera looks at: the ball, or the line of scrimmage before there is one. */
export function cameraTarget(nfl: NflPicture): number {
  return nfl.ball?.x ?? nfl.lineOfScrimmageX ?? field.length / 2
}

/** x of the line to gain; null on kicks and where it is at the goal. */
export function firstDownX(nfl: NflPicture): number | null {
  const { situation, direction, lineOfScrimmageX } = nfl
  if (!situation || situation.down === null || situation.yardsToGo === null) return null
  if (lineOfScrimmageX === null || direction === null) return null
  const x = lineOfScrimmageX + (direction === 'right' ? 1 : -1) * situation.yardsToGo
  return x <= field.endZone || x >= field.length - field.endZone ? null : x
}

/** Number painted at a yard line (x in yards from the left end line); null where there is none. */
export function yardNumber(x: number): number | null {
  const yard = x - field.endZone
  return yard <= 0 || yard >= 100 || yard % 10 !== 0 ? null : Math.min(yard, 100 - yard)
}
