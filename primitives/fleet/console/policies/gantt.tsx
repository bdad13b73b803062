import { Canvas } from '@heavylift/ui'
import { useMemo } from 'react'
import { assignLanes } from './lanes.ts'

export interface GanttProps {
  label: string
  processors: number
  sizes: readonly number[]
  users: readonly number[]
  startS: readonly number[]
  endS: readonly number[]
  backfilled: readonly number[]
  fromS: number
  spanS: number
}

/** Hues of users go round by the golden angle, so that neighbours differ. */
const hueOf = (user: number) => (user * 137.508) % 360

/** Jobs on processors over time; who went ahead of the queue is hatched lighter and has a bright edge. */
export function Gantt({
  label,
  processors,
  sizes,
  users,
  startS,
  endS,
  backfilled,
  fromS,
  spanS,
}: GanttProps) {
  const bars = useMemo(() => assignLanes(startS, endS, sizes, processors), [startS, endS, sizes, processors])
  return (
    <Canvas
      label={label}
      wakesAtOnce
      style={{ width: '100%', height: 220, display: 'block' }}
      draw={(ctx, { size, palette }) => {
        ctx.fillStyle = palette.surface
        ctx.fillRect(0, 0, size.width, size.height)
        const scale = size.width / spanS
        const lane = size.height / processors
        for (const bar of bars) {
          const from = startS[bar.job]!
          const to = endS[bar.job]!
          if (to < fromS || from > fromS + spanS) continue
          const x = (from - fromS) * scale
          const width = Math.max(1, (to - from) * scale)
          const isAhead = backfilled[bar.job] === 1
          ctx.fillStyle = `hsl(${hueOf(users[bar.job]!)} 45% ${isAhead ? 68 : 46}%)`
          ctx.fillRect(x, bar.lane * lane, width - (width > 3 ? 0.5 : 0), Math.max(1, bar.lanes * lane - 0.3))
          if (isAhead && width > 4) {
            ctx.fillStyle = palette.ink
            ctx.fillRect(x, bar.lane * lane, 1.5, Math.max(1, bar.lanes * lane - 0.3))
          }
        }
      }}
    />
  )
}
