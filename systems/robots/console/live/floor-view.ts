import type { Figures } from '../../src/live/frames.ts'
import type { Camera, Size } from './camera.ts'
import type { FloorHistory } from '../../src/live/floor-history.ts'

/** A rectangle of cells, both ends included. */
export interface CellBox {
  top: number
  left: number
  bottom: number
  right: number
}

/** All that a frame of the picture is drawn from. */
export interface FloorView {
  history: FloorHistory
  /** How far the shown step is, 0 to 1. */
  part: number
  camera: Camera
  size: Size
  /** Screen pixels a CSS pixel. */
  dots: number
  zones: Figures['zones']
  isHeatShown: boolean
  /** Chosen robot or -1, and its way. */
  chosen: number
  way: readonly number[]
  /** What is being drawn with the mouse. */
  box: CellBox | null
}

/** Draws frames onto a canvas, by whatever it has. */
export interface FloorPainter {
  draw(view: FloorView): void
  /** The theme has changed. */
  recolour(): void
  close(): void
}

/** Tokens of the theme that colour robots, in the order of their states. */
export const stateTokens = ['chart-grey', 'accent', 'chart-2', 'good', 'good', 'bad', 'ink', 'warn'] as const

/** Colour of a token at an element, as three parts of 0 to 1. */
export function colourOf(element: Element, token: string): [number, number, number] {
  return partsOfColour(getComputedStyle(element).getPropertyValue(`--hl-${token}`).trim())
}

/** Parts of `#rrggbb`, or of `#rgb` as stylesheets that were made small have it. */
export function partsOfColour(hex: string): [number, number, number] {
  const digits =
    hex.length < 7 ? Array.from(hex.slice(1, 4), (digit) => digit + digit).join('') : hex.slice(1)
  const part = (from: number): number => Number.parseInt(digits.slice(from, from + 2), 16) / 255
  return [part(0), part(2), part(4)]
}

/** Marks of the floor's texture beside kind, zone and heat: the way of the chosen robot, and the box being drawn. */
export const marks = { way: 64, box: 128, chosen: 192 } as const
