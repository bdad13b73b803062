import { inkOn } from '@heavylift/ui/palette'

const whole = 2 * Math.PI

/** A player or a car: a disc with a number in it, and an outline that stands out from any ground. */
export function drawDisc(
  ctx: CanvasRenderingContext2D,
  disc: { x: number; y: number; radius: number; fill: string; outline: string; label: string },
): void {
  ctx.beginPath()
  ctx.arc(disc.x, disc.y, disc.radius, 0, whole)
  ctx.fillStyle = disc.fill
  ctx.fill()
  ctx.lineWidth = 1.25
  ctx.strokeStyle = disc.outline
  ctx.stroke()
  if (disc.label === '' || disc.radius < 5.5) return
  ctx.fillStyle = inkOn(disc.fill)
  const size = disc.radius * (disc.label.length > 2 ? 0.9 : 1.12)
  ctx.font = `650 ${size}px "Inter Variable", Inter, sans-serif`
  ctx.textAlign = 'center'
  ctx.textBaseline = 'middle'
  ctx.fillText(disc.label, disc.x, disc.y + size * 0.06)
}

/** A ring round a disc whose filled share is a probability, with the number beside it. */
export function drawChance(
  ctx: CanvasRenderingContext2D,
  ring: { x: number; y: number; radius: number; probability: number; colour: string },
): void {
  ctx.lineWidth = 3
  ctx.globalAlpha = 0.28
  ctx.strokeStyle = ring.colour
  ctx.beginPath()
  ctx.arc(ring.x, ring.y, ring.radius, 0, whole)
  ctx.stroke()
  ctx.globalAlpha = 1
  ctx.beginPath()
  ctx.arc(ring.x, ring.y, ring.radius, -whole / 4, -whole / 4 + whole * ring.probability)
  ctx.stroke()
  const text = `${Math.round(ring.probability * 100)} %`
  ctx.font = '680 12px "Inter Variable", Inter, sans-serif'
  ctx.textAlign = 'center'
  ctx.textBaseline = 'bottom'
  ctx.lineJoin = 'round'
  ctx.lineWidth = 3.5
  ctx.strokeStyle = 'rgb(0 0 0 / 70%)'
  ctx.strokeText(text, ring.x, ring.y - ring.radius - 2)
  ctx.fillStyle = '#ffffff'
  ctx.fillText(text, ring.x, ring.y - ring.radius - 2)
}
