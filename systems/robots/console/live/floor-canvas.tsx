import { useEffect, useRef } from 'react'
import type { KeyboardEvent, PointerEvent } from 'react'
import type { Figures } from '../../src/live/frames.ts'
import { fitCamera, placeAt, zoomAt } from './camera.ts'
import type { Camera, Size } from './camera.ts'
import { createFlatPainter } from './flat-painter.ts'
import type { CellBox, FloorPainter } from './floor-view.ts'
import { createGlPainter } from './gl-painter.ts'
import { useFrames } from './use-playback.ts'
import type { Playback } from './use-playback.ts'
import styles from './live.module.css'

/** Pixels that a press may move and still be a click. */
const clickPx = 4

/** The floor's picture: drag to move, wheel or + and - to go nearer, click to choose a robot, and with `isDrawing` drag to draw a box of cells. */
export function FloorCanvas({
  playback,
  label,
  zones,
  isHeatShown,
  isDrawing,
  box,
  chosen,
  way,
  onBox,
  onChoose,
  onPainter,
  isForced = false,
}: {
  playback: Playback
  label: string
  zones: Figures['zones']
  isHeatShown: boolean
  isDrawing: boolean
  box: CellBox | null
  chosen: number
  way: readonly number[]
  onBox: (box: CellBox) => void
  onChoose: (robot: number) => void
  /** By WebGL2 even where the processor has to do its work. */
  isForced?: boolean
  /** Told what the picture is drawn by; the same function each time, as the painter is made anew for another. */
  onPainter?: (kind: 'webgl2' | 'plain' | 'none') => void
}) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const painter = useRef<FloorPainter | null>(null)
  const camera = useRef<Camera | null>(null)
  const size = useRef<Size>({ width: 1, height: 1 })
  const press = useRef<{ x: number; y: number; from: Camera; hasMoved: boolean } | null>(null)

  useEffect(() => {
    const element = canvas.current
    if (!element) return
    const gl = createGlPainter(element, isForced)
    painter.current = gl ?? createFlatPainter(element)
    onPainter?.(gl ? 'webgl2' : painter.current ? 'plain' : 'none')
    const themes = new MutationObserver(() => painter.current?.recolour())
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    // React listens to wheels passively, and the page would scroll.
    const wheel = (event: WheelEvent): void => {
      if (!camera.current) return
      event.preventDefault()
      const { left, top } = element.getBoundingClientRect()
      camera.current = zoomAt(
        camera.current,
        size.current,
        Math.exp(-event.deltaY * 0.002),
        event.clientX - left,
        event.clientY - top,
      )
    }
    element.addEventListener('wheel', wheel, { passive: false })
    return () => {
      themes.disconnect()
      element.removeEventListener('wheel', wheel)
      painter.current = null
    }
  }, [isForced, onPainter])

  useFrames((elapsedMs) => {
    const element = canvas.current
    const { history } = playback
    if (!element || !history || !painter.current) return
    const shown = playback.advance(elapsedMs)
    if (shown === null) return
    const dots = Math.min(2, window.devicePixelRatio || 1)
    const { clientWidth: width, clientHeight: height } = element
    if (width !== size.current.width || height !== size.current.height) {
      size.current = { width, height }
      element.width = Math.round(width * dots)
      element.height = Math.round(height * dots)
      camera.current = null
    }
    camera.current ??= fitCamera(history.floor.rows, history.floor.columns, size.current)
    painter.current.draw({
      history,
      part: shown.part,
      camera: camera.current,
      size: size.current,
      dots,
      zones,
      isHeatShown,
      chosen,
      way,
      box,
    })
  })

  const cellUnder = (event: PointerEvent): [row: number, column: number] | null => {
    const { history } = playback
    if (!history || !camera.current) return null
    const { left, top } = event.currentTarget.getBoundingClientRect()
    const [row, column] = placeAt(camera.current, size.current, event.clientX - left, event.clientY - top)
    const { rows, columns } = history.floor
    return [
      Math.min(rows - 1, Math.max(0, Math.floor(row))),
      Math.min(columns - 1, Math.max(0, Math.floor(column))),
    ]
  }
  const start = useRef<[row: number, column: number] | null>(null)
  const down = (event: PointerEvent): void => {
    if (!camera.current) return
    event.currentTarget.setPointerCapture(event.pointerId)
    press.current = { x: event.clientX, y: event.clientY, from: camera.current, hasMoved: false }
    start.current = cellUnder(event)
  }
  const move = (event: PointerEvent): void => {
    const held = press.current
    if (!held || !camera.current) return
    const [right, below] = [event.clientX - held.x, event.clientY - held.y]
    held.hasMoved ||= Math.hypot(right, below) > clickPx
    if (!held.hasMoved) return
    if (!isDrawing) {
      const { from } = held
      camera.current = {
        ...from,
        row: from.row - below / from.scale,
        column: from.column - right / from.scale,
      }
      return
    }
    const [here, there] = [start.current, cellUnder(event)]
    if (here && there)
      onBox({
        top: Math.min(here[0], there[0]),
        left: Math.min(here[1], there[1]),
        bottom: Math.max(here[0], there[0]),
        right: Math.max(here[1], there[1]),
      })
  }
  const up = (event: PointerEvent): void => {
    const held = press.current
    press.current = null
    if (!held || held.hasMoved || isDrawing) return
    const cell = cellUnder(event)
    const { history } = playback
    if (cell && history) onChoose(nearestRobot(history.robotAt.bind(history), cell, history.floor.columns))
  }
  const key = (event: KeyboardEvent): void => {
    const { history } = playback
    if (!camera.current || !history) return
    const on = 60 / camera.current.scale
    const at = camera.current
    const moved: Record<string, Camera> = {
      ArrowLeft: { ...at, column: at.column - on },
      ArrowRight: { ...at, column: at.column + on },
      ArrowUp: { ...at, row: at.row - on },
      ArrowDown: { ...at, row: at.row + on },
      '+': zoomAt(at, size.current, 1.4),
      '-': zoomAt(at, size.current, 1 / 1.4),
      '0': fitCamera(history.floor.rows, history.floor.columns, size.current),
    }
    const next = moved[event.key]
    if (!next || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    camera.current = next
  }

  useEffect(() => {
    const { history } = playback
    if (chosen < 0 || !history || !camera.current) return
    const cell = history.cellOf(chosen)
    const { columns } = history.floor
    camera.current = {
      row: Math.floor(cell / columns),
      column: cell % columns,
      scale: Math.max(camera.current.scale, 14),
    }
  }, [chosen, playback])

  return (
    <canvas
      ref={canvas}
      className={styles['canvas']}
      role="application"
      aria-label={label}
      aria-roledescription="map: arrow keys move it, plus and minus go nearer and farther, 0 shows all"
      tabIndex={0}
      data-drawing={isDrawing || undefined}
      data-live-floor
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onKeyDown={key}
    />
  )
}

/** The robot on a cell or beside it, or -1. */
function nearestRobot(
  robotAt: (cell: number) => number,
  [row, column]: readonly [number, number],
  columns: number,
): number {
  for (const [down, right] of [
    [0, 0],
    [0, 1],
    [0, -1],
    [1, 0],
    [-1, 0],
  ] as const) {
    const robot = robotAt((row + down) * columns + column + right)
    if (robot >= 0) return robot
  }
  return -1
}
