import { useEffect, useRef } from 'react'
import { fitCamera } from './camera.ts'
import { createFlatPainter } from './flat-painter.ts'
import { useFloor } from './use-playback.ts'
import styles from './live.module.css'

/** The floor in small: a still picture of every step. */
export default function RobotsMiniature() {
  const { playback, figures, step } = useFloor()
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const element = canvas.current
    const { history } = playback
    if (!element || !history || step === 0 || !history.show(step)) return
    const size = { width: element.clientWidth, height: element.clientHeight }
    const dots = Math.min(2, window.devicePixelRatio || 1)
    element.width = Math.round(size.width * dots)
    element.height = Math.round(size.height * dots)
    createFlatPainter(element)?.draw({
      history,
      part: 0,
      camera: fitCamera(history.floor.rows, history.floor.columns, size),
      size,
      dots,
      zones: figures?.zones ?? [],
      isHeatShown: false,
      chosen: -1,
      way: [],
      box: null,
    })
  }, [playback, figures, step])
  return (
    <div className={styles['mini']}>
      <canvas ref={canvas} role="img" aria-label="A floor of robots at work, now" />
    </div>
  )
}
