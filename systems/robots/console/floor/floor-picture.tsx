import { Canvas } from '@heavylift/ui'
import { useMemo, useRef } from 'react'
import type { PointerEvent } from 'react'
import styles from '../live/live.module.css'

/** Cells from top to bottom and from left to right, both ends included. */
export interface Box {
  top: number
  left: number
  bottom: number
  right: number
}

/**
 * A floor: walls dark, free cells light, what is cut off from the largest part in the colour of warnings, cells where goods are fetched and brought in colours of their own. With
 * `onBox` a box is drawn with the mouse.
 */
export function FloorPicture({
  rows,
  columns,
  cells,
  box = null,
  onBox,
}: {
  rows: number
  columns: number
  /** As `POST /floors/read` has them. */
  cells: string
  box?: Box | null
  onBox?: (box: Box) => void
}) {
  const bytes = useMemo(() => Uint8Array.from(atob(cells), (letter) => letter.charCodeAt(0)), [cells])
  const laid = useRef({ left: 0, top: 0, scale: 1 })
  const from = useRef<{ row: number; column: number } | null>(null)
  const cellAt = (event: PointerEvent<HTMLCanvasElement>) => {
    const { left, top, scale } = laid.current
    const { offsetX, offsetY } = event.nativeEvent
    const inside = (value: number, end: number): number => Math.max(0, Math.min(end - 1, Math.floor(value)))
    return { row: inside((offsetY - top) / scale, rows), column: inside((offsetX - left) / scale, columns) }
  }
  const draw = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (from.current === null || onBox === undefined) return
    const to = cellAt(event)
    onBox({
      top: Math.min(from.current.row, to.row),
      left: Math.min(from.current.column, to.column),
      bottom: Math.max(from.current.row, to.row),
      right: Math.max(from.current.column, to.column),
    })
  }
  return (
    <Canvas
      className={styles['map']}
      label={`The floor of ${rows} × ${columns} cells`}
      wakesAtOnce
      {...(onBox === undefined
        ? {}
        : {
            style: { cursor: 'crosshair', touchAction: 'none' },
            onPointerDown: (event: PointerEvent<HTMLCanvasElement>) => {
              event.currentTarget.setPointerCapture(event.pointerId)
              from.current = cellAt(event)
              draw(event)
            },
            onPointerMove: draw,
            onPointerUp: () => (from.current = null),
          })}
      draw={(ctx, { size, palette }) => {
        const scale = Math.min(size.width / columns, size.height / rows)
        const [left, top] = [(size.width - columns * scale) / 2, (size.height - rows * scale) / 2]
        laid.current = { left, top, scale }
        const colours = [palette.line, palette.surface, palette.warn, palette.accent, palette.good]
        ctx.fillStyle = palette.ground
        ctx.fillRect(0, 0, size.width, size.height)
        ctx.fillStyle = palette.line
        ctx.fillRect(left, top, columns * scale, rows * scale)
        const side = Math.max(1, scale - 0.5)
        for (const [cell, kind] of bytes.entries()) {
          if (kind === 0) continue
          const x = left + (cell % columns) * scale
          const y = top + Math.floor(cell / columns) * scale
          ctx.fillStyle = palette.surface
          if (kind !== 1) {
            ctx.fillRect(x, y, side, side)
            ctx.globalAlpha = kind === 3 ? 0.35 : 0.8
            ctx.fillStyle = colours[kind]!
          }
          ctx.fillRect(x, y, side, side)
          ctx.globalAlpha = 1
        }
        if (box === null) return
        ctx.strokeStyle = palette.bad
        ctx.lineWidth = 2
        ctx.strokeRect(
          left + box.left * scale,
          top + box.top * scale,
          (box.right - box.left + 1) * scale,
          (box.bottom - box.top + 1) * scale,
        )
      }}
    />
  )
}
