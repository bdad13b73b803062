import { useQuery } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import type { PointerEvent } from 'react'
import { Canvas } from '@heavylift/ui'
import type { CanvasFrame } from '@heavylift/ui'
import { api, placesKey } from '../api.ts'
import type { PlaceView } from '../api.ts'
import { kindMarks } from '../kind-names.ts'
import { projection, streetsOf } from './town.ts'

type Located = PlaceView & { latitude: number; longitude: number }

const isLocated = (place: PlaceView): place is Located => place.latitude !== null && place.longitude !== null

/** Places where they are, with the streets that their numbers draw; nothing is fetched from elsewhere. */
export function PlaceMap({
  chosen,
  className,
  onChoose,
}: {
  chosen?: PlaceView | null
  className: string
  onChoose?: (id: string) => void
}) {
  const places = useQuery({
    queryKey: [...placesKey, 'map'],
    queryFn: ({ signal }) => api.get('/places', { query: { limit: 2000 }, signal }),
  })
  const located = useMemo(() => (places.data?.places ?? []).filter(isLocated), [places.data])
  const streets = useMemo(() => streetsOf(located), [located])
  const drawn = useRef<{ x: number; y: number; id: string }[]>([])
  const draw = (ctx: CanvasRenderingContext2D, { size, palette }: CanvasFrame) => {
    const { width, height } = size
    ctx.clearRect(0, 0, width, height)
    if (located.length === 0) return
    const place = projection(located, width, height)
    ctx.lineJoin = 'round'
    ctx.strokeStyle = palette.line
    ctx.lineWidth = 5
    ctx.font = '11px sans-serif'
    for (const street of streets) {
      if (street.places.length < 2) continue
      const points = street.places.map(place)
      ctx.beginPath()
      for (const { x, y } of points) ctx.lineTo(x, y)
      ctx.stroke()
      const middle = points[Math.floor(points.length / 2)]!
      if (height > 300 && street.places.length > 3) {
        ctx.fillStyle = palette.ink3
        ctx.fillText(street.name, middle.x + 10, middle.y - 10)
      }
    }
    const colours = { home: palette.accent, work: palette.good, box: palette.warn, none: palette.ink3 }
    drawn.current = located.map((one) => ({ ...place(one), id: one.id }))
    for (const [at, one] of located.entries()) {
      const { x, y } = drawn.current[at]!
      const { letter, tone } = kindMarks[one.decision.kind]
      const isChosen = one.id === chosen?.id
      ctx.beginPath()
      // A square asks, a circle is decided.
      if (one.decision.action === 'ask') ctx.rect(x - 7, y - 7, 14, 14)
      else ctx.arc(x, y, isChosen ? 11 : 8, 0, 2 * Math.PI)
      ctx.fillStyle = palette.surface
      ctx.fill()
      ctx.lineWidth = isChosen ? 4 : 2
      ctx.strokeStyle = isChosen ? palette.bad : colours[tone]
      ctx.stroke()
      ctx.fillStyle = palette.ink
      ctx.textAlign = 'center'
      ctx.fillText(letter, x, y + 4)
      ctx.textAlign = 'start'
    }
  }
  const choose = (event: PointerEvent<HTMLCanvasElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    const [x, y] = [event.clientX - left, event.clientY - top]
    const nearest = drawn.current.reduce<{ id: string; distance: number } | null>((best, spot) => {
      const distance = Math.hypot(spot.x - x, spot.y - y)
      return distance < 16 && (best === null || distance < best.distance) ? { id: spot.id, distance } : best
    }, null)
    if (nearest !== null) onChoose?.(nearest.id)
  }
  return (
    <Canvas
      label={`Map of ${located.length} addresses on ${streets.length} streets, drawn from the addresses alone`}
      draw={draw}
      wakesAtOnce
      className={className}
      onPointerDown={choose}
    />
  )
}
