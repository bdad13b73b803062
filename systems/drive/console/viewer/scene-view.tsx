import { Canvas, cx } from '@heavylift/ui'
import type { CanvasFrame } from '@heavylift/ui'
import { useEffect, useMemo, useRef } from 'react'
import type { PointerEvent } from 'react'
import type { RecordedRun } from '../api.ts'
import { AgentsLayer } from './agents-layer.ts'
import { chaseCamera, Projector, topCamera } from './camera.ts'
import type { Camera } from './camera.ts'
import { MapLayer } from './map-layer.ts'
import type { PlayHead } from './play-head.ts'
import { emptyPose } from './replay.ts'
import type { Replay } from './replay.ts'
import { drawSignals } from './signals-layer.ts'
import { drawRoute, drawThoughts } from './thoughts-layer.ts'
import type { Layers } from './thoughts-layer.ts'
import { drawSky, drawWeather } from './weather-layer.ts'
import styles from './scene-view.module.css'

/** How the person looks at it; kept outside, so that two views side by side look the same way. */
export interface Look {
  camera: 'top' | 'chase'
  /** Pixels of a metre looking down. */
  scale: number
  /** Metres from the vehicle under test to the middle of the picture. */
  offsetX: number
  offsetY: number
  /** Metres behind the vehicle. */
  distanceM: number
}

/** More of the picture is of what lies ahead than of what lies behind. */
const aheadShare = 0.2

export const firstLook: Look = { camera: 'top', scale: 6, offsetX: 0, offsetY: 0, distanceM: 11 }

/** One run, drawn at the time of the play head. Drag moves, the wheel zooms, a click chooses an agent. */
export function SceneView({
  run,
  replay,
  head,
  look,
  onLook,
  layers,
  chosen,
  onChoose,
}: {
  run: RecordedRun
  replay: Replay
  head: PlayHead
  look: Look
  onLook: (look: Look) => void
  layers: Layers
  chosen: number
  onChoose: (row: number) => void
}) {
  const map = useMemo(() => new MapLayer(run.map), [run.map])
  const agents = useMemo(() => new AgentsLayer(), [])
  const projector = useMemo(() => new Projector(), [])
  const drag = useRef<{ x: number; y: number; hasMoved: boolean } | null>(null)
  const ego = useRef(emptyPose())

  const draw = (ctx: CanvasRenderingContext2D, { size, palette, nowMs, isCalm }: CanvasFrame) => {
    const exact = head.timeS(nowMs)
    const timeS = isCalm && head.isPlaying ? replay.frameAt(exact).timeS : exact
    const { recording } = replay
    replay.poseOf(recording.ego, timeS, ego.current)
    const pose = ego.current
    const camera: Camera =
      look.camera === 'top'
        ? topCamera(
            size,
            pose.x + look.offsetX + (aheadShare * size.width * Math.cos(pose.heading)) / look.scale,
            pose.y + look.offsetY + (aheadShare * size.height * Math.sin(pose.heading)) / look.scale,
            look.scale,
          )
        : chaseCamera(size, pose.x, pose.y, pose.heading, look.distanceM)
    projector.begin(camera)
    ctx.fillStyle = palette.isDark ? '#101512' : '#e3ebe2'
    ctx.fillRect(0, 0, size.width, size.height)
    if (camera.kind === 'chase') drawSky(ctx, size, projector.horizonPx(), palette)
    map.draw(ctx, camera, projector, palette)
    const frame = replay.frameAt(timeS)
    if (layers.route) drawRoute(ctx, recording.route, projector, palette)
    drawSignals(ctx, recording, frame, camera, projector)
    if (frame.explanation) drawThoughts(ctx, frame.explanation, pose, camera, projector, palette, layers)
    agents.draw(ctx, replay, camera, projector, { palette, chosen, timeS })
    drawWeather(ctx, recording.environment, size, camera, timeS)
  }

  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>) => {
    const from = drag.current
    if (!from) return
    const dx = event.clientX - from.x
    const dy = event.clientY - from.y
    if (!from.hasMoved && Math.hypot(dx, dy) < 4) return
    drag.current = { x: event.clientX, y: event.clientY, hasMoved: true }
    if (look.camera === 'top')
      onLook({
        ...look,
        offsetX: look.offsetX - dx / look.scale,
        offsetY: look.offsetY + dy / look.scale,
      })
  }

  // A listener of its own, since the page would scroll too.
  const frame = useRef<HTMLDivElement>(null)
  const zoom = useRef((_deltaY: number) => {})
  zoom.current = (deltaY) => onLook(zoomed(look, Math.exp(-deltaY / 600)))
  useEffect(() => {
    const element = frame.current
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      zoom.current(event.deltaY)
    }
    element?.addEventListener('wheel', onWheel, { passive: false })
    return () => element?.removeEventListener('wheel', onWheel)
  }, [])

  return (
    <div ref={frame} className={'drive-scene-frame'}>
      <Canvas
        className={cx('drive-scene', styles['scene'])}
        label={`${replay.recording.name} with ${replay.recording.version}: ${replay.recording.agents.length} agents seen ${
          look.camera === 'top' ? 'from above' : 'from behind the vehicle under test'
        }`}
        wakesAtOnce
        draw={draw}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          drag.current = { x: event.clientX, y: event.clientY, hasMoved: false }
        }}
        onPointerMove={onPointerMove}
        onPointerUp={(event) => {
          if (drag.current && !drag.current.hasMoved) {
            const box = event.currentTarget.getBoundingClientRect()
            onChoose(
              agents.pick(
                replay,
                head.timeS(performance.now()),
                projector,
                event.clientX - box.left,
                event.clientY - box.top,
                16,
              ),
            )
          }
          drag.current = null
        }}
        onDoubleClick={() => onLook({ ...look, offsetX: 0, offsetY: 0 })}
      />
    </div>
  )
}

/** Nearer by a factor. */
function zoomed(look: Look, factor: number): Look {
  return look.camera === 'top'
    ? { ...look, scale: Math.min(60, Math.max(0.8, look.scale * factor)) }
    : { ...look, distanceM: Math.min(60, Math.max(6, look.distanceM / factor)) }
}
