import { useQuery } from '@tanstack/react-query'
import { Canvas } from '@heavylift/ui'
import { useEffect, useMemo, useRef, useState } from 'react'
import { api } from '../api.ts'
import type { Answer } from '../api.ts'
import { agentColour } from '../viewer/agents-layer.ts'
import { Projector, topCamera } from '../viewer/camera.ts'
import { box, MapLayer } from '../viewer/map-layer.ts'
import library from './library.module.css'

/** Metres of the world that the picture is wide. */
const wideM = 78

/** A scenario at its tightest moment, from above, with the ways that everybody took. Loaded when it comes into sight. */
export function PreviewPicture({ name, title }: { name: string; title: string }) {
  const frame = useRef<HTMLDivElement>(null)
  const [isSeen, setIsSeen] = useState(false)
  useEffect(() => {
    const sight = new IntersectionObserver(([entry]) => entry?.isIntersecting && setIsSeen(true), {
      rootMargin: '200px',
    })
    if (frame.current) sight.observe(frame.current)
    return () => sight.disconnect()
  }, [])
  const preview = useQuery({
    queryKey: ['drive', 'preview', name],
    queryFn: ({ signal }) => api.get('/scenarios/:name/preview', { params: { name }, signal }),
    enabled: isSeen,
    staleTime: Infinity,
  })
  return (
    <div ref={frame} className={library['preview']}>
      {preview.data ? <Picture preview={preview.data} title={title} /> : null}
    </div>
  )
}

function Picture({ preview, title }: { preview: Answer<'/scenarios/:name/preview'>; title: string }) {
  const map = useMemo(() => new MapLayer(preview.map), [preview.map])
  const projector = useMemo(() => new Projector(), [])
  return (
    <Canvas
      label={`${title}, seen from above`}
      draw={(ctx, { size, palette }) => {
        const ego = preview.agents[preview.ego] ?? { x: 0, y: 0, heading: 0 }
        const ahead = wideM * 0.16
        const camera = topCamera(
          size,
          ego.x + ahead * Math.cos(ego.heading),
          ego.y + ahead * Math.sin(ego.heading),
          size.width / wideM,
        )
        projector.begin(camera)
        ctx.fillStyle = palette.isDark ? '#101512' : '#e3ebe2'
        ctx.fillRect(0, 0, size.width, size.height)
        map.draw(ctx, camera, projector, palette)
        for (const [row, agent] of preview.agents.entries()) {
          if (agent.way.length === 0) continue
          projector.start()
          for (let at = 0; at < agent.way.length; at += 2)
            projector.add(agent.way[at] as number, agent.way[at + 1] as number, 0)
          ctx.beginPath()
          projector.trace(ctx, false)
          ctx.strokeStyle = row === preview.ego ? palette.accent : agentColour(agent.kind, palette)
          ctx.globalAlpha = 0.55
          ctx.lineWidth = 1.5
          ctx.stroke()
          ctx.globalAlpha = 1
        }
        for (const [row, agent] of preview.agents.entries()) {
          const isSmall = agent.kind === 'pedestrian' || agent.kind === 'animal'
          ctx.beginPath()
          box(
            projector,
            agent.x,
            agent.y,
            agent.heading,
            Math.max(agent.lengthM, isSmall ? 1.2 : 0),
            Math.max(agent.widthM, isSmall ? 1.2 : 0),
          )
          projector.trace(ctx, true)
          ctx.fillStyle = row === preview.ego ? palette.accent : agentColour(agent.kind, palette)
          ctx.fill()
        }
      }}
    />
  )
}
