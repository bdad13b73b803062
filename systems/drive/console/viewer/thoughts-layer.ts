import type { Palette } from '@heavylift/ui/palette'
import type { ExplainedTrack, Explanation, SensorFan } from '../../src/driver/explanation.ts'
import type { Camera, Projector } from './camera.ts'
import { box } from './map-layer.ts'
import type { AgentPose } from './replay.ts'

/** What of a driver's thoughts is shown. */
export interface Layers {
  sensors: boolean
  detections: boolean
  tracks: boolean
  predictions: boolean
  plans: boolean
  route: boolean
}

const sensorColours: Record<SensorFan['kind'], string> = {
  camera: '#4c8dff',
  lidar: '#36b37e',
  radar: '#b07cff',
  thermal: '#ff8a3d',
  microphone: '#e05ea8',
}

/** Two standard deviations. */
const ellipseReach = 2

/** Draws what a driver saw and thought: sensor fans, detections, tracks with their uncertainty, predictions and plans. */
export function drawThoughts(
  ctx: CanvasRenderingContext2D,
  explanation: Explanation,
  ego: AgentPose,
  camera: Camera,
  projector: Projector,
  palette: Palette,
  layers: Layers,
): void {
  if (layers.sensors) for (const fan of explanation.sensors) drawFan(ctx, fan, ego, projector)
  if (layers.predictions)
    for (const { points, probability } of explanation.predictions) {
      ctx.globalAlpha = 0.15 + 0.75 * probability
      line(ctx, projector, points)
      ctx.strokeStyle = palette.isDark ? '#f0c96a' : '#b07600'
      ctx.lineWidth = 1 + 2 * probability
      ctx.stroke()
    }
  ctx.globalAlpha = 1
  if (layers.plans) drawPlans(ctx, explanation, projector, palette)
  if (layers.tracks) for (const track of explanation.tracks) drawTrack(ctx, track, camera, projector, palette)
  if (layers.detections) drawDetections(ctx, explanation, projector)
}

function drawFan(ctx: CanvasRenderingContext2D, fan: SensorFan, ego: AgentPose, projector: Projector): void {
  const cos = Math.cos(ego.heading)
  const sin = Math.sin(ego.heading)
  const x = ego.x + fan.x * cos - fan.y * sin
  const y = ego.y + fan.x * sin + fan.y * cos
  const isAllRound = fan.fieldOfViewRad > 6.2
  projector.start()
  if (!isAllRound) projector.add(x, y, 0)
  const steps = Math.max(6, Math.ceil(fan.fieldOfViewRad / 0.15))
  for (let step = 0; step <= steps; step++) {
    const angle = ego.heading + fan.heading + fan.fieldOfViewRad * (step / steps - 0.5)
    projector.add(x + fan.rangeM * Math.cos(angle), y + fan.rangeM * Math.sin(angle), 0)
  }
  ctx.beginPath()
  if (!projector.trace(ctx, true)) return
  const colour = sensorColours[fan.kind]
  ctx.fillStyle = `${colour}12`
  ctx.fill()
  ctx.strokeStyle = `${colour}66`
  ctx.lineWidth = 1
  ctx.stroke()
}

function drawPlans(
  ctx: CanvasRenderingContext2D,
  { plans }: Explanation,
  projector: Projector,
  palette: Palette,
): void {
  for (const { points, isChosen } of plans) {
    if (isChosen) continue
    line(ctx, projector, points)
    ctx.strokeStyle = palette.ink3
    ctx.globalAlpha = 0.45
    ctx.lineWidth = 1
    ctx.stroke()
  }
  ctx.globalAlpha = 1
  for (const { points, isChosen } of plans) {
    if (!isChosen) continue
    line(ctx, projector, points)
    ctx.strokeStyle = palette.good
    ctx.lineWidth = 3
    ctx.stroke()
  }
}

function drawTrack(
  ctx: CanvasRenderingContext2D,
  track: ExplainedTrack,
  camera: Camera,
  projector: Projector,
  palette: Palette,
): void {
  ctx.globalAlpha = 0.25 + 0.75 * track.existence
  ctx.strokeStyle = palette.isDark ? '#56d6e2' : '#0f7f8c'
  ctx.lineWidth = 1.5
  ctx.beginPath()
  box(
    projector,
    track.x,
    track.y,
    track.heading,
    track.lengthM,
    track.widthM,
    camera.kind === 'chase' ? 0.1 : 0,
  )
  projector.trace(ctx, true)
  ctx.stroke()
  const [xx, xy, yy] = track.covariance
  const middle = (xx + yy) / 2
  const apart = Math.sqrt(Math.max(0, ((xx - yy) / 2) ** 2 + xy * xy))
  const long = ellipseReach * Math.sqrt(Math.max(0, middle + apart))
  const short = ellipseReach * Math.sqrt(Math.max(0, middle - apart))
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy)
  if (long > 0.05) {
    projector.start()
    for (let step = 0; step < 24; step++) {
      const turn = (step / 24) * 2 * Math.PI
      const along = long * Math.cos(turn)
      const across = short * Math.sin(turn)
      projector.add(
        track.x + along * Math.cos(angle) - across * Math.sin(angle),
        track.y + along * Math.sin(angle) + across * Math.cos(angle),
        0,
      )
    }
    ctx.setLineDash([3, 3])
    ctx.lineWidth = 1
    ctx.beginPath()
    projector.trace(ctx, true)
    ctx.stroke()
    ctx.setLineDash([])
  }
  // A second of its way.
  line(ctx, projector, [
    track.x,
    track.y,
    track.x + track.speedMps * Math.cos(track.heading),
    track.y + track.speedMps * Math.sin(track.heading),
  ])
  ctx.stroke()
  ctx.globalAlpha = 1
}

function drawDetections(ctx: CanvasRenderingContext2D, explanation: Explanation, projector: Projector): void {
  const kinds = new Map(explanation.sensors.map(({ sensor, kind }) => [sensor, kind]))
  const pixel = new Float64Array(2)
  for (const { sensor, x, y } of explanation.detections) {
    if (!projector.point(x, y, 0.5, pixel)) continue
    ctx.fillStyle = sensorColours[kinds.get(sensor) ?? 'lidar']
    ctx.fillRect((pixel[0] as number) - 1.5, (pixel[1] as number) - 1.5, 3, 3)
  }
}

function line(ctx: CanvasRenderingContext2D, projector: Projector, points: readonly number[]): void {
  projector.start()
  for (let at = 0; at < points.length; at += 2)
    projector.add(points[at] as number, points[at + 1] as number, 0.05)
  ctx.beginPath()
  projector.trace(ctx, false)
}

/** The route of the vehicle under test. */
export function drawRoute(
  ctx: CanvasRenderingContext2D,
  route: readonly number[],
  projector: Projector,
  palette: Palette,
): void {
  line(ctx, projector, route)
  ctx.strokeStyle = palette.accent
  ctx.globalAlpha = 0.35
  ctx.lineWidth = 2
  ctx.setLineDash([6, 6])
  ctx.stroke()
  ctx.setLineDash([])
  ctx.globalAlpha = 1
}
