import { clamp } from '@heavylift/core/math'
import type { Match } from '../../src/domain/match.ts'
import { marksBetween, placeBetween } from '../playback/between.ts'
import type { Moment } from '../playback/between.ts'
import { drawChance, drawDisc } from './draw-mark.ts'
import { field, fieldToCanvas, fieldView, firstDownX, yardNumber } from './field.ts'
import type { FieldView } from './field.ts'
import { inkOn } from '@heavylift/ui/palette'
import type { Palette } from '@heavylift/ui/palette'
import type { TeamColours } from './team-colours.ts'

export interface FieldScene {
  moment: Moment
  match: Match
  colours: TeamColours
  palette: Palette
  /** Who may rush, by player id: 0..1. */
  rushers: ReadonlyMap<string, number>
  cameraX: number
}

type Size = { width: number; height: number }

/** Draws the field with players and ball into a canvas of `size` CSS pixels. */
export function drawField(ctx: CanvasRenderingContext2D, size: Size, scene: FieldScene): void {
  const { before, after, share } = scene.moment
  const nfl = after.nfl
  if (!nfl) return
  const view = fieldView(size, scene.cameraX)
  const at = (x: number, y: number) => fieldToCanvas(view, size, { x, y })
  drawGround(ctx, size, view, scene)

  const line = nfl.lineOfScrimmageX
  if (line !== null) drawLine(ctx, at(line, 0), at(line, field.width), '#3d7bff', 3)
  const toGain = firstDownX(nfl)
  if (toGain !== null) drawLine(ctx, at(toGain, 0), at(toGain, field.width), '#ffd23c', 3)

  const radius = clamp(view.scale * 0.9, 6, 12)
  const players = marksBetween(before.nfl?.players ?? [], nfl.players, share)
  for (const player of players) {
    const place = at(player.x, player.y)
    drawDisc(ctx, {
      ...place,
      radius,
      fill: scene.colours[player.side],
      outline: player.side === 'home' ? '#ffffff' : '#0b0e12',
      label: player.jersey === null ? '' : String(player.jersey),
    })
  }
  for (const player of players) {
    const probability = scene.rushers.get(player.id)
    if (probability === undefined) continue
    const colour = probability >= 0.5 ? '#ff4d3d' : '#ffd23c'
    drawChance(ctx, { ...at(player.x, player.y), radius: radius + 4, probability, colour })
  }
  if (nfl.ball) {
    const ball = placeBetween(before.nfl?.ball, nfl.ball, share)
    const place = at(ball.x, ball.y)
    ctx.beginPath()
    ctx.ellipse(place.x, place.y, Math.max(4, radius * 0.62), Math.max(2.6, radius * 0.4), 0, 0, 2 * Math.PI)
    ctx.fillStyle = '#8a4b1f'
    ctx.fill()
    ctx.lineWidth = 1.5
    ctx.strokeStyle = '#ffffff'
    ctx.stroke()
  }
}

function drawGround(ctx: CanvasRenderingContext2D, size: Size, view: FieldView, scene: FieldScene): void {
  const { match, colours, palette } = scene
  const at = (x: number, y: number) => fieldToCanvas(view, size, { x, y })
  ctx.fillStyle = palette.isDark ? '#14301f' : '#2b6a42'
  ctx.fillRect(0, 0, size.width, size.height)
  const turf = palette.isDark ? ['#1b4029', '#1e462d'] : ['#35804f', '#3a8a56']
  for (let x = field.endZone; x < field.length - field.endZone; x += 5) {
    const from = at(x, field.width)
    ctx.fillStyle = turf[(x / 5) % 2 === 0 ? 0 : 1] ?? ''
    ctx.fillRect(from.x, from.y, 5 * view.scale + 0.5, field.width * view.scale)
  }
  for (const [side, x] of [
    ['away', 0],
    ['home', field.length - field.endZone],
  ] as const)
    drawEndZone(ctx, at(x, field.width), view.scale, colours[side], match[side]?.name ?? '')

  const chalk = 'rgb(255 255 255 / 55%)'
  ctx.fillStyle = chalk
  for (let x = field.endZone; x <= field.length - field.endZone; x += 5) {
    const isGoal = x === field.endZone || x === field.length - field.endZone
    const top = at(x, field.width)
    ctx.fillRect(top.x - (isGoal ? 1.5 : 0.5), top.y, isGoal ? 3 : 1, field.width * view.scale)
  }
  for (let x = field.endZone + 1; x < field.length - field.endZone; x++)
    for (const y of [1, 23.58, 29.75, 52.33]) {
      const place = at(x, y)
      ctx.fillRect(place.x - 0.5, place.y - 0.3 * view.scale, 1, 0.6 * view.scale)
    }
  ctx.font = `600 ${Math.max(9, 2.4 * view.scale)}px "Inter Variable", Inter, sans-serif`
  ctx.textAlign = 'center'
  ctx.textBaseline = 'middle'
  ctx.fillStyle = 'rgb(255 255 255 / 62%)'
  for (let x = 20; x <= 100; x += 10) {
    const number = yardNumber(x)
    if (number === null) continue
    for (const y of [9, field.width - 9]) {
      const place = at(x, y)
      const [tens, ones] = String(number)
      ctx.fillText(tens ?? '', place.x - 1.3 * view.scale, place.y)
      ctx.fillText(ones ?? '', place.x + 1.3 * view.scale, place.y)
    }
  }
  const corner = at(0, field.width)
  ctx.lineWidth = 2
  ctx.strokeStyle = 'rgb(255 255 255 / 80%)'
  ctx.strokeRect(corner.x, corner.y, field.length * view.scale, field.width * view.scale)
}

function drawEndZone(
  ctx: CanvasRenderingContext2D,
  corner: { x: number; y: number },
  scale: number,
  colour: string,
  name: string,
): void {
  const [width, height] = [field.endZone * scale, field.width * scale]
  ctx.fillStyle = colour
  ctx.fillRect(corner.x, corner.y, width, height)
  ctx.save()
  ctx.translate(corner.x + width / 2, corner.y + height / 2)
  ctx.rotate(-Math.PI / 2)
  ctx.fillStyle = inkOn(colour)
  ctx.globalAlpha = 0.85
  ctx.font = `800 ${3.6 * scale}px "Inter Variable", Inter, sans-serif`
  ctx.textAlign = 'center'
  ctx.textBaseline = 'middle'
  ctx.fillText(name.toUpperCase(), 0, 0, height * 0.9)
  ctx.restore()
}

function drawLine(
  ctx: CanvasRenderingContext2D,
  from: { x: number; y: number },
  to: { x: number; y: number },
  colour: string,
  width: number,
): void {
  ctx.beginPath()
  ctx.moveTo(from.x, from.y)
  ctx.lineTo(to.x, to.y)
  ctx.lineWidth = width
  ctx.strokeStyle = colour
  ctx.stroke()
}
