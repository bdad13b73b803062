import { colours } from '../colours.ts'
import type { Colour } from '../colours.ts'
import { createRandom } from '@heavylift/core'
import { silhouettes } from './silhouettes.ts'
import type { Silhouette } from './silhouettes.ts'

const backdrops = [
  ['#f3f4f6', '#dfe2e7'],
  ['#f6f2ec', '#e6ddd0'],
  ['#eef3f4', '#d5e1e3'],
  ['#f4f0f5', '#e1d9e6'],
  ['#f1f4ee', '#dbe4d2'],
] as const

/** Mixes `hex` with black (`amount` < 0) or white (> 0). */
function shade(hex: string, amount: number): string {
  const target = amount < 0 ? 0 : 255
  const part = (at: number) => {
    const from = Number.parseInt(hex.slice(at, at + 2), 16)
    return Math.round(from + (target - from) * Math.abs(amount))
      .toString(16)
      .padStart(2, '0')
  }
  return `#${part(1)}${part(3)}${part(5)}`
}

const slug = (colour: string) => colour.toLowerCase().replaceAll(' ', '-')
const bySlug = new Map((Object.keys(colours) as Colour[]).map((colour) => [slug(colour), colour]))

/** File name of a generated picture: `boot.light-blue.3.svg`. */
export function imageName(silhouette: Silhouette, colour: Colour, variation: number): string {
  return `${silhouette}.${slug(colour)}.${variation}.svg`
}

/** Draws what `imageName` names; null when the name names no picture. The same name gives the same bytes. */
export function renderImage(name: string): string | null {
  const [silhouette = '', colourSlug = '', variation = '', extension] = name.split('.')
  const colour = bySlug.get(colourSlug)
  if (!Object.hasOwn(silhouettes, silhouette) || !colour || extension !== 'svg') return null
  if (!/^\d{1,3}$/.test(variation) || name.split('.').length !== 4) return null
  const random = createRandom(name)
  const [light, dark] = backdrops[Number(variation) % backdrops.length] ?? backdrops[0]
  const base = colours[colour]
  const accent = random.pick(['#f4f3ef', '#23252b', '#f0c330', '#e9eef5', shade(base, 0.6)])
  const body = silhouettes[silhouette as Silhouette]
    .replaceAll('"$c"', '"url(#body)"')
    .replaceAll('$d', shade(base, colour === 'Black' ? 0.22 : -0.28))
    .replaceAll('$l', shade(base, 0.35))
    .replaceAll('$a', accent)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" fill="none" role="img" aria-label="${silhouette}, ${colour.toLowerCase()}"><defs><radialGradient id="back" cx=".5" cy=".38" r=".8"><stop offset="0" stop-color="${light}"/><stop offset="1" stop-color="${dark}"/></radialGradient><linearGradient id="body" x1="0" y1="0" x2=".4" y2="1"><stop offset="0" stop-color="${shade(base, 0.14)}"/><stop offset=".55" stop-color="${base}"/><stop offset="1" stop-color="${shade(base, -0.16)}"/></linearGradient></defs><rect width="400" height="400" fill="url(#back)"/><ellipse cx="200" cy="334" rx="124" ry="15" fill="#1b2030" opacity=".13"/>${body}</svg>`
}
