import { stateTokens } from './floor-view.ts'
import type { FloorPainter, FloorView } from './floor-view.ts'

/** A painter by the plain canvas, for where there is no WebGL2: robots as dots and arrows, without motion between the steps. */
export function createFlatPainter(canvas: HTMLCanvasElement): FloorPainter | null {
  const ctx = canvas.getContext('2d')
  if (ctx === null) return null
  const read = (token: string): string => getComputedStyle(canvas).getPropertyValue(`--hl-${token}`).trim()
  const readAll = () => ({
    ground: read('ground'),
    free: read('surface'),
    shelf: read('line-strong'),
    accent: read('accent'),
    warn: read('warn'),
    bad: read('bad'),
    states: stateTokens.map(read),
  })
  let colours = readAll()
  let drawn: (FloorView & { shown?: number }) | null = null
  return {
    recolour() {
      colours = readAll()
      drawn = null
    },
    draw(view) {
      if (drawn && isSame(drawn, view)) return
      drawn = { ...view, shown: view.history.shown }
      const { camera, size, dots, history } = view
      const { rows, columns } = history.floor
      const { scale } = camera
      ctx.setTransform(dots, 0, 0, dots, 0, 0)
      ctx.fillStyle = colours.ground
      ctx.fillRect(0, 0, size.width, size.height)
      ctx.translate(size.width / 2 - camera.column * scale, size.height / 2 - camera.row * scale)
      ctx.scale(scale, scale)
      ctx.fillStyle = colours.free
      ctx.fillRect(0, 0, columns, rows)
      ctx.fillStyle = colours.shelf
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++)
          if (history.kinds[row * columns + column] === 0) ctx.fillRect(column, row, 1.02, 1.02)
      if (view.isHeatShown) drawHeat(ctx, view, colours.warn)
      ctx.globalAlpha = 0.45
      for (const { type, top, left, bottom, right } of view.zones) {
        ctx.fillStyle = type === 'BLOCKED' || type === 'PERSON' ? colours.bad : colours.warn
        ctx.fillRect(left, top, right - left + 1, bottom - top + 1)
      }
      ctx.fillStyle = colours.accent
      for (const cell of view.way) ctx.fillRect(cell % columns, Math.floor(cell / columns), 1, 1)
      if (view.box) {
        const { top, left, bottom, right } = view.box
        ctx.fillRect(left, top, right - left + 1, bottom - top + 1)
      }
      ctx.globalAlpha = 1
      for (const word of history.words) {
        const cell = word & 0xfffff
        const state = word >>> 24
        ctx.fillStyle = colours.states[state]!
        const [column, row] = [cell % columns, Math.floor(cell / columns)]
        const inset = state === 5 || state === 7 ? 0 : 0.15
        ctx.fillRect(column + inset, row + inset, 1 - 2 * inset, 1 - 2 * inset)
      }
    },
    close() {},
  }
}

/** True where a frame would look as the one before: there is no motion within a step. */
const isSame = (drawn: FloorView & { shown?: number }, view: FloorView): boolean =>
  drawn.shown === view.history.shown &&
  drawn.camera === view.camera &&
  drawn.size === view.size &&
  drawn.zones === view.zones &&
  drawn.isHeatShown === view.isHeatShown &&
  drawn.way === view.way &&
  drawn.box === view.box

function drawHeat(ctx: CanvasRenderingContext2D, { history }: FloorView, colour: string): void {
  const { columns } = history.floor
  ctx.fillStyle = colour
  for (let cell = 0; cell < history.heat.length; cell++) {
    if (history.heat[cell]! < 1) continue
    ctx.globalAlpha = Math.min(0.85, history.heat[cell]! / 21)
    ctx.fillRect(cell % columns, Math.floor(cell / columns), 1, 1)
  }
  ctx.globalAlpha = 1
}
