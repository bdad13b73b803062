import { useRef } from 'react'
import { useElementSize, useMergedRef } from '@mantine/hooks'
import { Canvas, format } from '@heavylift/ui'
import type { CanvasFrame } from '@heavylift/ui'
import type { FleetState } from '../../src/metering/fleet-columns.ts'
import { columnsIn, scaleEnd, stateOf, valueOf } from './fleet-groups.ts'
import type { FleetGroup, Measure } from './fleet-groups.ts'
import type { FleetPicture } from './use-fleet.ts'

/**
 * The replicas of a group as cells, drawn on one canvas: the darker, the more of the measure; one out of service has a shape of its
 * own. The table beside it says the same to those who do not see it.
 */
export function HeatMap({
  fleet,
  group,
  measure,
  cellPx,
  selected,
  onPoint,
  onSelect,
}: {
  fleet: FleetPicture
  group: FleetGroup
  measure: Measure
  cellPx: number
  /** Place in the list. */
  selected: number | null
  /** The cell under the pointer; null when it leaves. */
  onPoint: (at: number | null) => void
  onSelect: (at: number) => void
}) {
  const { ref: sizeRef, width } = useElementSize()
  const box = useRef<HTMLDivElement>(null)
  const ref = useMergedRef(sizeRef, box)
  const drawn = useRef<unknown[]>([])
  const columns = columnsIn(width, cellPx)
  const end = scaleEnd(fleet, measure)
  const placeAt = (event: { clientX: number; clientY: number }): number | null => {
    const rect = box.current?.getBoundingClientRect()
    if (!rect) return null
    const column = Math.floor((event.clientX - rect.left) / cellPx)
    const row = Math.floor((event.clientY - rect.top) / cellPx)
    return column < 0 || column >= columns ? null : (group.members[row * columns + column] ?? null)
  }
  return (
    <div
      ref={ref}
      className="models-heat"
      style={{ height: Math.ceil(group.members.length / columns) * cellPx }}
    >
      <Canvas
        label={`${group.name}: ${format.formatCount(group.members.length)} replicas, ${group.outOfService} out of service`}
        wakesAtOnce
        draw={(ctx, frame) => {
          const picture = [
            fleet,
            group,
            measure,
            selected,
            cellPx,
            columns,
            frame.size.width,
            frame.size.height,
            frame.palette,
          ]
          if (picture.every((part, at) => part === drawn.current[at])) return false
          drawn.current = picture
          ctx.clearRect(0, 0, frame.size.width, frame.size.height)
          group.members.forEach((at, index) => {
            const x = (index % columns) * cellPx
            const y = Math.floor(index / columns) * cellPx
            drawCell(
              ctx,
              frame,
              { x, y, px: cellPx - 2 },
              stateOf(fleet, at),
              valueOf(fleet, at, measure) / end,
            )
            if (at === selected) {
              ctx.strokeStyle = frame.palette.ink
              ctx.lineWidth = 2
              ctx.strokeRect(x, y, cellPx - 2, cellPx - 2)
            }
          })
          return true
        }}
        onPointerMove={(event) => onPoint(placeAt(event))}
        onPointerLeave={() => onPoint(null)}
        onClick={(event) => {
          const at = placeAt(event)
          if (at !== null) onSelect(at)
        }}
      />
    </div>
  )
}

/** `share`: of the scale; negative when nothing is known. */
export function drawCell(
  ctx: CanvasRenderingContext2D,
  { palette }: Pick<CanvasFrame, 'palette'>,
  { x, y, px }: { x: number; y: number; px: number },
  state: FleetState,
  share: number,
): void {
  ctx.globalAlpha = 1
  if (state === 'healthy') {
    ctx.fillStyle = palette.line
    ctx.globalAlpha = 0.5
    ctx.fillRect(x, y, px, px)
    ctx.globalAlpha = 0.1 + 0.9 * Math.min(1, Math.max(0, share))
    ctx.fillStyle = palette.accent
    if (share >= 0) ctx.fillRect(x, y, px, px)
    ctx.globalAlpha = 1
    return
  }
  const colour =
    state === 'draining'
      ? palette.ink3
      : state === 'probing' || state === 'ejected'
        ? palette.warn
        : palette.bad
  ctx.strokeStyle = colour
  ctx.fillStyle = colour
  ctx.lineWidth = 1.5
  const inset = 1
  ctx.strokeRect(x + inset, y + inset, px - 2 * inset, px - 2 * inset)
  ctx.beginPath()
  if (state === 'probing') {
    ctx.arc(x + px / 2, y + px / 2, px * 0.18, 0, 2 * Math.PI)
    ctx.fill()
  } else if (state === 'draining') {
    ctx.moveTo(x + px * 0.28, y + px / 2)
    ctx.lineTo(x + px * 0.72, y + px / 2)
    ctx.stroke()
  } else {
    ctx.moveTo(x + px * 0.28, y + px * 0.28)
    ctx.lineTo(x + px * 0.72, y + px * 0.72)
    if (state !== 'ejected') {
      ctx.moveTo(x + px * 0.72, y + px * 0.28)
      ctx.lineTo(x + px * 0.28, y + px * 0.72)
    }
    ctx.stroke()
  }
}
