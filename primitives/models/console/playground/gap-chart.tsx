import { format } from '@heavylift/ui'

const height = 40
/** Older gaps leave at the left, so that bars stay wide enough to see. */
const mostBars = 240

/** Time between one piece of text and the next, a bar each: an even row is an even stream, a tall bar a stall. */
export function GapChart({ gapsMs }: { gapsMs: readonly number[] }) {
  const shown = gapsMs.slice(-mostBars)
  const topMs = Math.max(1, ...shown)
  return (
    <figure className="models-gaps">
      <svg
        viewBox={`0 0 ${mostBars} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={
          shown.length === 0
            ? 'No gaps yet'
            : `${shown.length} gaps between pieces of text, the longest ${format.formatDuration(topMs)}`
        }
      >
        {shown.map((gapMs, index) => {
          const tall = Math.max(1, (gapMs / topMs) * height)
          return <rect key={index} x={index} y={height - tall} width={0.7} height={tall} />
        })}
      </svg>
      <figcaption className="hl-fine">
        Gap between pieces of text{shown.length === 0 ? '' : `, longest ${format.formatDuration(topMs)}`}
      </figcaption>
    </figure>
  )
}
