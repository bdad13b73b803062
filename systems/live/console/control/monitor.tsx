import { useEffect, useRef, useState } from 'react'
import styles from './control.module.css'

/** A picture of 1920 × 1080 as small as its place asks. `tone` says by more than colour which one is on air. */
export function Monitor({
  title,
  note,
  tone,
  src,
  children,
}: {
  title: string
  note: string
  tone: 'program' | 'preview'
  src: string
  /** What the cameras would show: it lies under the graphics. */
  children: React.ReactNode
}) {
  const frame = useRef<HTMLDivElement>(null)
  const [scale, setScale] = useState(0.3)
  useEffect(() => {
    if (frame.current === null) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setScale(entry.contentRect.width / 1920)
    })
    observer.observe(frame.current)
    return () => observer.disconnect()
  }, [])
  return (
    <figure className={styles['monitor']} data-tone={tone}>
      <figcaption>
        <strong>{title}</strong> <span>{note}</span>
      </figcaption>
      <div ref={frame} className={styles['monitor-frame']}>
        {children}
        <iframe title={`${title} picture`} src={src} tabIndex={-1} style={{ transform: `scale(${scale})` }} />
      </div>
    </figure>
  )
}
