import type { Environment } from '../../src/world/scene/environment.ts'
import type { Palette } from '@heavylift/ui/palette'
import type { Camera } from './camera.ts'

/** Under this light it is night, in lux. */
const nightLux = 50
/** More visual range than this is no fog. */
const fogM = 1000

function isNight({ illuminanceLux }: Environment): boolean {
  return illuminanceLux < nightLux
}

/** What is above the horizon. */
export function drawSky(
  ctx: CanvasRenderingContext2D,
  size: { width: number; height: number },
  horizonPx: number,
  { isDark }: Palette,
): void {
  if (horizonPx <= 0) return
  const sky = ctx.createLinearGradient(0, 0, 0, horizonPx)
  sky.addColorStop(0, isDark ? '#0b1220' : '#c3d8f0')
  sky.addColorStop(1, isDark ? '#1b2636' : '#eef4fa')
  ctx.fillStyle = sky
  ctx.fillRect(0, 0, size.width, horizonPx)
}

/** Lays night, fog and rain over the picture. */
export function drawWeather(
  ctx: CanvasRenderingContext2D,
  environment: Environment,
  size: { width: number; height: number },
  camera: Camera,
  timeS: number,
): void {
  if (isNight(environment)) {
    ctx.fillStyle = 'rgb(6 10 30 / 34%)'
    ctx.fillRect(0, 0, size.width, size.height)
  }
  if (environment.visualRangeM < fogM) {
    ctx.fillStyle = `rgb(200 208 216 / ${Math.round(45 * (1 - environment.visualRangeM / fogM))}%)`
    ctx.fillRect(0, 0, size.width, size.height)
  }
  if (environment.precipitation === 'none') return
  ctx.strokeStyle = environment.precipitation === 'snow' ? 'rgb(255 255 255 / 55%)' : 'rgb(150 180 220 / 40%)'
  ctx.lineWidth = 1
  ctx.beginPath()
  const drops = Math.min(220, 40 + environment.precipitationMmPerH * 8)
  const length = environment.precipitation === 'snow' ? 2 : camera.kind === 'top' ? 6 : 16
  for (let drop = 0; drop < drops; drop++) {
    // Places that look random and go down with time.
    const x = (drop * 137.5) % size.width
    const y = (drop * 71.3 + timeS * (camera.kind === 'top' ? 240 : 700)) % size.height
    ctx.moveTo(x, y)
    ctx.lineTo(x - length * 0.2, y + length)
  }
  ctx.stroke()
}

/** Light and weather in words; empty on a clear day. */
export function weatherWords(environment: Environment): string {
  const words: string[] = []
  if (isNight(environment)) words.push(`night (${figure(environment.illuminanceLux)} lux)`)
  else if (environment.illuminanceLux < 2_000) words.push(`dusk (${figure(environment.illuminanceLux)} lux)`)
  if (environment.visualRangeM < fogM) words.push(`fog (${figure(environment.visualRangeM)} m)`)
  if (environment.precipitation !== 'none')
    words.push(`${environment.precipitation} (${figure(environment.precipitationMmPerH)} mm/h)`)
  if (environment.friction < 0.95) words.push(`grip ${environment.friction.toFixed(2)}`)
  return words.join(', ')
}

function figure(value: number): string {
  return value >= 10 ? value.toFixed(0) : String(Number(value.toPrecision(2)))
}
