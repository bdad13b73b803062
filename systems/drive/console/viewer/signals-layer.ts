import type { Recording, RecordingFrame } from '../../src/clearance/recordings/recording.ts'
import { signalStates } from '../../src/world/scene/signal-table.ts'
import type { Camera, Projector } from './camera.ts'

const colours: Record<number, string> = {
  [signalStates.off]: '#5c6673',
  [signalStates.red]: '#ff3b30',
  [signalStates.amber]: '#ffb000',
  [signalStates.green]: '#2ec46f',
  [signalStates.flashingAmber]: '#ffb000',
}

/** Height of a head above the road. */
const heightM = 4.5

/** Traffic lights: bars across the stop line from above, lamps on poles from behind. */
export function drawSignals(
  ctx: CanvasRenderingContext2D,
  recording: Recording,
  frame: RecordingFrame,
  camera: Camera,
  projector: Projector,
): void {
  const pixel = new Float64Array(2)
  const foot = new Float64Array(2)
  for (const [index, { x, y, heading }] of recording.signals.entries()) {
    const colour = colours[frame.signals[index] ?? 0] ?? '#5c6673'
    if (camera.kind === 'top') {
      const across = { x: -Math.sin(heading) * 1.5, y: Math.cos(heading) * 1.5 }
      if (
        !projector.point(x + across.x, y + across.y, 0, pixel) ||
        !projector.point(x - across.x, y - across.y, 0, foot)
      )
        continue
    } else if (!projector.point(x, y, heightM, pixel) || !projector.point(x, y, 0, foot)) continue
    ctx.beginPath()
    ctx.moveTo(foot[0] as number, foot[1] as number)
    ctx.lineTo(pixel[0] as number, pixel[1] as number)
    ctx.lineWidth = camera.kind === 'top' ? 4 : 2
    ctx.strokeStyle = camera.kind === 'top' ? colour : '#5c6673'
    ctx.stroke()
    if (camera.kind === 'top') continue
    ctx.beginPath()
    const radius = Math.min(14, Math.max(3, projector.scaleAt(x, y, heightM) * 0.35))
    ctx.arc(pixel[0] as number, pixel[1] as number, radius, 0, 2 * Math.PI)
    ctx.fillStyle = colour
    ctx.fill()
  }
}
